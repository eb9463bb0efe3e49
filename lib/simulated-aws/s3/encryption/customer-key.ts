import { createHash } from 'node:crypto';
import type { Encryption } from '../../state/services/s3-state';
import { AwsError } from '../../wire/http/aws-error';
import { deniedBecause, invalidArgument, invalidRequest } from '../request/errors';
import type { S3Request } from '../request/request';

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
  if (algorithm !== 'AES256') throw invalidAlgorithm();
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

function invalidAlgorithm(): AwsError {
  return new AwsError(
    400,
    'InvalidEncryptionAlgorithmError',
    'The encryption request you specified is not valid. The valid value is AES256.',
  );
}

/**
 * Lets a request read an object only with the key that it was stored under.
 *
 * @throws {AwsError} `InvalidRequest` without a key or with one too many, `AccessDenied` with another key
 */
export function requireCustomerKey(request: S3Request, encryption: Encryption, use: KeyUse = 'object'): void {
  const md5 = customerKeyMd5(request, use);
  if (encryption.kind !== 'SSE-C') {
    if (md5 !== undefined) throw invalidRequest('The encryption parameters are not applicable to this object.');
    return;
  }
  if (md5 === undefined) {
    throw invalidRequest(
      'The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.',
    );
  }
  if (md5 !== encryption.keyMd5) throw deniedBecause('the object is encrypted with another customer key (SSE-C)');
}
