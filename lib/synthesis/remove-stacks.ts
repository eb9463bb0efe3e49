import { lstatSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { OnNote } from './notes';
import { sumOfFile } from './place-file';
import { entriesOf, removeRecord, type StackRecord } from './records';

const STACK_FILE = 'cdk.tf.json';

interface Removing {
  readonly outFolder: string;
  /** The stacks written before this run began: a run beside it may have added some since. */
  readonly before: ReadonlyMap<string, StackRecord>;
  /** Whether there is an environment of this name. */
  readonly isNeeded: (name: string) => boolean;
  readonly onNote: OnNote;
}

/** Removes what synthesis wrote for environments that are gone, as far as nobody changed it, and says what else is there. */
export function removeStacks({ outFolder, before, isNeeded, onNote }: Removing): void {
  const stacks = join(outFolder, 'stacks');
  for (const name of entriesOf(stacks).filter((entry) => !isNeeded(entry))) {
    const folder = join(stacks, name);
    const record = before.get(name);
    if (record !== undefined && isUnchanged(folder, record)) {
      removeFiles(folder, record);
      removeRecord(outFolder, name);
    }
    if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) {
      onNote({ kind: 'removed', path: folder, because: 'no environment has its name' });
    } else {
      onNote({ kind: 'left', path: folder, because: `no environment has its name; in it: ${contentOf(folder)}` });
    }
  }
}

/** Whether a stack is as synthesis wrote it; a link is not, so nothing behind it is touched. */
function isUnchanged(folder: string, { files }: StackRecord): boolean {
  const sum = isFolder(folder) ? sumOfFile(join(folder, STACK_FILE)) : undefined;
  return sum !== undefined && sum === files[STACK_FILE];
}

function removeFiles(folder: string, { files }: StackRecord): void {
  for (const [name, sum] of Object.entries(files)) {
    if (sumOfFile(join(folder, name)) === sum) rmSync(join(folder, name), { force: true });
  }
  try {
    rmdirSync(folder);
  } catch {
    // Something else is in it, or a run beside this one was quicker.
  }
}

function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function contentOf(folder: string): string {
  return isFolder(folder) ? entriesOf(folder).join(', ') || 'nothing' : 'not looked at, it is no folder';
}
