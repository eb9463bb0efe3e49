import { ToolkitError } from '../../../errors';
import { parsePolicy } from '../../../iam';
import type { AccountState } from '../../state/account-state';
import { pinPrincipals } from '../../state/pinned-principals';
import { type AccessPoint, type Bucket, changePolicy, type VersioningStatus } from '../../state/services/s3-state';
import { AwsError } from '../../wire/http/aws-error';
import type { XmlContent } from '../../wire/xml/xml';
import { buildElement } from '../../wire/xml/xml-element';
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

/** Gives a bucket of the account an access point as if it had always had it; nothing can be reached through it. */
export function importAccessPoint(account: AccountState, bucketName: string, accessPoint: AccessPoint): void {
  const bucket = importBucket(account, bucketName);
  bucket.accessPoints = [...(bucket.accessPoints ?? []), accessPoint];
}

/** Settings of a bucket that the account is to hold already. What is left out is as S3 makes a bucket. */
interface ImportedConfiguration {
  readonly versioning?: VersioningStatus;
  readonly policy?: string;
  /** By the root element of the document that would be put. */
  readonly documents?: Readonly<Record<string, XmlContent>>;
}

/** Gives a bucket settings as if it had always had them, and makes the bucket where there is none. */
export function importBucketConfiguration(
  account: AccountState,
  name: string,
  { versioning, policy, documents = {} }: ImportedConfiguration,
): void {
  const bucket = importBucket(account, name);
  if (versioning !== undefined) bucket.versioning = versioning;
  if (policy !== undefined) {
    const parsed = parsePolicy(policy, `bucket policy of '${name}'`, { kind: 'resource' });
    const pinned = pinPrincipals({ text: policy, parsed }, account, (arn) => new AwsError(400, 'MalformedPolicy', arn));
    changePolicy(bucket, pinned, account.s3.propagation);
  }
  for (const [root, content] of Object.entries(documents)) bucket.documents.set(root, buildElement(root, content));
  if ('ObjectLockConfiguration' in documents) bucket.isObjectLockEnabled = true;
}
