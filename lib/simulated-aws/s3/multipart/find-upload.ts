import type { Upload } from '../../state/services/s3-state';
import { s3Error } from '../request/errors';
import { emptyResponse, findBucket, type S3Operation, type S3Request } from '../request/request';

/** The upload that `uploadId` names, of the key in the path. @throws {AwsError} `NoSuchUpload` */
export function findUpload(request: S3Request): Upload {
  const uploadId = request.query.get('uploadId') ?? '';
  const upload = findBucket(request).uploads.get(uploadId);
  if (upload?.key !== request.key) throw s3Error('NoSuchUpload', { UploadId: uploadId });
  return upload;
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html */
export const abortMultipartUpload: S3Operation = (request) => {
  findBucket(request).uploads.delete(findUpload(request).uploadId);
  return emptyResponse(204);
};
