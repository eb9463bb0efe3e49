import { readInteger, tryReadText, validationError } from '../../service/parameters';
import type { Form } from '../../wire/protocols/query-protocol';
import type { XmlContent } from '../../wire/xml/xml';
import { PARAMETER_RULES } from './parameter-rules';

/** Names of the parameters of a list that comes in pages. */
export const PAGE_PARAMETERS: readonly string[] = ['Marker', 'MaxItems'];

/** A page of a list, and what the answer says of the rest. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly end: XmlContent;
}

/** The page that the request asks for: 100 items unless it says otherwise. @throws {AwsError} `ValidationError` */
export function readPage<T>(form: Form, items: readonly T[]): Page<T> {
  const maxItems = readInteger(form, 'MaxItems', { min: 1, max: 1000, byDefault: 100 });
  const start = readMarker(tryReadText(form, 'Marker', PARAMETER_RULES));
  const end = start + maxItems;
  const isTruncated = end < items.length;
  return {
    items: items.slice(start, end),
    end: { IsTruncated: isTruncated, ...(isTruncated ? { Marker: writeMarker(end) } : {}) },
  };
}

function readMarker(marker: string | undefined): number {
  if (marker === undefined) {
    return 0;
  }
  const index = /^item:(\d{1,9})$/.exec(Buffer.from(marker, 'base64url').toString());
  if (index === null) {
    throw validationError(`Invalid Marker: ${marker}`);
  }
  return Number(index[1]);
}

function writeMarker(index: number): string {
  return Buffer.from(`item:${index}`).toString('base64url');
}
