/** Runs `work` on every item, at most `limit` at a time; results keep the order of the items. */
export async function mapLimited<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results = new Map<number, R>();
  const queue = items.entries();
  const worker = async () => {
    // All workers draw from one iterator, so that each item is taken once.
    for (const [index, item] of queue) results.set(index, await work(item));
  };
  const settled = await Promise.allSettled(Array.from({ length: limit }, worker));
  for (const one of settled) if (one.status === 'rejected') throw one.reason;
  return items.map((_item, index) => results.get(index) as R);
}
