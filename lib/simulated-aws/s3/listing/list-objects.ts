import { sizeOf, sortedKeys, versionsOf } from '../../state/services/object-table';
import type { Bucket } from '../../state/services/s3-state';
import type { ObjectTable, ObjectVersion } from '../../state/services/stored-object';
import type { XmlContent } from '../../wire/xml/xml-element';
import { invalidArgument } from '../request/errors';
import { findBucket, ownerOfBucket, type S3Operation, type S3Request, xmlResponse } from '../request/request';
import { entriesOf, firstIndex, lastOf, listPage, type Page, prefixesOf } from './list-page';
import { readEncoding, readLimit } from './list-parameters';

interface Listing {
  readonly bucket: Bucket;
  readonly prefix: string;
  readonly delimiter: string;
  readonly limit: number;
  readonly encode: (text: string) => string;
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html */
export const listObjects: S3Operation = (request) => {
  const listing = readListing(request);
  const { encode, delimiter } = listing;
  const marker = request.query.get('marker') ?? '';
  const page = readPage(listing, marker);
  const last = page.isTruncated && delimiter !== '' ? lastOf(page) : undefined;
  return xmlResponse('ListBucketResult', {
    ...describe(request, listing, page),
    Marker: encode(marker),
    NextMarker: last === undefined ? undefined : encode(last),
    ...contents(request, listing, page, true),
  });
};

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export const listObjectsV2: S3Operation = (request) => {
  const listing = readListing(request);
  const { encode } = listing;
  const token = request.query.get('continuation-token');
  const startAfter = request.query.get('start-after');
  const page = readPage(listing, token === undefined ? (startAfter ?? '') : decodeToken(token));
  const last = page.isTruncated ? lastOf(page) : undefined;
  return xmlResponse('ListBucketResult', {
    ...describe(request, listing, page),
    KeyCount: page.items.length,
    ContinuationToken: token,
    NextContinuationToken: last === undefined ? undefined : encodeToken(last),
    StartAfter: startAfter === undefined ? undefined : encode(startAfter),
    ...contents(request, listing, page, request.query.get('fetch-owner') === 'true'),
  });
};

function readListing(request: S3Request): Listing {
  return {
    bucket: findBucket(request),
    prefix: request.query.get('prefix') ?? '',
    delimiter: request.query.get('delimiter') ?? '',
    limit: readLimit(request, 'max-keys'),
    encode: readEncoding(request),
  };
}

function readPage(listing: Listing, marker: string): Page<CurrentObject> {
  return listPage(currentObjects(listing.bucket.objects, listing.prefix, marker), listing, marker);
}

function describe(request: S3Request, listing: Listing, page: Page<CurrentObject>): XmlContent {
  return {
    Name: listing.bucket.name,
    Prefix: listing.encode(listing.prefix),
    Delimiter: listing.delimiter === '' ? undefined : listing.encode(listing.delimiter),
    MaxKeys: listing.limit,
    EncodingType: request.query.get('encoding-type'),
    IsTruncated: page.isTruncated,
  };
}

function contents(request: S3Request, { encode }: Listing, page: Page<CurrentObject>, withOwner: boolean): XmlContent {
  const owner = withOwner ? { Owner: { ID: ownerOfBucket(request) } } : {};
  return {
    Contents: entriesOf(page).map(({ key, version }) => ({
      Key: encode(key),
      LastModified: version.lastModified.toISOString(),
      ETag: `"${version.etag}"`,
      ChecksumAlgorithm: version.checksum?.algorithm,
      ChecksumType: version.checksum?.type,
      Size: sizeOf(version.body),
      ...owner,
      StorageClass: version.metadata.storageClass,
    })),
    CommonPrefixes: prefixesOf(page).map((prefix) => ({ Prefix: encode(prefix) })),
  };
}

function encodeToken(last: string): string {
  return Buffer.from(last).toString('base64');
}

function decodeToken(token: string): string {
  const text = Buffer.from(token, 'base64').toString('utf8');
  if (token === '' || encodeToken(text) !== token) {
    throw invalidArgument('The continuation token provided is incorrect', 'continuation-token', token);
  }
  return text;
}

export interface CurrentObject {
  readonly key: string;
  readonly version: ObjectVersion;
}

/** The current objects with the prefix whose keys come after the marker, in order; deleted ones are left out. */
function* currentObjects(table: ObjectTable, prefix: string, marker: string): Generator<CurrentObject> {
  const keys = sortedKeys(table);
  for (let index = Math.max(firstIndex(keys, prefix), firstIndex(keys, marker)); index < keys.length; index++) {
    const key = keys[index] ?? '';
    if (!key.startsWith(prefix)) return;
    const version = versionsOf(table, key)[0];
    if (key !== marker && version?.kind === 'object') yield { key, version };
  }
}
