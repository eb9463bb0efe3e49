import type { ObjectVersion } from '../../state/services/s3-state';
import { s3Error } from '../request/errors';
import type { S3Request } from '../request/request';

const STORAGE_CLASSES: readonly string[] = [
  'STANDARD',
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER',
  'DEEP_ARCHIVE',
  'GLACIER_IR',
];

/** Classes whose objects are read only after they were restored. */
const ARCHIVE_CLASSES = ['GLACIER', 'DEEP_ARCHIVE'];

/** @throws {AwsError} `InvalidStorageClass` */
export function storageClassOf(headers: S3Request['headers']): string {
  const storageClass = headers['x-amz-storage-class'] ?? 'STANDARD';
  if (!STORAGE_CLASSES.includes(storageClass)) {
    throw s3Error('InvalidStorageClass', { StorageClassRequested: storageClass });
  }
  return storageClass;
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/archived-objects.html */
export function isArchived({ metadata }: ObjectVersion): boolean {
  return ARCHIVE_CLASSES.includes(metadata.storageClass);
}
