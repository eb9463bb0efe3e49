import { ToolkitError } from '../../../errors';
import type { AccountState } from '../../state/account-state';
import type { Bucket } from '../../state/services/s3-state';
import { isBucketName } from './bucket-name';
import { makeBucket } from './new-bucket';

/** The end of a name that only its account can have. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/gpbucketnamespaces.html */
const ACCOUNT_REGIONAL = /-\d{12}-[a-z0-9-]+-an$/;

/**
 * Puts a bucket into an account as if it had always been there; one that is there stays as it is.
 *
 * @throws {ToolkitError} `BadBucketName`
 */
export function importBucket(account: AccountState, name: string): Bucket {
  const existing = account.s3.buckets.get(name);
  if (existing) return existing;
  if (!isBucketName(name.replace(ACCOUNT_REGIONAL, '-0'))) {
    throw new ToolkitError('BadBucketName', `'bucket' must follow AWS's bucket naming rules, got: ${name}`);
  }
  const bucket = makeBucket({
    name,
    accountId: account.accountId,
    region: account.region,
    createdAt: account.now(),
    isObjectLockEnabled: false,
    objectOwnership: 'BucketOwnerEnforced',
    tags: new Map(),
  });
  account.s3.buckets.set(name, bucket);
  return bucket;
}
