import type { AwsError } from '../../wire/http/aws-error';
import { childNamed, childrenNamed, childText, type XmlElement } from '../../wire/xml/xml-element';
import { invalidArgument, invalidRequest } from '../request/errors';
import { isRoleArn } from '../request/request-facts';
import type { Check } from './configuration';
import { firstRepeated, type Refusal, refuse } from './refusals';
import { requireReplicationBucket, requireReplicationDestination } from './replication-destination';

const DEVELOPER_GUIDE = 'Please refer to S3 Developer Guide for more information.';

/** The elements that a rule with a `Filter` must have, which makes it one of the second version. */
const OF_SECOND_VERSION = ['Priority', 'DeleteMarkerReplication'];

const REFUSALS: readonly Refusal<XmlElement>[] = [
  ...OF_SECOND_VERSION.map(
    (name): Refusal<XmlElement> => [
      (rule) => childNamed(rule, 'Filter') !== undefined && childNamed(rule, name) === undefined,
      () =>
        invalidRequest(
          `${name} must be specified for this version of Cross Region Replication configuration schema. ${DEVELOPER_GUIDE}`,
        ),
    ],
  ),
  [
    (rule) => hasTag(rule) && childText(childNamed(rule, 'DeleteMarkerReplication'), 'Status') === 'Enabled',
    () =>
      invalidRequest(`Delete marker replication is not supported if any Tag filter is specified. ${DEVELOPER_GUIDE}`),
  ],
];

/**
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketReplication.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ReplicationErrorCodeList
 */
export const checkReplication: Check = (document, bucket, request) => {
  const role = childText(document, 'Role') ?? '';
  if (!isRoleArn(role)) {
    throw invalidArgument('Invalid Role specified in replication configuration', 'Role', role);
  }
  if (bucket.versioning !== 'Enabled') throw sourceWithoutVersions();
  const rules = childrenNamed(document, 'Rule');
  for (const rule of rules) {
    refuse(rule, REFUSALS);
    requireReplicationDestination(childNamed(rule, 'Destination'));
    requireReplicationBucket(childNamed(rule, 'Destination'), request);
  }
  requireUniquePriorities(rules);
  return document;
};

function hasTag(rule: XmlElement): boolean {
  const filter = childNamed(rule, 'Filter');
  return [filter, childNamed(filter, 'And')].some((predicates) => childNamed(predicates, 'Tag') !== undefined);
}

function sourceWithoutVersions(): AwsError {
  return invalidRequest("Versioning must be 'Enabled' on the bucket to apply a replication configuration");
}

function requireUniquePriorities(rules: readonly XmlElement[]): void {
  const priorities = rules.flatMap((rule) => childrenNamed(rule, 'Priority')).map(({ text }) => String(Number(text)));
  const repeated = firstRepeated(priorities);
  if (repeated !== undefined) throw invalidRequest(`Found duplicate priority ${repeated}.`);
}
