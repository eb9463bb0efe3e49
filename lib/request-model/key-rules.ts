import type { Step } from './question';
import { lists, says, type When } from './rule';

/** One request that S3 makes to KMS for the caller. */
export interface KeyRule {
  readonly step: Extract<Step, 'source-key' | 'object-key' | 'upload-key' | 'new-object-key'>;
  readonly action: 'kms:GenerateDataKey' | 'kms:Decrypt';
  /** @default - always asked */
  readonly when?: When;
}

const GENERATES: KeyRule = { step: 'new-object-key', action: 'kms:GenerateDataKey' };
const READS_OBJECT: KeyRule = { step: 'object-key', action: 'kms:Decrypt' };
const READS_SOURCE: KeyRule = { step: 'source-key', action: 'kms:Decrypt' };

/** Parts are encrypted under the data key that was made when the upload was, and are read again to make them one. */
const READS_UPLOAD: KeyRule = { step: 'upload-key', action: 'kms:Decrypt' };

/**
 * The requests to KMS of each operation, made only where the encryption in question is SSE-KMS.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html#mpuAndPermissions
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
 */
export const KEY_RULES: Readonly<Record<string, readonly KeyRule[]>> = {
  PutObject: [GENERATES],
  CopyObject: [READS_SOURCE, GENERATES],
  CreateMultipartUpload: [GENERATES],
  UploadPart: [READS_UPLOAD],
  UploadPartCopy: [READS_SOURCE, READS_UPLOAD],
  CompleteMultipartUpload: [READS_UPLOAD],
  ListParts: [READS_UPLOAD],
  GetObject: [READS_OBJECT],
  HeadObject: [{ ...READS_OBJECT, when: says('x-amz-checksum-mode', 'ENABLED') }],
  GetObjectAttributes: [{ ...READS_OBJECT, when: lists('x-amz-object-attributes', 'Checksum') }],
};
