import type { ByteRange } from '../../state/services/stored-object';
import { notImplemented } from '../../wire/http/aws-error';
import { s3Error } from '../request/errors';

/**
 * Reads a `Range` header.
 *
 * @returns nothing when it is not a range of bytes, which S3 passes over
 * @throws {AwsError} `InvalidRange`; `NotImplemented` for several ranges, as S3 answers
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
export function readRange(header: string | undefined, sizeBytes: number): ByteRange | undefined {
  if (header?.startsWith('bytes=') && header.includes(',')) throw notImplemented('several ranges in one request');
  const parts = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!parts || header === undefined) return undefined;
  const [, first = '', last = ''] = parts;
  if (first === '' && last === '') return undefined;
  if (first !== '' && last !== '' && Number(first) > Number(last)) return undefined;
  const start = first === '' ? Math.max(0, sizeBytes - Number(last)) : Number(first);
  const end = first === '' || last === '' ? sizeBytes : Math.min(sizeBytes, Number(last) + 1);
  if (start >= end) throw s3Error('InvalidRange', { RangeRequested: header, ActualObjectSize: String(sizeBytes) });
  return { start, end };
}
