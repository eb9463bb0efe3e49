import { createHash, randomBytes } from 'node:crypto';
import { lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { noteWritten } from '../written-files';

const DRAFT = /^\..+\.[0-9a-f]{12}\.draft$/;

/** Whether the name is that of a file which a run is about to put into place. */
export function isDraft(name: string): boolean {
  return DRAFT.test(name);
}

/**
 * Puts the file into place by a rename: a reader, or another run, sees it whole, old or new. A link is replaced, not
 * followed.
 */
export function placeFile(file: string, content: string | Uint8Array): void {
  const draft = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString('hex')}.draft`);
  try {
    writeFileSync(draft, content, { flag: 'wx' });
    renameSync(draft, file);
    noteWritten();
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** SHA-256 of what stands there; undefined when it is no file, as a link is none. */
export function sumOfFile(file: string): string | undefined {
  return lstatSync(file, { throwIfNoEntry: false })?.isFile() ? sumOf(readFileSync(file)) : undefined;
}

export function sumOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
