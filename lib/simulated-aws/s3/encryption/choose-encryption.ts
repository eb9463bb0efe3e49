import { createHash } from 'node:crypto';
import { ENCRYPTION_HEADERS, newObjectEncryption } from '../../../request-model';
import type { Bucket } from '../../state/services/s3-state';
import type { Encryption } from '../../state/services/stored-object';
import { AwsError } from '../../wire/http/aws-error';
import { childNamed, childrenNamed } from '../../wire/xml/xml-element';
import { factsOf } from '../request/access';
import { deniedBecause, invalidArgument, invalidRequest } from '../request/errors';
import type { S3Request } from '../request/request';
import { encryptUnderKms, requireKmsHeaders } from './kms-encryption';

const { algorithm: header, kmsKey: keyHeader } = ENCRYPTION_HEADERS;

/**
 * How a new object is encrypted: as its headers say, else as the bucket does by default. Asks KMS for the caller.
 *
 * @throws {AwsError} when the headers do not fit together, the type is blocked, or KMS refuses
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html
 */
export function chooseEncryption(request: S3Request, bucket: Bucket): Encryption {
  const keyMd5 = customerKeyMd5(request);
  if (keyMd5 === undefined) requireKnownAlgorithm(request);
  else requireCustomerKeyAllowed(request, bucket);
  const encryption = newObjectEncryption(factsOf(request));
  if (!('keyIdentifier' in encryption)) return keyMd5 === undefined ? { kind: 'AES256' } : { kind: 'SSE-C', keyMd5 };
  requireKmsHeaders(request, encryption.kind);
  return encryptUnderKms(request, encryption);
}

function requireKnownAlgorithm({ headers }: S3Request): void {
  const algorithm = headers[header];
  const isKms = algorithm === 'aws:kms' || algorithm === 'aws:kms:dsse';
  if (headers[keyHeader] !== undefined && !isKms) throw keyWithoutAlgorithm(algorithm);
  if (algorithm !== undefined && algorithm !== 'AES256' && !isKms) {
    throw invalidArgument('The encryption method specified is not supported', header, algorithm);
  }
}

function requireCustomerKeyAllowed({ headers }: S3Request, bucket: Bucket): void {
  const algorithm = headers[header];
  if (algorithm !== undefined) {
    const message =
      'Server Side Encryption with Customer provided key is incompatible with the encryption method specified';
    throw invalidArgument(message, header, algorithm);
  }
  const rule = childNamed(bucket.documents.get('ServerSideEncryptionConfiguration'), 'Rule');
  const blocked = childrenNamed(childNamed(rule, 'BlockedEncryptionTypes'), 'EncryptionType');
  if (blocked.some((type) => type.text === 'SSE-C')) {
    throw deniedBecause('the default encryption of the bucket blocks SSE-C');
  }
}

function keyWithoutAlgorithm(algorithm: string | undefined): Error {
  const message =
    'Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms';
  return invalidArgument(message, header, algorithm ?? 'null');
}

const KEY_SIZE_BYTES = 32;
const UPLOAD_PREFIX = 'x-amz-server-side-encryption-customer';
const COPY_SOURCE_PREFIX = 'x-amz-copy-source-server-side-encryption-customer';

export type KeyUse = 'object' | 'copy-source';

/**
 * The MD5 of the SSE-C key that the request carries.
 *
 * @returns nothing when it carries none
 * @throws {AwsError} when the three headers do not make a key, or the request came without TLS
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html
 */
export function customerKeyMd5(request: S3Request, use: KeyUse = 'object'): string | undefined {
  const prefix = use === 'object' ? UPLOAD_PREFIX : COPY_SOURCE_PREFIX;
  const [algorithm, key, md5] = ['algorithm', 'key', 'key-md5'].map((part) => request.headers[`${prefix}-${part}`]);
  if (algorithm === undefined && key === undefined && md5 === undefined) return undefined;
  if (!request.call.request.isSecure) {
    throw invalidRequest(
      'Requests specifying Server Side Encryption with Customer provided keys must be made over a secure connection.',
    );
  }
  if (algorithm !== 'AES256') {
    const message = 'The encryption request you specified is not valid. The valid value is AES256.';
    throw new AwsError(400, 'InvalidEncryptionAlgorithmError', message);
  }
  requireKey(key, md5, prefix);
  return md5;
}

function requireKey(key: string | undefined, md5: string | undefined, prefix: string): void {
  const bytes = Buffer.from(key ?? '', 'base64');
  if (bytes.length !== KEY_SIZE_BYTES) {
    const message = 'The secret key was invalid for the specified algorithm.';
    throw invalidArgument(message, `${prefix}-key`, 'null');
  }
  if (createHash('md5').update(bytes).digest('base64') !== md5) {
    const message = 'The calculated MD5 hash of the key did not match the hash that was provided.';
    throw invalidArgument(message, `${prefix}-key-MD5`, md5 ?? 'null');
  }
}

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
