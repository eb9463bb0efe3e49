import { childNamed, childText, type XmlElement } from '../../wire/xml/xml-element';
import { invalidArgument, invalidRequest } from '../request/errors';
import type { S3Request } from '../request/request';
import { type Refusal, refuse } from './refusals';

type Destination = XmlElement | undefined;

/** The one number of minutes that there is, and where a destination says it. */
const MINUTES = '15';
const MINUTES_OF = {
  'ReplicationTime-ReplicationTimeValue': (destination: Destination) =>
    childNamed(childNamed(destination, 'ReplicationTime'), 'Time'),
  'EventThreshold-ReplicationTimeValue': (destination: Destination) =>
    childNamed(childNamed(destination, 'Metrics'), 'EventThreshold'),
};

const REFUSALS: readonly Refusal<Destination>[] = [
  ...Object.entries(MINUTES_OF).map(
    ([name, timeOf]): Refusal<Destination> => [
      (destination) => {
        const time = timeOf(destination);
        return time !== undefined && childText(time, 'Minutes') !== MINUTES;
      },
      (destination) =>
        invalidArgument(
          `${name}-Minutes value must be ${MINUTES}.`,
          'Minutes',
          childText(timeOf(destination), 'Minutes') ?? '',
        ),
    ],
  ),
  [
    (destination) => has(destination, 'ReplicationTime') && !has(destination, 'Metrics'),
    () => invalidRequest('The replication destination must contain both ReplicationTime and Metrics, or neither.'),
  ],
  [
    (destination) => has(destination, 'AccessControlTranslation') && !has(destination, 'Account'),
    () =>
      invalidRequest(
        'The <Owner> in <AccessControlTranslation> has a value, so the <Account> element must be specified.',
      ),
  ],
];

function has(destination: Destination, name: string): boolean {
  return childNamed(destination, name) !== undefined;
}

/**
 * Reads a destination, whatever bucket it is.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ReplicationErrorCodeList
 */
export function requireReplicationDestination(destination: Destination): void {
  refuse(destination, REFUSALS);
}

/**
 * The bucket that it goes to, of whichever account.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication.html#replication-requirements
 */
export function requireReplicationBucket(destination: Destination, request: S3Request): void {
  const arn = childText(destination, 'Bucket') ?? '';
  const name = /^arn:[\w-]+:s3:::([^:/]+)$/.exec(arn)?.[1];
  if (name === undefined) throw invalidArgument('Invalid bucket ARN', 'Bucket', arn);
  if (name === request.bucketName) {
    throw invalidRequest('Destination bucket cannot be the same as the source bucket.');
  }
  const bucket = request.call.account.s3.buckets.get(name);
  if (!bucket) throw invalidRequest('Destination bucket must exist.');
  if (bucket.versioning !== 'Enabled') throw invalidRequest('Destination bucket must have versioning enabled.');
}
