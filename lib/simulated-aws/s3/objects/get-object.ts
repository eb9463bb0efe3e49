import { isArchived, piecesOf, sizeOf, sliceOf } from '../../state/services/object-table';
import type { ByteRange, ObjectBody, ObjectVersion } from '../../state/services/stored-object';
import { AwsError } from '../../wire/http/aws-error';
import type { WireResponse } from '../../wire/http/message';
import { checksumHeaders } from '../checksums/checksum';
import { requireCustomerKey } from '../encryption/customer-key';
import { requireDecrypt } from '../encryption/kms-encryption';
import { invalidArgument, invalidRequest } from '../request/errors';
import { findBucket, type S3Operation, type S3Request } from '../request/request';
import { readRange } from './byte-range';
import { findObject } from './find-object';
import { objectHeaders } from './object-headers';
import { requireReadConditions } from './preconditions';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
export const getObject: S3Operation = (request) => {
  const version = findReadable(request);
  requireRestored(version);
  requireDecrypt(request, 'object-key');
  const selected = selectBytes(request, version);
  return { ...describe(request, version, selected), body: bytesOf(version.body, selected) };
};

/**
 * As GET, without the bytes; KMS is asked only for the checksum.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
 */
export const headObject: S3Operation = (request) => {
  const version = findReadable(request);
  requireDecrypt(request, 'object-key');
  return describe(request, version, selectBytes(request, version));
};

function findReadable(request: S3Request): ObjectVersion {
  const version = findObject(request);
  requireCustomerKey(request, version.encryption);
  requireReadConditions(request.headers, version);
  return version;
}

function requireRestored(version: ObjectVersion): void {
  if (!isArchived(version)) return;
  const message = "The operation is not valid for the object's storage class";
  throw new AwsError(403, 'InvalidObjectState', message, { StorageClass: version.metadata.storageClass });
}

interface Selection {
  readonly range?: ByteRange;
  /** The parts of the object, when one of them was asked for. */
  readonly partsCount?: number;
}

function selectBytes(request: S3Request, version: ObjectVersion): Selection {
  const part = request.query.get('partNumber');
  const header = request.headers.range;
  if (part === undefined) {
    const range = readRange(header, sizeOf(version.body));
    return range ? { range } : {};
  }
  if (header !== undefined) {
    throw invalidRequest('Cannot specify both Range header and partNumber query parameter');
  }
  return selectPart(version, part);
}

function selectPart({ parts, body }: ObjectVersion, text: string): Selection {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > 10_000) {
    throw invalidArgument('Part number must be an integer between 1 and 10000, inclusive', 'partNumber', text);
  }
  const sizes = parts?.map((part) => part.sizeBytes) ?? [sizeOf(body)];
  const size = sizes[number - 1];
  if (size === undefined) {
    throw new AwsError(416, 'InvalidPartNumber', 'The requested partnumber is not satisfiable', {
      ActualPartCount: String(sizes.length),
      PartNumberRequested: text,
    });
  }
  const start = sizes.slice(0, number - 1).reduce((sum, one) => sum + one, 0);
  return { range: { start, end: start + size }, ...(parts ? { partsCount: parts.length } : {}) };
}

function bytesOf(body: ObjectBody, { range }: Selection): readonly Buffer[] {
  return range ? sliceOf(body, range) : piecesOf(body);
}

function describe(request: S3Request, version: ObjectVersion, selected: Selection): WireResponse {
  const { range, partsCount } = selected;
  const size = sizeOf(version.body);
  const isWhole = !range || (range.start === 0 && range.end === size);
  return {
    status: range ? 206 : 200,
    headers: {
      ...objectHeaders(request, findBucket(request), version),
      ...overrides(request),
      'content-length': String(range ? range.end - range.start : size),
      ...(range ? { 'content-range': `bytes ${range.start}-${range.end - 1}/${size}` } : {}),
      ...(partsCount === undefined ? {} : { 'x-amz-mp-parts-count': String(partsCount) }),
      ...(isChecksumWanted(request) && isWhole ? checksumHeaders(version.checksum) : {}),
    },
  };
}

function isChecksumWanted(request: S3Request): boolean {
  return request.headers['x-amz-checksum-mode']?.toUpperCase() === 'ENABLED';
}

/** `response-content-type` and the like, which only a signed request may ask for. */
function overrides({ query, call }: S3Request): Readonly<Record<string, string>> {
  const asked = [...query].filter(([name]) => name.startsWith('response-'));
  if (asked.length > 0 && call.caller.principal.kind === 'anonymous') {
    throw invalidRequest('Request specific response headers cannot be used for anonymous GET requests.');
  }
  return Object.fromEntries(asked.map(([name, value]) => [name.slice('response-'.length), value]));
}
