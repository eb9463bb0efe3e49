import type { ObjectVersion, Version } from '../../state/services/stored-object';
import { AwsError, notImplemented } from '../../wire/http/aws-error';
import { s3Error } from '../request/errors';
import type { S3Request } from '../request/request';

type Headers = Readonly<Record<string, string>>;

/** Where the conditions of a read are: on the object itself, or on the source of a copy. */
const READ_PREFIXES = { object: '', 'copy-source': 'x-amz-copy-source-' } as const;

/**
 * Holds a read to its conditions; an ETag counts for more than a date.
 *
 * @throws {AwsError} `PreconditionFailed` (412) or 304
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-reads.html
 */
export function requireReadConditions(
  headers: Headers,
  version: ObjectVersion,
  on: keyof typeof READ_PREFIXES = 'object',
): void {
  const prefix = READ_PREFIXES[on];
  const ifMatch = headers[`${prefix}if-match`];
  const ifNoneMatch = headers[`${prefix}if-none-match`];
  const unmodifiedSince = toSeconds(headers[`${prefix}if-unmodified-since`]);
  const modifiedSince = toSeconds(headers[`${prefix}if-modified-since`]);
  const modified = Math.floor(version.lastModified.getTime() / 1000);
  if (ifMatch !== undefined && !names(ifMatch, version.etag)) throw failed('If-Match');
  if (ifMatch === undefined && unmodifiedSince !== undefined && modified > unmodifiedSince) {
    throw failed('If-Unmodified-Since');
  }
  const isKnown =
    ifNoneMatch === undefined
      ? modifiedSince !== undefined && modified <= modifiedSince
      : names(ifNoneMatch, version.etag);
  if (isKnown) throw on === 'object' ? notModified(version) : failed('x-amz-copy-source-If-None-Match');
}

/**
 * Holds a write to what is there now.
 *
 * @throws {AwsError} `PreconditionFailed`, `NoSuchKey`
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html
 */
export function requireWriteConditions(request: S3Request, current: Version | undefined): void {
  const ifMatch = request.headers['if-match'];
  const ifNoneMatch = request.headers['if-none-match'];
  if (ifNoneMatch !== undefined && ifNoneMatch !== '*')
    throw notImplemented("'If-None-Match' other than '*' on a write");
  if (ifNoneMatch !== undefined && current?.kind === 'object') throw failed('If-None-Match');
  if (ifMatch === undefined) return;
  if (current?.kind !== 'object') throw s3Error('NoSuchKey', { Key: request.key });
  if (!names(ifMatch, current.etag)) throw failed('If-Match');
}

/** Whether a list of ETags, or `*`, names this one. */
export function names(list: string, etag: string): boolean {
  return list.split(',').some((entry) => {
    const wanted = entry.trim().replace(/^W\//, '');
    return wanted === '*' || wanted.replaceAll('"', '') === etag;
  });
}

function toSeconds(date: string | undefined): number | undefined {
  const milliseconds = Date.parse(date ?? '');
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000);
}

function failed(condition: string): AwsError {
  return s3Error('PreconditionFailed', { Condition: condition });
}

function notModified({ etag, lastModified }: ObjectVersion): AwsError {
  const headers = { etag: `"${etag}"`, 'last-modified': lastModified.toUTCString() };
  return new AwsError(304, 'NotModified', 'Not Modified', {}, headers);
}
