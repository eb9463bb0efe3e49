import { emptyResponse, findBucket, type S3Operation } from '../request/request';
import { findUpload } from './find-upload';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html */
export const abortMultipartUpload: S3Operation = (request) => {
  findBucket(request).uploads.delete(findUpload(request).uploadId);
  return emptyResponse(204);
};
