import type { StackResource } from '../stack/stack-document';
import type { Subject } from '../subject/subject';

const POLICY = /^arn:([^:]+):iam::(\d{12}|aws):policy\/[^$]+$/;

/**
 * Whom a resource names that is not of its account, in one sentence each: S3 refuses whoever expects another owner of the
 * bucket, and a boundary is a policy of the same account or one of AWS.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html
 */
export function refusedAccounts(resource: StackResource, subject: Subject): readonly string[] {
  return [...refusedOwner(resource, subject), ...refusedBoundary(resource, subject)];
}

function refusedOwner(resource: StackResource, { read, place: { account } }: Subject): readonly string[] {
  if (!resource.type.startsWith('aws_s3_bucket')) return [];
  const owner = read(resource, 'expected_bucket_owner');
  if (owner.state !== 'known' || account === undefined || ['', account].includes(String(owner.value))) return [];
  return [`expected_bucket_owner must be the account ${account}, got: ${String(owner.value)}`];
}

function refusedBoundary(resource: StackResource, { read, place }: Subject): readonly string[] {
  if (resource.type !== 'aws_iam_role') return [];
  const boundary = read(resource, 'permissions_boundary');
  if (boundary.state !== 'known' || boundary.value === '') return [];
  const [whole, partition, owner] = POLICY.exec(String(boundary.value)) ?? [];
  const isOwn = owner === 'aws' || place.account === undefined || owner === place.account;
  const isHere = place.partition === undefined || partition === place.partition;
  if (whole !== undefined && isOwn && isHere) return [];
  return [`permissions_boundary must be a policy of the account, or one of AWS, got: ${String(boundary.value)}`];
}
