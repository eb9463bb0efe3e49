import { AwsError } from '../../wire/aws-error';
import { lifecycleConfiguration } from '../documents/lifecycle';
import { readDocument } from '../documents/read-document';
import { invalidArgument, invalidRequest, malformedXml, s3Error } from '../errors';
import { findBucket, type S3Operation, type S3Request } from '../request';
import { elementResponse, emptyResponse } from '../responses';
import { childNamed, childrenNamed, childText, type XmlElement } from '../xml';

const minimumSizeHeader = 'x-amz-transition-default-minimum-object-size';
const minimumSizes = ['all_storage_classes_128K', 'varies_by_storage_class'];

const actions = [
  'Expiration',
  'Transition',
  'NoncurrentVersionExpiration',
  'NoncurrentVersionTransition',
  'AbortIncompleteMultipartUpload',
];

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLifecycleConfiguration.html */
export const getBucketLifecycle: S3Operation = (request) => {
  const bucket = findBucket(request);
  const document = bucket.documents.get(lifecycleConfiguration.root);
  if (!document) throw s3Error('NoSuchLifecycleConfiguration', { BucketName: bucket.name });
  return elementResponse(document, { [minimumSizeHeader]: bucket.transitionDefaultMinimumObjectSize });
};

/**
 * Keeps the rules; they are not carried out, since nothing grows old enough here.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html
 */
export const putBucketLifecycle: S3Operation = (request) => {
  const bucket = findBucket(request);
  const document = readDocument(request, lifecycleConfiguration);
  const rules = childrenNamed(document, 'Rule').map((rule) => withId(rule, request));
  for (const rule of rules) requireRule(rule);
  requireUniqueIds(rules);
  bucket.transitionDefaultMinimumObjectSize = minimumSizeOf(request);
  bucket.documents.set(document.name, { ...document, children: rules });
  return emptyResponse(200, { [minimumSizeHeader]: bucket.transitionDefaultMinimumObjectSize });
};

function minimumSizeOf(request: S3Request): string {
  const size = request.headers[minimumSizeHeader] ?? 'all_storage_classes_128K';
  if (minimumSizes.includes(size)) return size;
  throw invalidRequest(`Invalid value for ${minimumSizeHeader}: ${size}`);
}

function withId(rule: XmlElement, request: S3Request): XmlElement {
  if (childText(rule, 'ID')) return rule;
  const id = {
    name: 'ID',
    attributes: {},
    children: [],
    text: request.call.account.randomBytes(24).toString('base64'),
  };
  return { ...rule, children: [id, ...rule.children.filter((child) => child.name !== 'ID')] };
}

function requireRule(rule: XmlElement): void {
  const filter = childNamed(rule, 'Filter');
  const prefix = childNamed(rule, 'Prefix');
  if ((filter === undefined) === (prefix === undefined)) throw malformedXml();
  if (filter && filter.children.length > 1) throw malformedXml();
  if (!rule.children.some((child) => actions.includes(child.name))) {
    throw invalidRequest('At least one action needs to be specified in a rule.');
  }
  if ((childText(rule, 'ID') ?? '').length > 255) {
    throw invalidArgument('ID length should not exceed allowed limit of 255', 'ID', childText(rule, 'ID') ?? '');
  }
  requireExpiration(childNamed(rule, 'Expiration'));
}

function requireExpiration(expiration: XmlElement | undefined): void {
  if (expiration && expiration.children.length !== 1) throw malformedXml();
  const date = childText(expiration, 'Date');
  if (date !== undefined && new Date(date).getTime() % 86_400_000 !== 0) {
    throw new AwsError(400, 'InvalidArgument', "'Date' must be at midnight GMT", { ArgumentName: 'Date' });
  }
}

function requireUniqueIds(rules: readonly XmlElement[]): void {
  const ids = rules.map((rule) => childText(rule, 'ID') ?? '');
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated === undefined) return;
  const message = 'Rule ID must be unique. Found same ID for more than one rule';
  throw invalidArgument(message, 'ID', repeated);
}
