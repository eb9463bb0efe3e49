import { type Input, optionalInteger, optionalString } from '../../service/json-parameters';
import { kmsError } from './key-errors';
import type { Output } from './operation';

/** The parameters of an operation that answers in pages. */
export const PAGE_PARAMETERS = ['Limit', 'Marker'];

/** How an operation counts its pages. */
export interface PageSize {
  readonly default: number;
  readonly max: number;
}

/**
 * A page of a list under the name that the answer gives it.
 *
 * @throws {AwsError} `InvalidMarkerException`
 */
export function page(
  input: Input,
  list: { readonly name: string; readonly items: readonly unknown[] },
  size: PageSize,
) {
  const limit = optionalInteger(input, 'Limit', { min: 1, max: size.max }) ?? size.default;
  const start = startOf(optionalString(input, 'Marker'), list.items.length);
  const end = start + limit;
  const isTruncated = end < list.items.length;
  return {
    [list.name]: list.items.slice(start, end),
    Truncated: isTruncated,
    ...(isTruncated ? { NextMarker: Buffer.from(`from ${end}`).toString('base64url') } : {}),
  } satisfies Output;
}

function startOf(marker: string | undefined, count: number): number {
  if (marker === undefined) {
    return 0;
  }
  const [, start] = /^from (\d+)$/.exec(Buffer.from(marker, 'base64url').toString()) ?? [];
  if (start === undefined || Number(start) > count) {
    throw kmsError('InvalidMarkerException', 'The marker is not valid.');
  }
  return Number(start);
}
