import { isArchived } from '../../state/services/object-table';
import { AwsError, notImplemented } from '../../wire/http/aws-error';
import type { S3Operation } from '../request/request';
import { findObject } from './find-object';

/**
 * Refuses to restore what is not archived, as S3 does. Restoring takes hours, which do not pass here.
 *
 * @throws {AwsError} `InvalidObjectState`; `NotImplemented` for an archived object
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_RestoreObject.html
 */
export const restoreObject: S3Operation = (request) => {
  const version = findObject(request);
  if (isArchived(version)) throw notImplemented('RestoreObject of an archived object');
  throw new AwsError(403, 'InvalidObjectState', "Restore is not allowed for the object's current storage class");
};
