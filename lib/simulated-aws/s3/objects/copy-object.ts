import { findVersion } from '../../state/services/object-table';
import type { Checksum, ChecksumAlgorithm, ObjectMetadata, ObjectVersion } from '../../state/services/stored-object';
import { objectOwnershipOf, refuseAcl } from '../acl/acl-headers';
import {
  checksumElements,
  computeChecksum,
  DEFAULT_CHECKSUM_ALGORITHM,
  readChecksumAlgorithm,
} from '../checksums/checksum';
import { chooseEncryption, encryptionResponseHeaders } from '../encryption/choose-encryption';
import { requireAccess } from '../request/access';
import { invalidArgument, invalidRequest } from '../request/errors';
import { findBucket, type S3Operation, type S3Request, xmlResponse } from '../request/request';
import { requestedTags, type Tags } from '../request/tags';
import { type CopySource, readCopySource } from './copy-source';
import { etagOf, readMetadata, requireKeyLength, storageClassOf, storeObject, versionHeader } from './new-object';
import { lockOfNewObject } from './object-lock';
import { requireWriteConditions } from './preconditions';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html */
export const copyObject: S3Operation = (request) => {
  const { call, key } = request;
  const bucket = findBucket(request);
  requireKeyLength(key);
  refuseAcl(request, objectOwnershipOf(bucket), bucket);
  const source = readCopySource(request);
  requireChange(request, source);
  const metadata = copiedMetadata(request, source.version);
  const tags = copiedTags(request, source);
  const lock = lockOfNewObject(request, bucket);
  requireWriteConditions(request, findVersion(bucket.objects, key));
  const encryption = chooseEncryption(request, bucket);
  const { body } = source.version;
  const checksum = copiedChecksum(request, source.version);
  const etag = etagOf(call, body, encryption);
  const version = storeObject(call, bucket, key, { body, etag, metadata, encryption, checksum, tags, ...lock });
  const headers = { ...versionHeader(bucket, version.versionId), ...encryptionResponseHeaders(encryption) };
  return xmlResponse(
    'CopyObjectResult',
    { LastModified: version.lastModified.toISOString(), ETag: `"${etag}"`, ...checksumElements(checksum) },
    { ...headers, ...sourceVersionHeader(request, source) },
  );
};

function sourceVersionHeader(request: S3Request, { reference, version }: CopySource): Readonly<Record<string, string>> {
  const isVersioned = findBucket(request, reference.bucketName).versioning !== undefined;
  return isVersioned ? { 'x-amz-copy-source-version-id': version.versionId } : {};
}

/** A copy onto itself has to change something. */
function requireChange(request: S3Request, { reference }: CopySource): void {
  const isItself = reference.bucketName === request.bucketName && reference.key === request.key;
  const changes = [
    'x-amz-storage-class',
    'x-amz-website-redirect-location',
    'x-amz-server-side-encryption',
    'x-amz-server-side-encryption-customer-algorithm',
  ];
  const isChange = changes.some((name) => request.headers[name] !== undefined);
  if (isItself && reference.versionId === undefined && !isReplaced(request, 'metadata') && !isChange) {
    throw invalidRequest(
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    );
  }
}

function isReplaced({ headers }: S3Request, what: 'metadata' | 'tagging'): boolean {
  const name = `x-amz-${what}-directive`;
  const directive = headers[name] ?? 'COPY';
  if (directive !== 'COPY' && directive !== 'REPLACE') {
    throw invalidArgument(`Unknown ${what} directive.`, name, directive);
  }
  return directive === 'REPLACE';
}

function copiedMetadata(request: S3Request, source: ObjectVersion): ObjectMetadata {
  const sent = readMetadata(request);
  if (isReplaced(request, 'metadata')) return sent;
  const { websiteRedirectLocation } = sent;
  return {
    system: source.metadata.system,
    user: source.metadata.user,
    storageClass: storageClassOf(request.headers),
    ...(websiteRedirectLocation === undefined ? {} : { websiteRedirectLocation }),
  };
}

/** Tags go along only when the caller may read them there and write them here. */
function copiedTags(request: S3Request, { version }: CopySource): Tags {
  if (isReplaced(request, 'tagging')) return requestedTags(request);
  requireAccess(request, 'copied-tags');
  return version.tags;
}

function copiedChecksum(request: S3Request, source: ObjectVersion): Checksum {
  const algorithm = copiedAlgorithm(request.headers['x-amz-checksum-algorithm'], source);
  return { algorithm, type: 'FULL_OBJECT', value: computeChecksum(algorithm, source.body) };
}

function copiedAlgorithm(wanted: string | undefined, source: ObjectVersion): ChecksumAlgorithm {
  if (wanted === undefined) return source.checksum?.algorithm ?? DEFAULT_CHECKSUM_ALGORITHM;
  return readChecksumAlgorithm(wanted);
}
