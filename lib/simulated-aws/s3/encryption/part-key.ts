import type { Encryption } from '../../state/services/s3-state';
import { invalidRequest } from '../request/errors';
import type { S3Request } from '../request/request';
import { customerKeyMd5, requireCustomerKey } from './customer-key';

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
