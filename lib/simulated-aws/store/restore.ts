import { ToolkitError } from '../../errors';
import type { Accounts } from '../state/account-state';
import { defaultAccount } from '../state/accounts';
import { ObservedMap } from '../state/maps/settling-map';
import { createObjectTable } from '../state/services/object-table';
import type { Bucket, Part, Upload } from '../state/services/s3-state';
import type { Version } from '../state/services/stored-object';
import { accountCollections, BUCKETS_NAME, objectsName, partsPrefix, uploadsName } from './collections';
import { type BytesKeeper, decode, type Json } from './encode';
import type { Records } from './records';

/**
 * Puts everything that was kept into accounts in which nothing is yet.
 *
 * @throws {ToolkitError} `StateDamaged`
 */
export function restore(accounts: Accounts, records: Records, bytes: BytesKeeper): void {
  const maps = new Map(accountCollections(accounts).map(({ name, map }) => [name, map]));
  for (const name of records.names().filter((one) => !one.startsWith('s3/'))) {
    const map = maps.get(name);
    if (map === undefined)
      throw new ToolkitError('StateDamaged', `'${name}' must be something that is kept, got: an unknown name`);
    for (const [key, json] of records.entries(name)) map.set(key, decode(json, bytes));
  }
  const { buckets } = defaultAccount(accounts).s3;
  for (const [name, json] of records.entries(BUCKETS_NAME)) {
    buckets.set(String(name), restoreBucket(json, records, bytes));
  }
}

function restoreBucket(json: Json, records: Records, bytes: BytesKeeper): Bucket {
  const kept = decode(json, bytes) as Omit<Bucket, 'objects' | 'uploads'>;
  const objects = createObjectTable();
  for (const [key, versions] of records.entries(objectsName(kept.name))) {
    objects.versions.set(String(key), decode(versions, bytes) as Version[]);
  }
  const uploads = new ObservedMap<string, Upload>();
  for (const [id, upload] of records.entries(uploadsName(kept.name))) {
    const parts = new ObservedMap<number, Part>();
    for (const [number, part] of records.entries(`${partsPrefix(kept.name)}${id}`)) {
      parts.set(Number(number), decode(part, bytes) as Part);
    }
    uploads.set(String(id), { ...(decode(upload, bytes) as Omit<Upload, 'parts'>), parts });
  }
  return { ...kept, objects, uploads };
}
