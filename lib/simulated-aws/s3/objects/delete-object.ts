import { findVersion } from '../../state/services/object-table';
import { refuseMfa } from '../request/mfa';
import { emptyResponse, findBucket, type S3Operation } from '../request/request';
import { requireVersionId } from './find-object';
import { requireWriteConditions } from './preconditions';
import { deleteCurrent, deleteVersion } from './remove-version';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html */
export const deleteObject: S3Operation = (request) => {
  const bucket = findBucket(request);
  const { key } = request;
  refuseMfa(request);
  const versionId = request.query.get('versionId');
  requireVersionId(versionId);
  requireWriteConditions(request, findVersion(bucket.objects, key, versionId));
  const removal =
    versionId === undefined ? deleteCurrent(request, bucket, key) : deleteVersion(request, bucket, { key, versionId });
  return emptyResponse(204, {
    ...(removal.versionId === undefined ? {} : { 'x-amz-version-id': removal.versionId }),
    ...(removal.isDeleteMarker ? { 'x-amz-delete-marker': 'true' } : {}),
  });
};
