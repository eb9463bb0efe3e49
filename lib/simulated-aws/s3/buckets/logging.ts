import type { Bucket } from '../../state/services/s3-state';
import { AwsError } from '../../wire/http/aws-error';
import { childNamed, childrenNamed, childText, type XmlElement } from '../../wire/xml/xml-element';
import { objectOwnershipOf } from '../acl/acl-headers';
import type { Check } from './configuration';
import { type Refusal, refuse } from './refusals';

interface Delivery {
  readonly from: Bucket;
  readonly to: Bucket;
  readonly grants: readonly XmlElement[];
}

const REFUSALS: readonly Refusal<Delivery>[] = [
  [
    ({ from, to }) => from.accountId !== to.accountId,
    ({ to }) => invalidTarget('The owner for the bucket to be logged and the target bucket must be the same.', to.name),
  ],
  // The code is misspelt on the wire, though not on the page of errors.
  [
    ({ from, to }) => from.region !== to.region,
    ({ to }) =>
      new AwsError(403, 'CrossLocationLoggingProhibitted', 'Cross S3 location logging not allowed. ', {
        TargetBucketLocation: to.region,
      }),
  ],
  [
    ({ to, grants }) => grants.length > 0 && objectOwnershipOf(to) === 'BucketOwnerEnforced',
    () =>
      new AwsError(400, 'AccessControlListNotSupported', 'Target grants not allowed for bucket owner enforced buckets'),
  ],
];

/**
 * Access logs go to a bucket of the same owner and region; they are not written.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLogging.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshooting-server-access-logging.html
 */
export const checkLogging: Check = (document, bucket, request) => {
  const enabled = childNamed(document, 'LoggingEnabled');
  const name = childText(enabled, 'TargetBucket');
  if (name === undefined) return document;
  const target = request.call.account.s3.buckets.get(name);
  if (!target) throw invalidTarget('The target bucket for logging does not exist', name);
  const grants = childrenNamed(childNamed(enabled, 'TargetGrants'), 'Grant');
  refuse({ from: bucket, to: target, grants }, REFUSALS);
  return document;
};

function invalidTarget(message: string, name: string): AwsError {
  return new AwsError(400, 'InvalidTargetBucketForLogging', message, { TargetBucket: name });
}
