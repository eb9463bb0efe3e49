import { addVersion, findVersion, removeVersion } from '../../state/services/object-table';
import type { Bucket } from '../../state/services/s3-state';
import type { ObjectVersion, Version } from '../../state/services/stored-object';
import { hasAccess } from '../request/access';
import { keptByLock } from '../request/errors';
import type { S3Request } from '../request/request';
import { objectFacts } from '../request/request-facts';
import { newVersionId } from './new-object';

/** The outcome of a delete. */
export interface Removal {
  /** The version that was removed, or the delete marker that was made. */
  readonly versionId?: string;
  readonly isDeleteMarker: boolean;
}

/**
 * Deletes the key: puts a delete marker on top, or removes the object where versioning was never set.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeletingObjectVersions.html
 */
export function deleteCurrent(request: S3Request, bucket: Bucket, key: string): Removal {
  if (bucket.versioning === undefined) {
    removeVersion(bucket.objects, key, 'null');
    return { isDeleteMarker: false };
  }
  const versionId = newVersionId(request.call, bucket);
  const lastModified = request.call.account.now();
  addVersion(bucket.objects, key, { kind: 'delete-marker', versionId, lastModified });
  return { versionId, isDeleteMarker: true };
}

/** Removes one version for good; one that is not there is gone already. @throws {AwsError} `AccessDenied` */
export function deleteVersion(request: S3Request, bucket: Bucket, at: { key: string; versionId: string }): Removal {
  const version = findVersion(bucket.objects, at.key, at.versionId);
  if (version) requireUnlocked(request, at, version);
  removeVersion(bucket.objects, at.key, at.versionId);
  return { versionId: at.versionId, isDeleteMarker: version?.kind === 'delete-marker' };
}

function requireUnlocked(request: S3Request, at: { key: string; versionId: string }, version: Version): void {
  if (version.kind !== 'object' || !isLocked(request, version)) return;
  const isHard = version.legalHold === 'ON' || version.retention?.mode === 'COMPLIANCE';
  if (isHard || !mayBypass(request, at, version)) throw keptByLock();
}

function isLocked({ call }: S3Request, { retention, legalHold }: ObjectVersion): boolean {
  return legalHold === 'ON' || (retention !== undefined && retention.retainUntil > call.account.now());
}

/** Whether the request asks to pass over governance retention, and may. */
export function mayBypass(
  request: S3Request,
  at: { readonly key: string; readonly versionId?: string },
  version: ObjectVersion,
): boolean {
  const object = { ...objectFacts(version), isUnderGovernance: true };
  return hasAccess(request, 'governance-bypass', { object, objects: [{ ...at, object }] });
}
