import type { Encryption } from '../../state/services/stored-object';
import { deniedBecause, invalidRequest } from '../request/errors';
import type { S3Request } from '../request/request';
import { customerKeyMd5, type KeyUse } from './choose-encryption';

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

/**
 * Lets a request put a part, or read its checksum, only with the key that the upload was begun with.
 *
 * @throws {AwsError} `InvalidRequest`, in the words of `missing` without a key
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html
 */
export function requirePartKey(
  request: S3Request,
  encryption: Encryption,
  missing = 'The multipart upload initiate requested encryption. Subsequent part requests must include the appropriate encryption parameters.',
): void {
  if (encryption.kind !== 'SSE-C') {
    requireCustomerKey(request, encryption);
    return;
  }
  const md5 = customerKeyMd5(request);
  if (md5 === undefined) throw invalidRequest(missing);
  if (md5 === encryption.keyMd5) return;
  throw invalidRequest('The provided encryption parameters did not match the ones used originally.');
}
