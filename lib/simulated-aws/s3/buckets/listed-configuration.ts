import { s3Error } from '../errors';
import type { S3Operation } from '../request';
import { xmlResponse } from '../responses';

/** Lists the configurations of one kind: none, for none can be put. */
export function listConfigurations(root: string): S3Operation {
  return () => xmlResponse(root, { IsTruncated: false });
}

/** Answers for the configuration that `id` names. @throws {AwsError} `NoSuchConfiguration`, always */
export const missingConfiguration: S3Operation = ({ bucketName }) => {
  throw s3Error('NoSuchConfiguration', { BucketName: bucketName });
};
