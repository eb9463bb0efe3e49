import type { Step } from './question';
import { lists, says, type When } from './rule';

/** One request that S3 makes to KMS for the caller. */
export interface KeyRule {
  readonly step: Extract<Step, 'source-key' | 'object-key' | 'upload-key' | 'new-object-key'>;
  readonly action: 'kms:GenerateDataKey' | 'kms:Decrypt';
  /** @default - always asked */
  readonly when?: When;
}

const generates: KeyRule = { step: 'new-object-key', action: 'kms:GenerateDataKey' };
const readsObject: KeyRule = { step: 'object-key', action: 'kms:Decrypt' };
const readsSource: KeyRule = { step: 'source-key', action: 'kms:Decrypt' };

/** Parts are encrypted under the data key that was made when the upload was, and are read again to make them one. */
const readsUpload: KeyRule = { step: 'upload-key', action: 'kms:Decrypt' };

/**
 * The requests to KMS of each operation, made only where the encryption in question is SSE-KMS.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html#mpuAndPermissions
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
 */
export const keyRules: Readonly<Record<string, readonly KeyRule[]>> = {
  PutObject: [generates],
  CopyObject: [readsSource, generates],
  CreateMultipartUpload: [generates],
  UploadPart: [readsUpload],
  UploadPartCopy: [readsSource, readsUpload],
  CompleteMultipartUpload: [readsUpload],
  ListParts: [readsUpload],
  GetObject: [readsObject],
  HeadObject: [{ ...readsObject, when: says('x-amz-checksum-mode', 'ENABLED') }],
  GetObjectAttributes: [{ ...readsObject, when: lists('x-amz-object-attributes', 'Checksum') }],
};
