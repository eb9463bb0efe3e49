import { buildElement } from '../../wire/xml/xml-element';
import { s3Error } from '../request/errors';
import { bucketArn, elementResponse, emptyResponse, findBucket, type S3Operation } from '../request/request';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html */
export const headBucket: S3Operation = (request) => {
  const { region } = findBucket(request);
  return emptyResponse(200, {
    'x-amz-bucket-region': region,
    'x-amz-bucket-arn': bucketArn(request),
    'x-amz-access-point-alias': 'false',
    'content-type': 'application/xml',
  });
};

/**
 * The region; empty for us-east-1.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html
 */
export const getBucketLocation: S3Operation = (request) => {
  const { region } = findBucket(request);
  return elementResponse(buildElement('LocationConstraint', region === 'us-east-1' ? '' : region));
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html */
export const deleteBucket: S3Operation = (request) => {
  const bucket = findBucket(request);
  if (bucket.objects.versions.size > 0) throw s3Error('BucketNotEmpty', { BucketName: bucket.name });
  request.call.account.s3.buckets.delete(bucket.name);
  return emptyResponse(204);
};
