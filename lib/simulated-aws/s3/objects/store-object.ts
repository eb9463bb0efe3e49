import { createHash } from 'node:crypto';
import type { Call } from '../../service/service';
import { type ObjectBody, piecesOf } from '../../state/services/object-body';
import { addVersion } from '../../state/services/object-table';
import type { Bucket, Encryption, ObjectVersion } from '../../state/services/s3-state';

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
