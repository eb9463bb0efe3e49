import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../make-folder';
import type { OnNote } from './notes';
import { placeFile, sumOf, sumOfFile } from './place-file';
import { type ManifestEntry, type StackRecord, writeRecord } from './records';
import type { StackFile } from './written-stacks';

/** Terraform's own record of the providers it chose; it writes one itself, which is then not ours. */
export const LOCK_FILE = '.terraform.lock.hcl';

/** A stack that was synthesized elsewhere, and where it belongs. */
interface Placing {
  readonly entry: ManifestEntry;
  readonly files: readonly StackFile[];
  readonly outFolder: string;
  /** The files that an earlier run wrote for it. */
  readonly before: StackRecord | undefined;
  readonly onNote: OnNote;
}

/** Puts the files of a stack into its folder, one by one. What else is in the folder stays. */
export function placeStack({ entry, files, outFolder, before, onNote }: Placing): void {
  const folder = join(outFolder, entry.workingDirectory);
  makeFolder(folder);
  const placed = files.flatMap(({ name, content }) => {
    const sum = sumOf(content);
    const isOurs = placeOne(join(folder, name), { content, sum }, before?.files[name], name === LOCK_FILE, onNote);
    return isOurs ? [[name, sum] as const] : [];
  });
  writeRecord(outFolder, { entry, files: { ...before?.files, ...Object.fromEntries(placed) } });
}

/** Whether the file is now what synthesis wrote: a lock file that Terraform wrote is not replaced. */
function placeOne(
  file: string,
  { content, sum }: { readonly content: string | Uint8Array; readonly sum: string },
  written: string | undefined,
  mayBeAnothers: boolean,
  onNote: OnNote,
): boolean {
  const found = sumOfFile(file);
  if (found === sum) return true;
  const isThere = lstatSync(file, { throwIfNoEntry: false }) !== undefined;
  const isOurs = !isThere || (found !== undefined && found === written);
  if (!isOurs && mayBeAnothers) {
    onNote({ kind: 'left', path: file, because: 'it is not the one that is kept with the environments' });
    return false;
  }
  placeFile(file, content);
  if (!isOurs && written !== undefined)
    onNote({ kind: 'overwrote', path: file, because: 'it was changed after it had been synthesized' });
  return true;
}
