/** How much is remembered at most, twice over: in the newer half and in the older. */
export interface Most {
  readonly entries: number;
  /** In the unit in which entries are weighed. */
  readonly weight: number;
}

export interface Latest<K, V> {
  readonly get: (key: K) => V | undefined;
  readonly set: (key: K, value: V, weight: number) => void;
}

interface Entry<V> {
  readonly value: V;
  readonly weight: number;
}

/** Remembers what was last asked for or set; when the newer half is full, it becomes the older, and that is forgotten. */
export function rememberLatest<K, V>(most: Most): Latest<K, V> {
  let newer = new Map<K, Entry<V>>();
  let older = new Map<K, Entry<V>>();
  let weightOfNewer = 0;
  const add = (key: K, entry: Entry<V>): void => {
    if (newer.size >= most.entries || weightOfNewer + entry.weight > most.weight) {
      older = newer;
      newer = new Map();
      weightOfNewer = 0;
    }
    weightOfNewer += entry.weight - (newer.get(key)?.weight ?? 0);
    newer.set(key, entry);
  };
  const get = (key: K): V | undefined => {
    const entry = newer.get(key) ?? older.get(key);
    if (entry !== undefined && !newer.has(key)) add(key, entry);
    return entry?.value;
  };
  const set = (key: K, value: V, weight: number): void => {
    if (weight <= most.weight) add(key, { value, weight });
  };
  return { get, set };
}
