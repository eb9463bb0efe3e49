import { invalidArgument } from '../request/errors';
import type { S3Request } from '../request/request';

const MAX_PAGE_SIZE = 1000;
const MAX_INTEGER = 2_147_483_647;

/** The page size that a parameter asks for, 1,000 at most. @throws {AwsError} `InvalidArgument` */
export function readLimit(request: S3Request, parameter: string): number {
  return limitOf(request.query.get(parameter), parameter);
}

/** The page size that a text asks for. @param parameter where it came from @throws {AwsError} `InvalidArgument` */
export function limitOf(text: string | undefined, parameter: string): number {
  if (text === undefined || text === '') return MAX_PAGE_SIZE;
  const limit = Number(text);
  if (!/^-?\d+$/.test(text) || limit > MAX_INTEGER) {
    throw invalidArgument(`Provided ${parameter} not an integer or within integer range`, parameter, text);
  }
  if (limit < 0) {
    throw invalidArgument(`Argument ${parameter} must be an integer between 0 and ${MAX_INTEGER}`, parameter, text);
  }
  return Math.min(limit, MAX_PAGE_SIZE);
}

/** The number of the part behind which a page begins. @throws {AwsError} `InvalidArgument` */
export function partMarkerOf(text: string | undefined, parameter: string): number {
  const marker = text || '0';
  if (/^\d{1,9}$/.test(marker)) return Number(marker);
  throw invalidArgument(`Provided ${parameter} not an integer or within integer range`, parameter, marker);
}

/** How names are written into the answer: as they are, or percent-encoded when `encoding-type` says so. */
export function readEncoding(request: S3Request): (text: string) => string {
  const encoding = request.query.get('encoding-type');
  if (encoding === undefined) return (text) => text;
  if (encoding !== 'url') {
    throw invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', encoding);
  }
  return encodeName;
}

/** As form encoding does it, with slashes kept. */
function encodeName(text: string): string {
  return encodeURIComponent(text)
    .replaceAll('%2F', '/')
    .replaceAll('%20', '+')
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}
