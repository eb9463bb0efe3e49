import { type GroupShape, group, nonEmptyText, oneOrMore, positiveNumber, required, text } from './shape';

const part = group({
  PartNumber: required(positiveNumber),
  ETag: required(nonEmptyText),
  ChecksumCRC32: text,
  ChecksumCRC32C: text,
  ChecksumCRC64NVME: text,
  ChecksumMD5: text,
  ChecksumSHA1: text,
  ChecksumSHA256: text,
  ChecksumSHA512: text,
  ChecksumXXHASH3: text,
  ChecksumXXHASH64: text,
  ChecksumXXHASH128: text,
});

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html */
export const completeMultipartUploadDocument: GroupShape = group({ Part: oneOrMore(part) });
