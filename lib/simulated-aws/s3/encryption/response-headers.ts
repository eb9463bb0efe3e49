import type { Encryption } from '../../state/services/s3-state';

/** The headers that say how an object is encrypted. */
export function encryptionResponseHeaders(encryption: Encryption): Readonly<Record<string, string>> {
  switch (encryption.kind) {
    case 'AES256':
      return { 'x-amz-server-side-encryption': 'AES256' };
    case 'aws:kms':
    case 'aws:kms:dsse':
      return {
        'x-amz-server-side-encryption': encryption.kind,
        'x-amz-server-side-encryption-aws-kms-key-id': encryption.keyArn,
        ...(encryption.isBucketKeyEnabled ? { 'x-amz-server-side-encryption-bucket-key-enabled': 'true' } : {}),
      };
    case 'SSE-C':
      return {
        'x-amz-server-side-encryption-customer-algorithm': 'AES256',
        'x-amz-server-side-encryption-customer-key-md5': encryption.keyMd5,
      };
  }
}
