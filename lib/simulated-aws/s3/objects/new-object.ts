import type { ObjectMetadata, ObjectVersion } from '../../state/services/s3-state';
import { s3Error } from '../request/errors';
import type { S3Request } from '../request/request';
import { STORAGE_CLASSES } from '../request/storage-classes';

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

const MAX_KEY_BYTES = 1024;
const MAX_USER_METADATA_BYTES = 2048;
const USER_PREFIX = 'x-amz-meta-';

const SYSTEM_HEADERS = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
] as const;

/** @throws {AwsError} `KeyTooLongError`, over 1,024 bytes of UTF-8 */
export function requireKeyLength(key: string): void {
  const size = Buffer.byteLength(key);
  if (size > MAX_KEY_BYTES) {
    throw s3Error('KeyTooLongError', { Size: String(size), MaxSizeAllowed: String(MAX_KEY_BYTES) });
  }
}

/**
 * The object's metadata, from the headers of an upload.
 *
 * @throws {AwsError} `MetadataTooLarge`, over 2 KB of user metadata; `InvalidStorageClass`
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html
 */
export function readMetadata({ headers }: S3Request): ObjectMetadata {
  const redirect = headers['x-amz-website-redirect-location'];
  return {
    system: systemMetadata(headers),
    user: userMetadata(headers),
    storageClass: storageClassOf(headers),
    ...(redirect === undefined ? {} : { websiteRedirectLocation: redirect }),
  };
}

function systemMetadata(headers: S3Request['headers']): Readonly<Record<string, string>> {
  const entries = SYSTEM_HEADERS.flatMap((name) => {
    const value = name === 'content-encoding' ? storedEncoding(headers[name]) : headers[name];
    return value === undefined || value === '' ? [] : [[name, value] as const];
  });
  return Object.fromEntries(entries);
}

/** `aws-chunked` is how the bytes travelled, not what they are. */
function storedEncoding(encoding: string | undefined): string | undefined {
  return encoding
    ?.split(',')
    .map((part) => part.trim())
    .filter((part) => part !== 'aws-chunked')
    .join(',');
}

function userMetadata(headers: S3Request['headers']): Readonly<Record<string, string>> {
  const entries = Object.entries(headers)
    .filter(([name]) => name.startsWith(USER_PREFIX))
    .map(([name, value]) => [name.slice(USER_PREFIX.length), value] as const);
  const size = entries.reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
  if (size > MAX_USER_METADATA_BYTES) {
    throw s3Error('MetadataTooLarge', { Size: String(size), MaxSizeAllowed: String(MAX_USER_METADATA_BYTES) });
  }
  return Object.fromEntries(entries);
}
