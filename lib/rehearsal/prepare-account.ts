import type { Environment } from '../config/environment';
import type { AccountState } from '../simulated-aws/account-state';
import { importPolicy } from '../simulated-aws/iam';
import { importKey } from '../simulated-aws/kms';
import { importBucket } from '../simulated-aws/s3';

/**
 * Makes what the environment expects to be in the account already: its existing key, the bucket of the access log,
 * the permissions boundary, and another bucket, so that verification has one that it must not reach.
 *
 * @returns the name of the other bucket
 */
export function prepareAccount(state: AccountState, environment: Environment): string {
  const { encryption, accessLog, permissionsBoundary } = environment;
  const otherBucket = environment.otherBucket ?? `other-bucket-of-${environment.account}`;
  for (const name of new Set([otherBucket, ...(accessLog ? [accessLog.bucket] : [])])) importBucket(state, name);
  if (encryption.method === 'AWS-KMS' && encryption.key !== undefined) {
    importKey(state, { keyId: encryption.key.split('/').slice(1).join('/') });
  }
  if (permissionsBoundary !== undefined) importPolicy(state, permissionsBoundary, ALLOW_EVERYTHING);
  return otherBucket;
}

/** The boundary's own text is not known here; the widest one leaves the role what its policies give. */
const ALLOW_EVERYTHING = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
});
