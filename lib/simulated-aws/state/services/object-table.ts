import { ObservedMap } from '../maps/settling-map';
import type { ByteRange, ObjectBody, ObjectTable, ObjectVersion, Version } from './stored-object';
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

export function piecesOf(body: ObjectBody): readonly Buffer[] {
  return Buffer.isBuffer(body) ? [body] : body;
}

export function sizeOf(body: ObjectBody): number {
  return piecesOf(body).reduce((size, piece) => size + piece.length, 0);
}

/** The bytes of the range, without a copy. */
export function sliceOf(body: ObjectBody, { start, end }: ByteRange): readonly Buffer[] {
  const slices: Buffer[] = [];
  let offset = 0;
  for (const piece of piecesOf(body)) {
    if (offset < end && offset + piece.length > start) {
      slices.push(piece.subarray(Math.max(0, start - offset), end - offset));
    }
    offset += piece.length;
  }
  return slices;
}

/** The bytes in one piece; those of several are copied. */
export function joined(body: ObjectBody): Buffer {
  const [first = Buffer.alloc(0), ...others] = piecesOf(body);
  return others.length === 0 ? first : Buffer.concat([first, ...others]);
}

/**
 * Storage classes that an object of a general purpose bucket can be given.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-class-intro.html
 */
export const STORAGE_CLASSES: readonly string[] = [
  'STANDARD',
  'REDUCED_REDUNDANCY',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER',
  'DEEP_ARCHIVE',
  'GLACIER_IR',
];

/** Classes whose objects are read only after they were restored. */
const ARCHIVE_CLASSES = ['GLACIER', 'DEEP_ARCHIVE'];

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/archived-objects.html */
export function isArchived({ metadata }: ObjectVersion): boolean {
  return ARCHIVE_CLASSES.includes(metadata.storageClass);
}
