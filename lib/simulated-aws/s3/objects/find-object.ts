import { findVersion } from '../../state/services/object-table';
import type { Bucket } from '../../state/services/s3-state';
import type { ObjectVersion } from '../../state/services/stored-object';
import { requireAccess } from '../request/access';
import { invalidArgument, s3Error } from '../request/errors';
import { findBucket, type S3Request } from '../request/request';
import { versionHeader } from './new-object';

/** Which version of which object is meant. */
export interface ObjectReference {
  readonly bucketName: string;
  readonly key: string;
  readonly versionId?: string;
}

/** The object that the path and `versionId` of the request point at. */
export function referenceOf({ bucketName, key, query }: S3Request): ObjectReference {
  const versionId = query.get('versionId');
  return { bucketName, key, ...(versionId === undefined ? {} : { versionId }) };
}

/**
 * The object, once the caller was allowed to read it.
 *
 * Only a caller who may list the bucket learns that a key is missing.
 *
 * @throws {AwsError} `NoSuchKey`, `NoSuchVersion`, `AccessDenied`, `MethodNotAllowed` for a delete marker
 */
export function findObject(request: S3Request, reference: ObjectReference = referenceOf(request)): ObjectVersion {
  const bucket = findBucket(request, reference.bucketName);
  requireVersionId(reference.versionId);
  const version = findVersion(bucket.objects, reference.key, reference.versionId);
  if (version?.kind === 'object') return version;
  requireAccess(request, 'told-missing');
  throw missing(request, reference, bucket);
}

function missing(request: S3Request, { key, versionId }: ObjectReference, bucket: Bucket): Error {
  const marker = findVersion(bucket.objects, key, versionId);
  if (!marker) {
    return versionId === undefined
      ? s3Error('NoSuchKey', { Key: key })
      : s3Error('NoSuchVersion', { Key: key, VersionId: versionId });
  }
  const headers = { 'x-amz-delete-marker': 'true', ...versionHeader(bucket, marker.versionId) };
  if (versionId === undefined) return s3Error('NoSuchKey', { Key: key }, headers);
  const lastModified = marker.lastModified.toUTCString();
  return s3Error(
    'MethodNotAllowed',
    { Method: request.call.request.method, ResourceType: 'DeleteMarker' },
    { ...headers, allow: 'DELETE', 'last-modified': lastModified },
  );
}

/** @throws {AwsError} `InvalidArgument`, for what cannot be a version id */
export function requireVersionId(versionId: string | undefined): void {
  if (versionId === '') throw invalidArgument('Version id cannot be the empty string', 'versionId', versionId);
  if (versionId !== undefined && versionId !== 'null' && !/^[\w.-]{32}$/.test(versionId)) {
    throw invalidArgument('Invalid version id specified', 'versionId', versionId);
  }
}
