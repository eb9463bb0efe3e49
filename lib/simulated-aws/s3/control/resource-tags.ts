import type { Bucket } from '../../state/services/s3-state';
import { notImplemented } from '../../wire/http/aws-error';
import { childNamed } from '../../wire/xml/xml-element';
import { type DocumentKind, readDocument } from '../documents/read-document';
import { group, many, required } from '../documents/shape';
import { tag } from '../documents/tagging';
import { requireAccess } from '../request/access';
import { invalidRequest, s3Error } from '../request/errors';
import { bucketFacts, controlResponse, emptyResponse, type S3Operation, type S3Request } from '../request/request';
import { type Tags, tagElements, tagsOf, validateTags } from '../request/tags';

const TAG_RESOURCE_REQUEST: DocumentKind = {
  root: 'TagResourceRequest',
  shape: group({ Tags: required(group({ Tag: many(tag) })) }),
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_ListTagsForResource.html */
export const listTagsForResource: S3Operation = (request) =>
  controlResponse('ListTagsForResourceResult', { Tags: tagElements(authorizedBucket(request).tags) });

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_TagResource.html */
export const tagResource: S3Operation = (request) => {
  const bucket = authorizedBucket(request);
  const added = tagsOf(childNamed(readDocument(request, TAG_RESOURCE_REQUEST), 'Tags'));
  bucket.tags = validateTags([...new Map([...bucket.tags, ...validateTags(added, 'bucket')])], 'bucket');
  return emptyResponse(204);
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_control_UntagResource.html */
export const untagResource: S3Operation = (request) => {
  const removed = (request.query.get('tagKeys') ?? '').split(',');
  const bucket = authorizedBucket(request);
  bucket.tags = new Map([...bucket.tags].filter(([key]) => !removed.includes(key))) satisfies Tags;
  return emptyResponse(204);
};

/** @throws {AwsError} `NotImplemented` for another kind of resource, `NoSuchBucket`, `AccessDenied` */
function authorizedBucket(request: S3Request): Bucket {
  const { account } = request.call;
  const prefix = `arn:${account.partition}:s3:::`;
  const name = request.key.startsWith(prefix) ? request.key.slice(prefix.length) : '';
  if (name === '' || name.includes('/')) throw notImplemented(`${request.operation} of '${request.key}'`);
  const bucket = account.s3.buckets.get(name);
  if (request.headers['x-amz-account-id'] !== (bucket?.accountId ?? account.accountId)) {
    throw invalidRequest('The account id in x-amz-account-id does not own the resource.');
  }
  requireAccess(request, 'request', { bucket: bucketFacts(request, name) });
  if (!bucket) throw s3Error('NoSuchBucket', { BucketName: name });
  return bucket;
}
