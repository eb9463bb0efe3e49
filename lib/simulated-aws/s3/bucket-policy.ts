import type { Policy } from '../../iam/types';
import type { Call } from '../service';
import { isBlocked } from './buckets/public-access-block';
import { isPublicPolicy } from './public-policy';
import type { Bucket } from './state';

/** What the account's root user may do whatever the bucket policy says. */
const rootActions: readonly string[] = ['s3:GetBucketPolicy', 's3:PutBucketPolicy', 's3:DeleteBucketPolicy'];

/**
 * The bucket policy as far as it has a say for this caller.
 *
 * It has none over the root user's hold on the policy itself, so that a bucket can always be opened again.
 * Under RestrictPublicBuckets a public policy grants nothing to callers from outside the account. Its denials keep
 * their force: a policy without its grants.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
 */
export function bucketPolicyFor(call: Call, bucket: Bucket | undefined, action: string): Policy | undefined {
  const policy = bucket?.policy?.parsed;
  const { principal } = call.caller;
  if (!bucket || !policy || (principal.kind === 'root' && rootActions.includes(action))) return undefined;
  const isOwn = 'account' in principal && principal.account === call.account.accountId;
  if (isOwn || !isBlocked(bucket, 'RestrictPublicBuckets') || !isPublicPolicy(policy)) return policy;
  return { ...policy, statements: policy.statements.filter((statement) => statement.effect === 'Deny') };
}
