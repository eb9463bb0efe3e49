import { AwsError } from '../../wire/http/aws-error';
import { childNamed, childText, type XmlElement } from '../../wire/xml/xml-element';
import { objectLockConfiguration } from '../documents/bucket-documents';
import { readDocument } from '../documents/read-document';
import { invalidArgument, malformedXml, s3Error } from '../request/errors';
import { elementResponse, emptyResponse, findBucket, type S3Operation, xmlResponse } from '../request/request';

/** A hundred years, in the units that a period is said in. */
const LONGEST = { Days: 36_500, Years: 100 };

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectLockConfiguration.html */
export const getObjectLockConfiguration: S3Operation = (request) => {
  const bucket = findBucket(request);
  if (!bucket.isObjectLockEnabled) {
    throw s3Error('ObjectLockConfigurationNotFoundError', { BucketName: bucket.name });
  }
  const document = bucket.documents.get(objectLockConfiguration.root);
  return document
    ? elementResponse(document)
    : xmlResponse(objectLockConfiguration.root, { ObjectLockEnabled: 'Enabled' });
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectLockConfiguration.html */
export const putObjectLockConfiguration: S3Operation = (request) => {
  const bucket = findBucket(request);
  const document = readDocument(request, objectLockConfiguration);
  const retention = childNamed(childNamed(document, 'Rule'), 'DefaultRetention');
  const hasDays = childText(retention, 'Days') !== undefined;
  if (retention && hasDays === (childText(retention, 'Years') !== undefined)) throw malformedXml();
  if (retention) requireShortRetention(retention);
  if (bucket.versioning !== 'Enabled') {
    throw new AwsError(
      409,
      'InvalidBucketState',
      "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
    );
  }
  bucket.isObjectLockEnabled = true;
  bucket.documents.set(document.name, document);
  return emptyResponse(200);
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html */
function requireShortRetention(retention: XmlElement): void {
  for (const [unit, most] of Object.entries(LONGEST)) {
    const period = childText(retention, unit) ?? '';
    if (Number(period) > most) throw invalidArgument('Default retention period too large.', unit, period);
  }
}
