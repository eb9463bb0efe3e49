import type { ObjectMetadata } from '../../state/services/s3-state';
import { s3Error } from '../request/errors';
import type { S3Request } from '../request/request';
import { storageClassOf } from './storage-class';

const maxKeyBytes = 1024;
const maxUserMetadataBytes = 2048;
const userPrefix = 'x-amz-meta-';

const systemHeaders = [
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
  if (size > maxKeyBytes) {
    throw s3Error('KeyTooLongError', { Size: String(size), MaxSizeAllowed: String(maxKeyBytes) });
  }
}

/**
 * What the headers of an upload say about the object.
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
  const entries = systemHeaders.flatMap((name) => {
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
    .filter(([name]) => name.startsWith(userPrefix))
    .map(([name, value]) => [name.slice(userPrefix.length), value] as const);
  const size = entries.reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
  if (size > maxUserMetadataBytes) {
    throw s3Error('MetadataTooLarge', { Size: String(size), MaxSizeAllowed: String(maxUserMetadataBytes) });
  }
  return Object.fromEntries(entries);
}
