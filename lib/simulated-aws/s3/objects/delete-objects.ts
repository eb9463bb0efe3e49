import { findVersion } from '../../state/services/object-table';
import type { Bucket } from '../../state/services/s3-state';
import { AwsError, notImplemented } from '../../wire/http/aws-error';
import { buildElement, childrenNamed, childText, type XmlElement } from '../../wire/xml/xml-element';
import { hasIntegrityCheck } from '../checksums/body-integrity';
import { deleteDocument } from '../documents/objects';
import { readDocument } from '../documents/read-document';
import { requireAccess } from '../request/access';
import { invalidRequest, malformedXml, s3Error } from '../request/errors';
import { refuseMfa } from '../request/mfa';
import { elementResponse, findBucket, type S3Operation, type S3Request } from '../request/request';
import { requireVersionId } from './find-object';
import { names } from './preconditions';
import { deleteCurrent, deleteVersion } from './remove-version';

const MAX_OBJECTS = 1000;

/**
 * Deletes up to 1,000 keys; each is asked for and answered by itself.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html
 */
export const deleteObjects: S3Operation = (request) => {
  const bucket = findBucket(request);
  refuseMfa(request);
  if (!hasIntegrityCheck(request)) throw invalidRequest('Missing required header for this request: Content-MD5');
  const document = readDocument(request, deleteDocument);
  const objects = childrenNamed(document, 'Object');
  if (objects.length > MAX_OBJECTS) throw malformedXml();
  const isQuiet = childText(document, 'Quiet')?.toLowerCase() === 'true';
  const results = objects.map((object) => deleteOne(request, bucket, object));
  const children = results.filter((result) => !isQuiet || result.name === 'Error');
  return elementResponse({ name: 'DeleteResult', attributes: {}, children, text: '' });
};

function deleteOne(request: S3Request, bucket: Bucket, object: XmlElement): XmlElement {
  const key = childText(object, 'Key') ?? '';
  const versionId = childText(object, 'VersionId') || undefined;
  const etag = childText(object, 'ETag');
  try {
    requireAccess(request, 'batch-entry', {
      objects: [{ key, ...(versionId === undefined ? {} : { versionId }), ...(etag === undefined ? {} : { etag }) }],
    });
    requireMatch(bucket, object);
    return buildElement('Deleted', remove(request, bucket, { key, versionId }));
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return buildElement('Error', { Key: key, VersionId: versionId, Code: error.code, Message: error.message });
  }
}

function requireMatch(bucket: Bucket, object: XmlElement): void {
  const unknown = object.children.find((child) => child.name === 'LastModifiedTime' || child.name === 'Size');
  if (unknown) throw notImplemented(`element '${unknown.name}' of DeleteObjects`);
  const wanted = childText(object, 'ETag');
  if (wanted === undefined) return;
  const current = findVersion(bucket.objects, childText(object, 'Key') ?? '', childText(object, 'VersionId'));
  if (current?.kind !== 'object') throw s3Error('NoSuchKey');
  if (!names(wanted, current.etag)) throw s3Error('PreconditionFailed');
}

function remove(request: S3Request, bucket: Bucket, at: { key: string; versionId: string | undefined }) {
  const { key, versionId } = at;
  requireVersionId(versionId);
  if (versionId !== undefined) {
    const { isDeleteMarker } = deleteVersion(request, bucket, { key, versionId });
    const marker = isDeleteMarker ? { DeleteMarker: true, DeleteMarkerVersionId: versionId } : {};
    return { Key: key, VersionId: versionId, ...marker };
  }
  const made = deleteCurrent(request, bucket, key);
  return { Key: key, ...(made.isDeleteMarker ? { DeleteMarker: true, DeleteMarkerVersionId: made.versionId } : {}) };
}
