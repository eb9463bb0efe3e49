import { notImplemented } from '../../wire/exchange';
import { invalidArgument, s3Error } from '../errors';
import type { S3Request } from '../request';
import type { Bucket, Encryption } from '../state';
import { childNamed, childrenNamed, childText, type XmlElement } from '../xml';
import { customerKeyMd5 } from './customer-key';
import { encryptUnderKms } from './kms-encryption';

const header = 'x-amz-server-side-encryption';
const keyHeader = `${header}-aws-kms-key-id`;

/**
 * How a new object is encrypted: as its headers say, else as the bucket does by default. Asks KMS for the caller.
 *
 * @throws {AwsError} when the headers do not fit together, the type is blocked, or KMS refuses
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-encryption.html
 */
export function chooseEncryption(request: S3Request, bucket: Bucket): Encryption {
  const rule = childNamed(bucket.documents.get('ServerSideEncryptionConfiguration'), 'Rule');
  const algorithm = request.headers[header];
  const keyMd5 = customerKeyMd5(request);
  if (keyMd5 !== undefined) return underCustomerKey(algorithm, keyMd5, rule);
  if (request.headers[keyHeader] !== undefined && algorithm !== 'aws:kms') throw keyWithoutAlgorithm(algorithm);
  if (algorithm === 'AES256') return { kind: 'AES256' };
  if (algorithm === 'aws:kms') return encryptUnderKms(request, { keyId: request.headers[keyHeader], rule });
  if (algorithm === 'aws:kms:dsse') throw notImplemented("encryption 'aws:kms:dsse'");
  if (algorithm !== undefined) {
    throw invalidArgument('The encryption method specified is not supported', header, algorithm);
  }
  return byDefault(request, rule);
}

function byDefault(request: S3Request, rule: XmlElement | undefined): Encryption {
  const settings = childNamed(rule, 'ApplyServerSideEncryptionByDefault');
  if (childText(settings, 'SSEAlgorithm') !== 'aws:kms') return { kind: 'AES256' };
  return encryptUnderKms(request, { keyId: childText(settings, 'KMSMasterKeyID'), rule });
}

function underCustomerKey(algorithm: string | undefined, keyMd5: string, rule: XmlElement | undefined): Encryption {
  if (algorithm !== undefined) {
    const message =
      'Server Side Encryption with Customer provided key is incompatible with the encryption method specified';
    throw invalidArgument(message, header, algorithm);
  }
  const blocked = childrenNamed(childNamed(rule, 'BlockedEncryptionTypes'), 'EncryptionType');
  if (blocked.some((type) => type.text === 'SSE-C')) throw s3Error('AccessDenied');
  return { kind: 'SSE-C', keyMd5 };
}

function keyWithoutAlgorithm(algorithm: string | undefined): Error {
  const message =
    'Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : aws:kms';
  return invalidArgument(message, header, algorithm ?? 'null');
}
