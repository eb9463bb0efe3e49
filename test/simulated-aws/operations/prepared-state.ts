type AnyMap = Map<unknown, unknown>;

/** Notes what maps hold, and gives back what puts it all back. */
export function keepState(...maps: readonly ReadonlyMap<unknown, unknown>[]): () => void {
  const kept = maps.map((map) => [map as AnyMap, new Map(map)] as const);
  return () => {
    for (const [map, before] of kept) {
      map.clear();
      for (const [key, value] of before) map.set(key, value);
    }
  };
}
