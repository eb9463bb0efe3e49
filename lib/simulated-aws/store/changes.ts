import type { Accounts, WrittenPlace } from '../state/account-state';
import { defaultAccount } from '../state/accounts';
import type { Bucket, Upload } from '../state/services/s3-state';
import {
  accountCollections,
  BUCKETS_NAME,
  bucketCollections,
  type Collection,
  objectsName,
  partsOf,
  toCollection,
} from './collections';

/** An entry that has changed, or may have. */
export interface Change {
  readonly collection: Collection;
  readonly key: string | number;
}

/** Everything that has changed in the accounts since it was last taken. */
export class Changes {
  private changed = new Map<string, Change>();
  private readonly buckets: Collection;

  constructor(accounts: Accounts) {
    for (const collection of accountCollections(accounts)) this.watch(collection);
    const { buckets } = defaultAccount(accounts).s3;
    this.buckets = toCollection(BUCKETS_NAME, buckets);
    this.buckets.map.observe((key) => {
      this.mark(this.buckets, key);
      this.watchBucket(buckets.get(String(key)));
    });
    for (const bucket of buckets.values()) this.watchBucket(bucket);
  }

  /**
   * Takes the settings of a bucket, or of one object, as changed: S3 changes them in place.
   *
   * @param written of an empty name for a request that names its bucket in another way: it may be any
   */
  suspect({ bucketName, key }: WrittenPlace): void {
    const bucket = this.buckets.map.get(bucketName) as Bucket | undefined;
    if (bucket === undefined) for (const name of this.buckets.map.keys()) this.mark(this.buckets, name);
    else if (key === '') this.mark(this.buckets, bucketName);
    else this.mark(toCollection(objectsName(bucketName), bucket.objects.versions), key);
  }

  /** The changes so far; they stay until they are {@link forget | forgotten}. */
  list(): readonly Change[] {
    return [...this.changed.values()];
  }

  forget(): void {
    this.changed.clear();
  }

  private watch(collection: Collection): void {
    collection.map.observe((key) => this.mark(collection, key));
  }

  private watchBucket(bucket: Bucket | undefined): void {
    if (bucket === undefined) return;
    const [objects, uploads] = bucketCollections(bucket);
    if (objects === undefined || uploads === undefined) return;
    this.watch(objects);
    uploads.map.observe((id) => {
      this.mark(uploads, id);
      const parts = this.watchUpload(bucket, bucket.uploads.get(String(id)));
      for (const number of parts?.map.keys() ?? []) if (parts) this.mark(parts, number);
    });
    for (const upload of bucket.uploads.values()) this.watchUpload(bucket, upload);
  }

  private watchUpload(bucket: Bucket, upload: Upload | undefined): Collection | undefined {
    const parts = upload && partsOf(bucket, upload);
    if (parts !== undefined) this.watch(parts);
    return parts;
  }

  private mark(collection: Collection, key: string | number): void {
    this.changed.set(`${collection.name}\n${key}`, { collection, key });
  }
}
