import { setImmediate as turn } from 'node:timers/promises';

/**
 * Runs `work` on every item, at most `limit` at a time; results keep the order of the items.
 *
 * Each is begun in a turn of its own, so that the first request of one is on its way while the next is made.
 */
export async function mapLimited<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results = new Map<number, R>();
  const queue = items.entries();
  const worker = async (_: unknown, number: number) => {
    for (let before = 0; before < number; before += 1) await turn();
    // All workers draw from one iterator, so that each item is taken once.
    for (const [index, item] of queue) results.set(index, await work(item));
  };
  const settled = await Promise.allSettled(Array.from({ length: Math.min(limit, items.length) }, worker));
  for (const one of settled) if (one.status === 'rejected') throw one.reason;
  return items.map((_item, index) => results.get(index) as R);
}
