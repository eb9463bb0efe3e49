import { childNamed } from '../../wire/xml/xml-element';
import { readDocument } from '../documents/read-document';
import { tagging } from '../documents/tagging';
import { emptyResponse, findBucket, type S3Operation, xmlResponse } from '../request/request';
import { tagElements, tagsOf, validateTags } from '../request/tags';
import { findObject } from './find-object';
import { versionHeader } from './new-object';

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
