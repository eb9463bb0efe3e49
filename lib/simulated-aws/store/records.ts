import { BUCKETS_NAME, objectsName, partsPrefix, uploadsName } from './collections';
import type { Json } from './encode';

/** An entry of one collection as it is now; without a value it is gone. */
export interface StateRecord {
  readonly collection: string;
  readonly key: string | number;
  readonly value?: Json;
}

type Entries = Map<string | number, Json>;

/** Every entry of every collection, in the order in which they came. */
export class Records {
  private readonly collections = new Map<string, Entries>();

  /** Brings them up to date. A bucket or an upload that goes takes with it what is in it. */
  apply({ collection, key, value }: StateRecord): void {
    const entries = this.collections.get(collection) ?? new Map<string | number, Json>();
    this.collections.set(collection, entries);
    if (value !== undefined) {
      entries.set(key, value);
      return;
    }
    entries.delete(key);
    for (const name of this.collections.keys()) if (isInside(name, collection, key)) this.collections.delete(name);
  }

  names(): readonly string[] {
    return [...this.collections.keys()];
  }

  entries(collection: string): Iterable<readonly [string | number, Json]> {
    return this.collections.get(collection) ?? [];
  }
}

/** Whether a collection is inside the entry: the objects of a bucket, the parts of an upload. */
function isInside(name: string, collection: string, key: string | number): boolean {
  const bucketName = String(key);
  if (collection === BUCKETS_NAME) {
    return (
      name === objectsName(bucketName) || name === uploadsName(bucketName) || name.startsWith(partsPrefix(bucketName))
    );
  }
  const uploadsOf = /^s3\/uploads\/(.*)$/.exec(collection)?.[1];
  return uploadsOf !== undefined && name === `${partsPrefix(uploadsOf)}${key}`;
}
