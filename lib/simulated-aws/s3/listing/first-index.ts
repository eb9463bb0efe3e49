import { compareUtf8 } from '../../state/services/utf8-order';

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
