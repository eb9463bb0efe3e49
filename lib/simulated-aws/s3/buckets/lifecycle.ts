import { childrenNamed, childText, type XmlElement } from '../../wire/xml/xml-element';
import { lifecycleConfiguration } from '../documents/lifecycle';
import { readDocument } from '../documents/read-document';
import { invalidArgument, invalidRequest, s3Error } from '../request/errors';
import { elementResponse, emptyResponse, findBucket, type S3Operation, type S3Request } from '../request/request';
import { withId } from './assigned-id';
import { requireLifecycleDays } from './lifecycle-days';
import { requireLifecycleFilter } from './lifecycle-filter';
import { firstRepeated, type Refusal, refuse } from './refusals';

const MINIMUM_SIZE_HEADER = 'x-amz-transition-default-minimum-object-size';
const MAX_RULES = 1000;
const MINIMUM_SIZES = ['all_storage_classes_128K', 'varies_by_storage_class'];

const ACTIONS = [
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
  return elementResponse(document, { [MINIMUM_SIZE_HEADER]: bucket.transitionDefaultMinimumObjectSize });
};

/**
 * Keeps the rules; they are not carried out, since nothing grows old enough here.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLifecycleConfiguration.html
 */
export const putBucketLifecycle: S3Operation = (request) => {
  const bucket = findBucket(request);
  const document = readDocument(request, lifecycleConfiguration);
  const rules = childrenNamed(document, 'Rule').map((rule) => withId(rule, 'ID', request));
  requireFewRules(rules);
  for (const rule of rules) requireRule(rule);
  requireUniqueIds(rules);
  bucket.transitionDefaultMinimumObjectSize = minimumSizeOf(request);
  bucket.documents.set(document.name, { ...document, children: rules });
  return emptyResponse(200, { [MINIMUM_SIZE_HEADER]: bucket.transitionDefaultMinimumObjectSize });
};

function minimumSizeOf(request: S3Request): string {
  const size = request.headers[MINIMUM_SIZE_HEADER] ?? 'all_storage_classes_128K';
  if (MINIMUM_SIZES.includes(size)) return size;
  throw invalidRequest(`Invalid value for ${MINIMUM_SIZE_HEADER}: ${size}`);
}

function requireFewRules(rules: readonly XmlElement[]): void {
  if (rules.length <= MAX_RULES) return;
  throw invalidRequest(`The number of lifecycle rules must not exceed the allowed limit of ${MAX_RULES} rules.`);
}

const REFUSALS: readonly Refusal<XmlElement>[] = [
  [
    (rule) => !rule.children.some((child) => ACTIONS.includes(child.name)),
    () => invalidRequest('At least one action needs to be specified in a rule.'),
  ],
  [
    (rule) => idOf(rule).length > 255,
    (rule) => invalidArgument('ID length should not exceed allowed limit of 255', 'ID', idOf(rule)),
  ],
];

function requireRule(rule: XmlElement): void {
  refuse(rule, REFUSALS);
  requireLifecycleFilter(rule);
  requireLifecycleDays(rule);
}

function idOf(rule: XmlElement): string {
  return childText(rule, 'ID') ?? '';
}

function requireUniqueIds(rules: readonly XmlElement[]): void {
  const repeated = firstRepeated(rules.map(idOf));
  if (repeated === undefined) return;
  const message = 'Rule ID must be unique. Found same ID for more than one rule';
  throw invalidArgument(message, 'ID', repeated);
}
