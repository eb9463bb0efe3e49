import { AwsError } from '../../wire/http/aws-error';
import { childNamed, childrenNamed, childText } from '../../wire/xml/xml-element';
import { invalidArgument } from '../request/errors';
import type { Check } from './configuration';

const LEAST_DAYS: Readonly<Record<string, number>> = { ARCHIVE_ACCESS: 90, DEEP_ARCHIVE_ACCESS: 180 };
const MOST_DAYS = 730;

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Tiering.html */
export const checkTierings: Check = (document) => {
  for (const tiering of childrenNamed(document, 'Tiering')) {
    const tier = childText(tiering, 'AccessTier') ?? '';
    const days = childText(tiering, 'Days') ?? '';
    const least = LEAST_DAYS[tier] ?? 0;
    const refused = (bound: string) =>
      invalidArgument(`Days specified in ${tier} tier should not be ${bound}`, 'Days', days);
    if (Number(days) < least) throw refused(`less than ${least}`);
    if (Number(days) > MOST_DAYS) throw refused(`greater than ${MOST_DAYS}`);
  }
  return document;
};

/**
 * The inventory goes to a bucket that is named by its ARN; it is not written.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_InventoryS3BucketDestination.html
 */
export const checkInventory: Check = (document) => {
  const destination = childNamed(childNamed(document, 'Destination'), 'S3BucketDestination');
  if (/^arn:[\w-]+:s3:::./.test(childText(destination, 'Bucket') ?? '')) return document;
  throw new AwsError(400, 'InvalidS3DestinationBucket', 'Invalid bucket ARN.');
};
