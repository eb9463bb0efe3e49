import { createHash } from 'node:crypto';
import type { Call } from '../../service/service';
import { addVersion, piecesOf, STORAGE_CLASSES } from '../../state/services/object-table';
import type { Bucket } from '../../state/services/s3-state';
import type { Encryption, ObjectBody, ObjectMetadata, ObjectVersion } from '../../state/services/stored-object';
import { s3Error } from '../request/errors';
import type { S3Request } from '../request/request';

/** @throws {AwsError} `InvalidStorageClass` */
export function storageClassOf(headers: S3Request['headers']): string {
  const storageClass = headers['x-amz-storage-class'] ?? 'STANDARD';
  if (!STORAGE_CLASSES.includes(storageClass)) {
    throw s3Error('InvalidStorageClass', { StorageClassRequested: storageClass });
  }
  return storageClass;
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

/** A new object, before it has its version and its date. */
export type NewObject = Omit<ObjectVersion, 'kind' | 'versionId' | 'lastModified'>;

/** Puts a new version on top of the key, with an id as the bucket's versioning gives it. */
export function storeObject(call: Call, bucket: Bucket, key: string, object: NewObject): ObjectVersion {
  const version: ObjectVersion = {
    ...object,
    kind: 'object',
    versionId: newVersionId(call, bucket),
    lastModified: call.account.now(),
  };
  addVersion(bucket.objects, key, version);
  return version;
}

/** An id of 32 characters, or `null` while versioning is not enabled. */
export function newVersionId(call: Call, bucket: Bucket): string {
  return bucket.versioning === 'Enabled' ? call.account.randomBytes(24).toString('base64url') : 'null';
}

/** The version header, which buckets have from the day that versioning was first set. */
export function versionHeader(bucket: Bucket, versionId: string): Readonly<Record<string, string>> {
  return bucket.versioning === undefined ? {} : { 'x-amz-version-id': versionId };
}

/**
 * The ETag of bytes that were sent in one request: their MD5, except under SSE-KMS and SSE-C.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html
 */
export function etagOf(call: Call, body: ObjectBody, encryption: Encryption): string {
  if (encryption.kind !== 'AES256') return call.account.randomBytes(16).toString('hex');
  const hash = createHash('md5');
  for (const piece of piecesOf(body)) hash.update(piece);
  return hash.digest('hex');
}
