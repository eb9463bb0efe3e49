import type { Bucket } from '../../state/services/s3-state';
import { AwsError } from '../../wire/http/aws-error';
import { childText } from '../../wire/xml/xml-element';
import { versioningConfiguration } from '../documents/bucket-documents';
import { readDocument } from '../documents/read-document';
import { replicationConfiguration } from '../documents/replication';
import { s3Error } from '../request/errors';
import { refuseMfa } from '../request/mfa';
import { emptyResponse, findBucket, type S3Operation, type S3Request, xmlResponse } from '../request/request';
import { type Refusal, refuse } from './refusals';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html */
export const getBucketVersioning: S3Operation = (request) => {
  return xmlResponse('VersioningConfiguration', { Status: findBucket(request).versioning });
};

/** Settings that need every version of a bucket. */
const SUSPENSION_REFUSALS: readonly Refusal<Bucket>[] = [
  [({ isObjectLockEnabled }) => isObjectLockEnabled, () => s3Error('InvalidBucketState')],
  [
    ({ documents }) => documents.has(replicationConfiguration.root),
    () =>
      new AwsError(
        409,
        'InvalidBucketState',
        'A replication configuration is present on this bucket, so you cannot change the versioning state. To change the versioning state, first delete the replication configuration.',
      ),
  ],
];

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html */
export const putBucketVersioning: S3Operation = (request) => {
  const bucket = findBucket(request);
  const document = readDocument(request, versioningConfiguration);
  if (childText(document, 'MfaDelete') === 'Enabled') throw mfaDeleteRefused(request);
  refuseMfa(request);
  const status = childText(document, 'Status');
  if (status === undefined) {
    throw new AwsError(400, 'IllegalVersioningConfigurationException', 'The Versioning element must be specified');
  }
  if (status === 'Suspended') refuse(bucket, SUSPENSION_REFUSALS);
  bucket.versioning = status === 'Enabled' ? 'Enabled' : 'Suspended';
  return emptyResponse(200);
};

/**
 * MFA delete is for the root user with a device, whom no access key stands for here.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiFactorAuthenticationDelete.html
 */
function mfaDeleteRefused({ headers }: S3Request): AwsError {
  const message =
    headers['x-amz-mfa'] === undefined
      ? 'Mfa Authentication must be used for this request'
      : 'This operation may only be performed by the bucket owner';
  return new AwsError(403, 'AccessDenied', message);
}
