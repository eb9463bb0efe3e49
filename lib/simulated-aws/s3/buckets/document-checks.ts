import { AwsError, notImplemented } from '../../wire/aws-error';
import { buildElement, childNamed, childText } from '../xml';
import type { Check } from './configuration';
import type { PublicAccessSetting } from './public-access-block';

/**
 * Access logs go to a bucket of the same owner and region; they are not written.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketLogging.html
 */
export const checkLogging: Check = (document, _bucket, request) => {
  const target = childText(childNamed(document, 'LoggingEnabled'), 'TargetBucket');
  if (target !== undefined && !request.call.account.s3.buckets.has(target)) {
    throw new AwsError(400, 'InvalidTargetBucketForLogging', 'The target bucket for logging does not exist', {
      TargetBucket: target,
    });
  }
  return document;
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketReplication.html */
export const checkReplication: Check = (document, bucket) => {
  if (bucket.versioning === 'Enabled') return document;
  throw new AwsError(
    400,
    'InvalidRequest',
    "Versioning must be 'Enabled' on the bucket to apply a replication configuration",
  );
};

const settings: readonly PublicAccessSetting[] = [
  'BlockPublicAcls',
  'IgnorePublicAcls',
  'BlockPublicPolicy',
  'RestrictPublicBuckets',
];

/** A setting that is not named is off. */
export const completePublicAccessBlock: Check = (document) => {
  const isOn = (setting: string) => childText(document, setting)?.toLowerCase() === 'true';
  return buildElement(document.name, Object.fromEntries(settings.map((setting) => [setting, isOn(setting)])));
};

const destinations = ['TopicConfiguration', 'QueueConfiguration', 'CloudFunctionConfiguration'];

/**
 * No topic, queue or function is here to send a test message to; EventBridge is not asked. Nothing is ever sent.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketNotificationConfiguration.html
 */
export const checkNotification: Check = (document, _bucket, { headers }) => {
  const isChecked = headers['x-amz-skip-destination-validation']?.toLowerCase() !== 'true';
  if (isChecked && document.children.some(({ name }) => destinations.includes(name))) {
    throw new AwsError(400, 'InvalidArgument', 'Unable to validate the following destination configurations');
  }
  return document;
};

/** Requester-pays changes who may read; it is not simulated. */
export const checkRequestPayment: Check = (document) => {
  if (childText(document, 'Payer') === 'Requester') throw notImplemented("request payment by 'Requester'");
  return document;
};
