import { sortedKeys, versionsOf } from '../../state/services/object-table';
import type { ObjectTable, ObjectVersion } from '../../state/services/s3-state';
import { firstIndex } from './first-index';

export interface CurrentObject {
  readonly key: string;
  readonly version: ObjectVersion;
}

/** The current objects with the prefix whose keys come after the marker, in order; deleted ones are left out. */
export function* currentObjects(table: ObjectTable, prefix: string, marker: string): Generator<CurrentObject> {
  const keys = sortedKeys(table);
  for (let index = Math.max(firstIndex(keys, prefix), firstIndex(keys, marker)); index < keys.length; index++) {
    const key = keys[index] ?? '';
    if (!key.startsWith(prefix)) return;
    const version = versionsOf(table, key)[0];
    if (key !== marker && version?.kind === 'object') yield { key, version };
  }
}
