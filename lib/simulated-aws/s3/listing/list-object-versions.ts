import { sizeOf, sortedKeys, versionsOf } from '../../state/services/object-table';
import type { ObjectTable, Version } from '../../state/services/stored-object';
import { buildElement, type XmlElement } from '../../wire/xml/xml-element';
import { invalidArgument } from '../request/errors';
import { elementResponse, findBucket, ownerOfBucket, type S3Operation, type S3Request } from '../request/request';
import { entriesOf, firstIndex, listPage, prefixesOf } from './list-page';
import { readEncoding, readLimit } from './list-parameters';

interface VersionEntry {
  readonly key: string;
  readonly version: Version;
  readonly isLatest: boolean;
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html */
export const listObjectVersions: S3Operation = (request) => {
  const bucket = findBucket(request);
  const encode = readEncoding(request);
  const keyMarker = request.query.get('key-marker') ?? '';
  const versionMarker = request.query.get('version-id-marker') ?? '';
  requireMarkers(keyMarker, versionMarker);
  const prefix = request.query.get('prefix') ?? '';
  const delimiter = request.query.get('delimiter') ?? '';
  const limit = readLimit(request, 'max-keys');
  const entries = versionEntries(bucket.objects, prefix, { key: keyMarker, versionId: versionMarker });
  const page = listPage(entries, { prefix, delimiter, limit }, versionMarker === '' ? keyMarker : '');
  const last = page.isTruncated ? page.items.at(-1) : undefined;
  const head = buildElement('ListVersionsResult', {
    Name: bucket.name,
    Prefix: encode(prefix),
    KeyMarker: encode(keyMarker),
    VersionIdMarker: versionMarker,
    NextKeyMarker: last && encode(last.kind === 'entry' ? last.entry.key : last.prefix),
    NextVersionIdMarker: last?.kind === 'entry' ? last.entry.version.versionId : undefined,
    MaxKeys: limit,
    Delimiter: delimiter === '' ? undefined : encode(delimiter),
    EncodingType: request.query.get('encoding-type'),
    IsTruncated: page.isTruncated,
  });
  const versions = entriesOf(page).map((entry) => versionElement(request, entry, encode));
  const prefixes = prefixesOf(page).map((one) => buildElement('CommonPrefixes', { Prefix: encode(one) }));
  return elementResponse({ ...head, children: [...head.children, ...versions, ...prefixes] });
};

function requireMarkers(keyMarker: string, versionMarker: string): void {
  if (versionMarker === '' || keyMarker !== '') return;
  const message = 'A version-id marker cannot be specified without a key marker.';
  throw invalidArgument(message, 'version-id-marker', versionMarker);
}

/** Every version after the marker: keys in order, the newest of a key first. */
function* versionEntries(
  table: ObjectTable,
  prefix: string,
  marker: { readonly key: string; readonly versionId: string },
): Generator<VersionEntry> {
  const keys = sortedKeys(table);
  for (let index = Math.max(firstIndex(keys, prefix), firstIndex(keys, marker.key)); index < keys.length; index++) {
    const key = keys[index] ?? '';
    if (!key.startsWith(prefix)) return;
    const versions = versionsOf(table, key);
    for (const [position, version] of versions.entries()) {
      if (position >= firstAfterMarker(key, versions, marker)) yield { key, version, isLatest: position === 0 };
    }
  }
}

function firstAfterMarker(
  key: string,
  versions: readonly Version[],
  marker: { readonly key: string; readonly versionId: string },
): number {
  if (key !== marker.key) return 0;
  if (marker.versionId === '') return versions.length;
  return versions.findIndex((version) => version.versionId === marker.versionId) + 1;
}

function versionElement(request: S3Request, entry: VersionEntry, encode: (text: string) => string): XmlElement {
  const { version } = entry;
  const common = {
    Key: encode(entry.key),
    VersionId: version.versionId,
    IsLatest: entry.isLatest,
    LastModified: version.lastModified.toISOString(),
  };
  const owner = { Owner: { ID: ownerOfBucket(request) } };
  if (version.kind === 'delete-marker') return buildElement('DeleteMarker', { ...common, ...owner });
  return buildElement('Version', {
    ...common,
    ETag: `"${version.etag}"`,
    ChecksumAlgorithm: version.checksum?.algorithm,
    ChecksumType: version.checksum?.type,
    Size: sizeOf(version.body),
    StorageClass: version.metadata.storageClass,
    ...owner,
  });
}
