import type { DocumentKind } from './read-document';
import {
  bool,
  type GroupShape,
  group,
  nonEmptyText,
  oneOf,
  oneOrMore,
  positiveNumber,
  required,
  text,
  timestamp,
} from './shape';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectRetention.html */
export const retention: DocumentKind = {
  root: 'Retention',
  shape: group({ Mode: oneOf('GOVERNANCE', 'COMPLIANCE'), RetainUntilDate: timestamp }),
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLegalHold.html */
export const legalHold: DocumentKind = {
  root: 'LegalHold',
  shape: group({ Status: required(oneOf('ON', 'OFF')) }),
};

const object = group({
  Key: required(nonEmptyText),
  VersionId: text,
  ETag: text,
  LastModifiedTime: text,
  Size: text,
});

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Delete.html */
export const deleteDocument: DocumentKind = {
  root: 'Delete',
  shape: group({ Object: oneOrMore(object), Quiet: bool }),
};

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
