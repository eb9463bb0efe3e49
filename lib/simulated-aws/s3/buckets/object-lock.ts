import { AwsError } from '../../wire/aws-error';
import { objectLockConfiguration } from '../documents/bucket-documents';
import { readDocument } from '../documents/read-document';
import { malformedXml, s3Error } from '../errors';
import { findBucket, type S3Operation } from '../request';
import { elementResponse, emptyResponse, xmlResponse } from '../responses';
import { childNamed, childText } from '../xml';

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
