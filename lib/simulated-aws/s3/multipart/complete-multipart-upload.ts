import { createHash } from 'node:crypto';
import { findVersion, sizeOf } from '../../state/services/object-table';
import type { Bucket, Part, Upload } from '../../state/services/s3-state';
import type { Checksum, ObjectBody } from '../../state/services/stored-object';
import { checksumElements, checksumHeader, computeChecksum } from '../checksums/checksum';
import { encryptionResponseHeaders } from '../encryption/choose-encryption';
import { requireCustomerKey } from '../encryption/customer-key';
import { requireDecrypt } from '../encryption/kms-encryption';
import { type NewObject, storeObject, versionHeader } from '../objects/new-object';
import { requireWriteConditions } from '../objects/preconditions';
import { bucketOfHost } from '../request/address';
import { badDigest, invalidRequest } from '../request/errors';
import { findBucket, type S3Operation, type S3Request, xmlResponse } from '../request/request';
import { readChosenParts } from './chosen-parts';
import { findUpload } from './find-upload';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html */
export const completeMultipartUpload: S3Operation = (request) => {
  const bucket = findBucket(request);
  const upload = findUpload(request);
  const chosen = readChosenParts(request, upload);
  requireAssembly(request, bucket, upload);
  const body = chosen.map((part) => part.body);
  requireSize(request, sizeOf(body));
  const checksum = checksumOf(upload, chosen, body);
  requireChecksum(request, checksum);
  const version = storeObject(request.call, bucket, request.key, assemble(upload, chosen, { body, checksum }));
  bucket.uploads.delete(upload.uploadId);
  return xmlResponse(
    'CompleteMultipartUploadResult',
    {
      Location: locationOf(request),
      Bucket: bucket.name,
      Key: upload.key,
      ETag: `"${version.etag}"`,
      ...checksumElements(checksum),
    },
    { ...versionHeader(bucket, version.versionId), ...encryptionResponseHeaders(upload.encryption) },
  );
};

/** The parts are decrypted to make them one, so the caller needs the key here as well. */
function requireAssembly(request: S3Request, bucket: Bucket, { encryption }: Upload): void {
  if (request.headers['x-amz-server-side-encryption-customer-algorithm'] !== undefined) {
    requireCustomerKey(request, encryption);
  }
  requireWriteConditions(request, findVersion(bucket.objects, request.key));
  requireDecrypt(request, 'upload-key');
}

function assemble(upload: Upload, chosen: readonly Part[], whole: Pick<NewObject, 'body' | 'checksum'>): NewObject {
  const { metadata, encryption, tags, retention, legalHold } = upload;
  const parts = chosen.map(({ partNumber, body, checksum }) => ({
    partNumber,
    sizeBytes: body.length,
    ...(checksum === undefined ? {} : { checksum }),
  }));
  return {
    ...whole,
    etag: compositeEtag(chosen),
    metadata,
    encryption,
    tags,
    parts,
    ...(retention ? { retention } : {}),
    ...(legalHold ? { legalHold } : {}),
  };
}

function locationOf({ call, bucketName, key }: S3Request): string {
  const scheme = call.request.isSecure ? 'https' : 'http';
  const { host = 'localhost' } = call.request.headers;
  const bucket = bucketOfHost(host) === '' ? `${bucketName}/` : '';
  return `${scheme}://${host}/${bucket}${encodeURIComponent(key)}`;
}

/** The MD5 of the parts' ETags, with the number of parts behind it. */
function compositeEtag(parts: readonly Part[]): string {
  const digests = Buffer.concat(parts.map((part) => Buffer.from(part.etag, 'hex')));
  return `${createHash('md5').update(digests).digest('hex')}-${parts.length}`;
}

function checksumOf({ checksum: { algorithm, type } }: Upload, parts: readonly Part[], body: ObjectBody): Checksum {
  if (type === 'FULL_OBJECT') return { algorithm, type, value: computeChecksum(algorithm, body) };
  const digests = Buffer.concat(parts.map((part) => Buffer.from(part.checksum ?? '', 'base64')));
  return { algorithm, type, value: `${computeChecksum(algorithm, digests)}-${parts.length}` };
}

function requireSize({ headers }: S3Request, size: number): void {
  const announced = headers['x-amz-mp-object-size'];
  if (announced === undefined || Number(announced) === size) return;
  throw invalidRequest(
    `The provided 'x-amz-mp-object-size' header value ${announced} does not match what was computed: ${size}.`,
  );
}

function requireChecksum({ headers }: S3Request, { algorithm, type, value }: Checksum): void {
  const wantedType = headers['x-amz-checksum-type']?.toUpperCase();
  if (wantedType !== undefined && wantedType !== type) {
    throw invalidRequest(
      `The upload was created using the ${type} checksum mode. The complete request must use the same checksum mode.`,
    );
  }
  const announced = headers[checksumHeader(algorithm)];
  if (announced !== undefined && announced !== value && announced !== value.replace(/-\d+$/, '')) {
    throw badDigest(algorithm);
  }
}
