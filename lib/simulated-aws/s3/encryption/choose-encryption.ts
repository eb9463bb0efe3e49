import { ENCRYPTION_HEADERS, newObjectEncryption, parseEncryptionContext } from '../../../request-model';
import type { Bucket, Encryption } from '../../state/services/s3-state';
import { notImplemented } from '../../wire/http/aws-error';
import { childNamed, childrenNamed } from '../../wire/xml/xml-element';
import { deniedBecause, invalidArgument } from '../request/errors';
import type { S3Request } from '../request/request';
import { factsOf } from '../request/request-facts';
import { customerKeyMd5 } from './customer-key';
import { encryptUnderKms } from './kms-encryption';

const { algorithm: header, kmsKey: keyHeader, context: contextHeader, bucketKey: bucketKeyHeader } = ENCRYPTION_HEADERS;

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

function requireKmsHeaders({ headers }: S3Request, kind: string): void {
  const bucketKey = headers[bucketKeyHeader];
  // S3 Bucket Keys are not for DSSE-KMS; what S3 answers to one that asks for both is not documented.
  if (kind === 'aws:kms:dsse' && bucketKey?.toLowerCase() === 'true') {
    throw notImplemented(`header '${bucketKeyHeader}' with encryption 'aws:kms:dsse'`);
  }
  if (bucketKey !== undefined && !/^(true|false)$/i.test(bucketKey)) {
    throw invalidArgument('The bucket key header must be true or false', bucketKeyHeader, bucketKey);
  }
  const context = headers[contextHeader];
  if (context !== undefined && parseEncryptionContext(context) === undefined) {
    throw invalidArgument('The header is not base64 encoded JSON of strings', contextHeader, context);
  }
}

function keyWithoutAlgorithm(algorithm: string | undefined): Error {
  const message =
    'Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms';
  return invalidArgument(message, header, algorithm ?? 'null');
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
