import { ACL_HEADERS, CUSTOMER_KEY_HEADERS, ENCRYPTION_HEADERS, OBJECT_LOCK_HEADERS } from '../../../request-model';

/** Headers that every operation takes: signature, transport, and the SDKs' notes on themselves. */
export const COMMON_HEADERS: readonly string[] = [
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-security-token',
  'x-amz-user-agent',
  'x-amz-decoded-content-length',
  'x-amz-trailer',
  'x-amz-sdk-checksum-algorithm',
  'x-amz-expected-bucket-owner',
  'x-amz-checksum-crc32',
  'x-amz-checksum-crc32c',
  'x-amz-checksum-crc64nvme',
  'x-amz-checksum-md5',
  'x-amz-checksum-sha1',
  'x-amz-checksum-sha256',
  'x-amz-checksum-sha512',
  'x-amz-checksum-xxhash3',
  'x-amz-checksum-xxhash64',
  'x-amz-checksum-xxhash128',
  'x-amz-request-payer',
  'x-amzn-*',
];

/** Query parameters that every operation takes: those of a presigned URL. */
export const COMMON_QUERY: readonly string[] = [
  'X-Amz-Algorithm',
  'X-Amz-Credential',
  'X-Amz-Date',
  'X-Amz-Expires',
  'X-Amz-SignedHeaders',
  'X-Amz-Signature',
  'X-Amz-Security-Token',
  'X-Amz-Content-Sha256',
  'X-Amz-User-Agent',
];

/** Headers outside `x-amz-*` that change what an operation does. */
export const CONDITIONAL_HEADERS: readonly string[] = [
  'if-match',
  'if-none-match',
  'if-modified-since',
  'if-unmodified-since',
  'range',
];

/** Headers in which an upload describes its object. */
export const NEW_OBJECT_HEADERS: readonly string[] = [
  'x-amz-meta-*',
  'x-amz-storage-class',
  'x-amz-tagging',
  'x-amz-website-redirect-location',
  ...ACL_HEADERS,
  ...Object.values(ENCRYPTION_HEADERS),
  ...CUSTOMER_KEY_HEADERS,
  ...Object.values(OBJECT_LOCK_HEADERS),
];

/** The header that chooses a multipart upload's checksum; minio-go sends it with single puts and parts too, where S3 ignores it. */
export const CHECKSUM_CHOICE_HEADERS: readonly string[] = ['x-amz-checksum-algorithm', 'x-amz-checksum-type'];

export const COPY_SOURCE_HEADERS: readonly string[] = [
  'x-amz-copy-source',
  'x-amz-copy-source-if-match',
  'x-amz-copy-source-if-none-match',
  'x-amz-copy-source-if-modified-since',
  'x-amz-copy-source-if-unmodified-since',
  'x-amz-copy-source-server-side-encryption-customer-algorithm',
  'x-amz-copy-source-server-side-encryption-customer-key',
  'x-amz-copy-source-server-side-encryption-customer-key-md5',
  'x-amz-source-expected-bucket-owner',
];
