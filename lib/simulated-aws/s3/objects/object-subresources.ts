import { isArchived } from '../../state/services/object-table';
import { AwsError, notImplemented } from '../../wire/http/aws-error';
import { childNamed } from '../../wire/xml/xml-element';
import { ownerAcl, refuseAclDocument } from '../acl/acl';
import { objectOwnershipOf, refuseAcl } from '../acl/acl-headers';
import { readDocument } from '../documents/read-document';
import { tagging } from '../documents/tagging';
import { emptyResponse, findBucket, type S3Operation, xmlResponse } from '../request/request';
import { tagElements, tagsOf, validateTags } from '../request/tags';
import { findObject } from './find-object';
import { versionHeader } from './new-object';

export const getObjectAcl: S3Operation = (request) => {
  findObject(request);
  return ownerAcl(request);
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectAcl.html */
export const putObjectAcl: S3Operation = (request) => {
  const bucket = findBucket(request);
  findObject(request);
  const ownership = objectOwnershipOf(bucket);
  refuseAcl(request, ownership, bucket);
  refuseAclDocument(request, ownership);
  return emptyResponse(200);
};

/**
 * Refuses to restore what is not archived, as S3 does. Restoring takes hours, which do not pass here.
 *
 * @throws {AwsError} `InvalidObjectState`; `NotImplemented` for an archived object
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_RestoreObject.html
 */
export const restoreObject: S3Operation = (request) => {
  const version = findObject(request);
  if (isArchived(version)) throw notImplemented('RestoreObject of an archived object');
  throw new AwsError(403, 'InvalidObjectState', "Restore is not allowed for the object's current storage class");
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectTagging.html */
export const getObjectTagging: S3Operation = (request) => {
  const version = findObject(request);
  const headers = versionHeader(findBucket(request), version.versionId);
  return xmlResponse('Tagging', { TagSet: tagElements(version.tags) }, headers);
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectTagging.html */
export const putObjectTagging: S3Operation = (request) => {
  const version = findObject(request);
  const document = readDocument(request, tagging);
  version.tags = validateTags(tagsOf(childNamed(document, 'TagSet')), 'object');
  return emptyResponse(200, versionHeader(findBucket(request), version.versionId));
};

export const deleteObjectTagging: S3Operation = (request) => {
  const version = findObject(request);
  version.tags = new Map();
  return emptyResponse(204, versionHeader(findBucket(request), version.versionId));
};
