import { ObservedMap } from '../maps/settling-map';
import type { ObjectTable, Version } from './s3-state';
import { compareUtf8 } from './utf8-order';

export function createObjectTable(): ObjectTable {
  return { versions: new ObservedMap() };
}

/** The versions of a key, newest first. */
export function versionsOf(table: ObjectTable, key: string): readonly Version[] {
  return table.versions.get(key) ?? [];
}

/** The version with that id, or the newest; a delete marker counts as one. */
export function findVersion(table: ObjectTable, key: string, versionId?: string): Version | undefined {
  const versions = versionsOf(table, key);
  return versionId === undefined ? versions[0] : versions.find((version) => version.versionId === versionId);
}

/** Puts a version on top; a version with the same id (`null`) gives way to it. */
export function addVersion(table: ObjectTable, key: string, version: Version): void {
  const others = versionsOf(table, key).filter((other) => other.versionId !== version.versionId);
  if (others.length === 0 && !table.versions.has(key)) delete table.sortedKeys;
  table.versions.set(key, [version, ...others]);
}

export function removeVersion(table: ObjectTable, key: string, versionId: string): void {
  const rest = versionsOf(table, key).filter((version) => version.versionId !== versionId);
  if (rest.length > 0) {
    table.versions.set(key, rest);
  } else if (table.versions.delete(key)) {
    delete table.sortedKeys;
  }
}

/** Every key in UTF-8 byte order, also those whose newest version is a delete marker. */
export function sortedKeys(table: ObjectTable): readonly string[] {
  table.sortedKeys ??= [...table.versions.keys()].sort(compareUtf8);
  return table.sortedKeys;
}
