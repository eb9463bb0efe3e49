import type { Accounts } from '../state/account-state';
import { defaultAccount } from '../state/accounts';
import { Changes } from './changes';
import {
  accountCollections,
  BUCKETS_NAME,
  bucketCollections,
  type Collection,
  partsOf,
  toCollection,
} from './collections';
import { type BytesKeeper, encode } from './encode';
import type { StateFolder } from './folder';
import type { StateRecord } from './records';
import { restore } from './restore';

/** A journal that is longer than this makes way for a snapshot. */
const MAX_JOURNAL_BYTES = 64 * 2 ** 20;

/**
 * Keeps accounts in a folder from now on: what is in the folder first goes into the accounts, in which nothing is yet.
 *
 * @throws {ToolkitError} `StateDamaged`
 */
export function keepIn(folder: StateFolder, accounts: Accounts): void {
  restore(accounts, folder.records, folder.bodies);
  folder.bodies.removeOthers();
  writeSnapshot(folder, accounts);
  const changes = new Changes(accounts);
  accounts.keep = (written) => {
    if (written !== undefined) changes.suspect(written);
    commit(folder, changes);
    if (folder.journalBytes() > MAX_JOURNAL_BYTES) writeSnapshot(folder, accounts);
  };
}

/** Writes the changes; a change that cannot be written stays for the next commit. */
function commit(folder: StateFolder, changes: Changes): void {
  const changed = changes.list();
  if (changed.length === 0) return;
  folder.append(changed.map(({ collection, key }) => toRecord(collection, key, folder.bodies)));
  changes.forget();
}

function writeSnapshot(folder: StateFolder, accounts: Accounts): void {
  const { partition } = defaultAccount(accounts);
  const { accountIds, regions } = accounts;
  folder.writeSnapshot({ accountIds, regions, partition }, allRecords(accounts, folder.bodies));
}

function* allRecords(accounts: Accounts, bytes: BytesKeeper): Iterable<StateRecord> {
  for (const collection of allCollections(accounts)) {
    for (const key of collection.map.keys()) yield toRecord(collection, key, bytes);
  }
}

function* allCollections(accounts: Accounts): Iterable<Collection> {
  yield* accountCollections(accounts);
  const { buckets } = defaultAccount(accounts).s3;
  yield toCollection(BUCKETS_NAME, buckets);
  for (const bucket of buckets.values()) {
    yield* bucketCollections(bucket);
    for (const upload of bucket.uploads.values()) yield partsOf(bucket, upload);
  }
}

function toRecord({ name, map }: Collection, key: string | number, bytes: BytesKeeper): StateRecord {
  const value = map.get(key);
  return { collection: name, key, ...(value === undefined ? {} : { value: encode(withoutParts(name, value), bytes) }) };
}

/** Leaves out of a bucket or an upload the parts that are kept one by one. */
function withoutParts(name: string, value: unknown): unknown {
  if (name === BUCKETS_NAME) {
    const {
      objects: _objects,
      uploads: _uploads,
      earlierPolicies: _earlier,
      ...bucket
    } = value as Record<string, unknown>;
    return bucket;
  }
  if (!name.startsWith('s3/uploads/')) return value;
  const { parts: _parts, ...upload } = value as Record<string, unknown>;
  return upload;
}
