import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';

/**
 * Writes a file so that it is there as a whole or not at all, whenever the machine stops.
 *
 * Its folder must be synced afterwards, for the name to last.
 */
export function writeDurably(path: string, parts: Iterable<Buffer | string>): void {
  const temporary = `${path}.new`;
  const file = openSync(temporary, 'w', 0o600);
  try {
    for (const part of parts) writeWhole(file, part);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
}

/** Writes all of it: one call may write less. */
export function writeWhole(file: number, part: Buffer | string): void {
  const bytes = typeof part === 'string' ? Buffer.from(part) : part;
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
}

/** Makes the names in a folder last. Windows keeps them without being asked, and cannot be asked. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
