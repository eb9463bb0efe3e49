import { parsePolicy } from '../../../iam';
import type { AccountState } from '../../state/account-state';
import { pinPrincipals } from '../../state/pinned-principals';
import { changePolicy, type VersioningStatus } from '../../state/services/s3-state';
import { AwsError } from '../../wire/http/aws-error';
import type { XmlContent } from '../../wire/xml/xml';
import { buildElement } from '../../wire/xml/xml-element';
import { importBucket } from './import-bucket';

/** Settings of a bucket that the account is to hold already. What is left out is as S3 makes a bucket. */
export interface ImportedConfiguration {
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
