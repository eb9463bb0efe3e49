import { invalidRequest } from '../request/errors';
import type { Check } from './configuration';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketAccelerateConfiguration.html */
export const checkAcceleration: Check = (document, { name }) => {
  if (!name.includes('.')) return document;
  throw invalidRequest('S3 Transfer Acceleration is not supported for buckets with periods (.) in their names');
};
