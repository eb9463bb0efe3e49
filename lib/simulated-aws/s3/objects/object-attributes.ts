import { sizeOf } from '../../state/services/object-table';
import type { ObjectVersion } from '../../state/services/stored-object';
import type { XmlContent } from '../../wire/xml/xml-element';
import { checksumElements } from '../checksums/checksum';
import { requireCustomerKey } from '../encryption/customer-key';
import { requireDecrypt } from '../encryption/kms-encryption';
import { limitOf, partMarkerOf } from '../listing/list-parameters';
import { invalidArgument } from '../request/errors';
import { findBucket, type S3Operation, type S3Request, xmlResponse } from '../request/request';
import { findObject } from './find-object';
import { versionHeader } from './new-object';

const KNOWN = ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'];
const MARKER_HEADER = 'x-amz-part-number-marker';
const LIMIT_HEADER = 'x-amz-max-parts';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html */
export const getObjectAttributes: S3Operation = (request) => {
  const wanted = wantedAttributes(request);
  const version = findObject(request);
  requireCustomerKey(request, version.encryption);
  requireDecrypt(request, 'object-key');
  const all: Readonly<Record<string, XmlContent[string]>> = {
    ETag: version.etag,
    Checksum: version.checksum ? checksumElements(version.checksum) : undefined,
    ObjectParts: partsOf(request, version),
    StorageClass: version.metadata.storageClass,
    ObjectSize: sizeOf(version.body),
  };
  const content = Object.fromEntries(KNOWN.filter((name) => wanted.includes(name)).map((name) => [name, all[name]]));
  return xmlResponse('GetObjectAttributesResponse', content, {
    ...versionHeader(findBucket(request), version.versionId),
    'last-modified': version.lastModified.toUTCString(),
  });
};

function wantedAttributes({ headers }: S3Request): readonly string[] {
  const header = headers['x-amz-object-attributes'] ?? '';
  const wanted = header.split(',').map((name) => name.trim());
  const unknown = wanted.find((name) => !KNOWN.includes(name));
  if (unknown !== undefined) {
    throw invalidArgument('Invalid attribute name specified.', 'x-amz-object-attributes', unknown);
  }
  return wanted;
}

function partsOf({ headers }: S3Request, { parts, checksum }: ObjectVersion): XmlContent | undefined {
  if (!parts) return undefined;
  const marker = partMarkerOf(headers[MARKER_HEADER], MARKER_HEADER);
  const limit = limitOf(headers[LIMIT_HEADER], LIMIT_HEADER);
  const after = parts.filter((part) => part.partNumber > marker);
  const page = after.slice(0, limit);
  const listed = checksum?.type === 'COMPOSITE' ? checksum.algorithm : undefined;
  return {
    PartsCount: parts.length,
    PartNumberMarker: marker,
    NextPartNumberMarker: page.at(-1)?.partNumber ?? marker,
    MaxParts: limit,
    IsTruncated: after.length > page.length,
    Part: (listed === undefined ? [] : page).map((part) => ({
      PartNumber: part.partNumber,
      Size: part.sizeBytes,
      [`Checksum${listed}`]: part.checksum,
    })),
  };
}
