import type { Policy } from '../../iam/types';
import type { Call } from '../service';
import { isBlocked } from './buckets/public-access-block';
import { isPublicPolicy } from './public-policy';
import type { Bucket } from './state';

/**
 * The bucket policy as far as it has a say for this caller.
 *
 * Under RestrictPublicBuckets a public policy grants nothing to callers from outside the account. Its denials keep
 * their force: a policy without its grants.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
export function bucketPolicyFor(call: Call, bucket: Bucket | undefined): Policy | undefined {
  const policy = bucket?.policy?.parsed;
  if (!bucket || !policy) return undefined;
  const { principal } = call.caller;
  const isOwn = 'account' in principal && principal.account === call.account.accountId;
  if (isOwn || !isBlocked(bucket, 'RestrictPublicBuckets') || !isPublicPolicy(policy)) return policy;
  return { ...policy, statements: policy.statements.filter((statement) => statement.effect === 'Deny') };
}
