import type { Refused } from '../../aws/answer';
import type { GuardedS3 } from '../guard/guard';
import type { CanaryTarget } from '../guard/run-scope';

/** Size below which S3 takes a part only as the last one. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
export const SMALLEST_PART_BYTES = 5 * 1024 * 1024;

/** An object in the parts that it is to be uploaded in. */
export interface MultipartObject extends CanaryTarget {
  readonly parts: readonly Uint8Array[];
}

/** The call that stopped an upload. */
export interface Stopped {
  readonly call: string;
  readonly refusal: Refused;
}

/** Uploads the parts and joins them; answers with the call that stopped it, if one did. */
export async function putInParts(s3: GuardedS3, { Bucket, Key, parts }: MultipartObject): Promise<Stopped | undefined> {
  const created = await s3.createMultipartUpload({ Bucket, Key });
  if (!created.ok) return { call: 'CreateMultipartUpload', refusal: created };
  const upload = { Bucket, Key, UploadId: created.value.UploadId };
  const answers = await Promise.all(
    parts.map((Body, index) => s3.uploadPart({ ...upload, PartNumber: index + 1, Body })),
  );
  const refusedPart = answers.find((answer) => !answer.ok);
  if (refusedPart !== undefined) return { call: 'UploadPart', refusal: refusedPart };
  const Parts = answers.flatMap((answer, index) =>
    answer.ok ? [{ PartNumber: index + 1, ETag: answer.value.ETag, ChecksumCRC32: answer.value.ChecksumCRC32 }] : [],
  );
  const completed = await s3.completeMultipartUpload({ ...upload, MultipartUpload: { Parts } });
  return completed.ok ? undefined : { call: 'CompleteMultipartUpload', refusal: completed };
}
