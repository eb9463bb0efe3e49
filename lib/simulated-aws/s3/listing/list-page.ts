import { compareUtf8 } from '../../state/services/utf8-order';

/** The keys to list: all that begin with `prefix`, rolled up at `delimiter`, after `marker`. */
export interface ListQuery {
  readonly prefix: string;
  /** Empty for none. */
  readonly delimiter: string;
  readonly limit: number;
}

/** An entry, or the common prefix that stands for all the entries under it. */
export type Listed<Entry> =
  | { readonly kind: 'entry'; readonly entry: Entry }
  | { readonly kind: 'prefix'; readonly prefix: string };

export interface Page<Entry> {
  readonly items: readonly Listed<Entry>[];
  readonly isTruncated: boolean;
}

/**
 * A page of entries that are already in order and start after the marker.
 *
 * A common prefix that is the marker was listed on the page before, so it is left out.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-prefixes.html
 */
export function listPage<Entry extends { readonly key: string }>(
  entries: Iterable<Entry>,
  query: ListQuery,
  marker: string,
): Page<Entry> {
  const items: Listed<Entry>[] = [];
  if (query.limit === 0) return { items, isTruncated: false };
  let lastPrefix: string | undefined;
  for (const entry of entries) {
    if (!entry.key.startsWith(query.prefix)) continue;
    const prefix = commonPrefix(entry.key, query);
    const isListed = prefix !== undefined && (prefix === lastPrefix || prefix === marker);
    if (isListed) continue;
    if (items.length === query.limit) return { items, isTruncated: true };
    items.push(prefix === undefined ? { kind: 'entry', entry } : { kind: 'prefix', prefix });
    lastPrefix = prefix;
  }
  return { items, isTruncated: false };
}

function commonPrefix(key: string, { prefix, delimiter }: ListQuery): string | undefined {
  if (delimiter === '') return undefined;
  const at = key.indexOf(delimiter, prefix.length);
  return at < 0 ? undefined : key.slice(0, at + delimiter.length);
}

export function entriesOf<Entry>(page: Page<Entry>): readonly Entry[] {
  return page.items.flatMap((item) => (item.kind === 'entry' ? [item.entry] : []));
}

export function prefixesOf(page: Page<unknown>): readonly string[] {
  return page.items.flatMap((item) => (item.kind === 'prefix' ? [item.prefix] : []));
}

/** Where the next page starts: the key or the common prefix that this one ends with. */
export function lastOf(page: Page<{ readonly key: string }>): string | undefined {
  const item = page.items.at(-1);
  return item?.kind === 'entry' ? item.entry.key : item?.prefix;
}

/** The index of the first key that is not before `bound`, in keys that are in UTF-8 order. */
export function firstIndex(keys: readonly string[], bound: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareUtf8(keys[middle] ?? '', bound) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
