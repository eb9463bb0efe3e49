import { childNamed } from '../../wire/xml/xml-element';
import { readDocument } from '../documents/read-document';
import { tagging } from '../documents/tagging';
import { s3Error } from '../request/errors';
import { emptyResponse, findBucket, type S3Operation, xmlResponse } from '../request/request';
import { tagElements, tagsOf, validateTags } from '../request/tags';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketTagging.html */
export const getBucketTagging: S3Operation = (request) => {
  const { name, tags } = findBucket(request);
  if (tags.size === 0) throw s3Error('NoSuchTagSet', { BucketName: name });
  return xmlResponse('Tagging', { TagSet: tagElements(tags) });
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketTagging.html */
export const putBucketTagging: S3Operation = (request) => {
  const document = readDocument(request, tagging);
  findBucket(request).tags = validateTags(tagsOf(childNamed(document, 'TagSet')), 'bucket');
  return emptyResponse(204);
};

export const deleteBucketTagging: S3Operation = (request) => {
  findBucket(request).tags = new Map();
  return emptyResponse(204);
};
