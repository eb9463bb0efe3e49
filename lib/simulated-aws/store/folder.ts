import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ToolkitError } from '../../errors';
import { type Bodies, openBodies } from './bodies';
import { syncFolder } from './durable-file';
import type { Json } from './encode';
import { type Journal, openJournal, readJournal } from './journal';
import { LOCK_NAME, lock } from './lock';
import { makeStateFolder } from './make-state-folder';
import { Records, type StateRecord } from './records';
import { readSnapshot, type StateHeader, writeSnapshot } from './snapshot';

const SNAPSHOT = 'snapshot.jsonl';
const JOURNAL_NAME = /^journal-\d+\.jsonl$/;

/** A folder that keeps a state: a snapshot, the journal of what changed since, and bodies. */
export interface StateFolder {
  /** Its content when it was last written; absent for a new folder. */
  readonly header: StateHeader | undefined;
  readonly records: Records;
  readonly bodies: Bodies;
  /** Begins a new snapshot, whose journal is empty. */
  readonly writeSnapshot: (header: StateHeader, records: Iterable<StateRecord>) => void;
  /** Adds changes that belong together: all of them will be there, or none. */
  readonly append: (records: readonly StateRecord[]) => void;
  readonly journalBytes: () => number;
  readonly close: () => void;
}

/**
 * Opens a folder for this process alone; it is made when it is not there.
 *
 * @throws {ToolkitError} `StateInUse`, `StateDamaged`, `StateOfOtherVersion`, `NotAState`, `StateFolderUnusable`
 */
export function openStateFolder(folder: string): StateFolder {
  makeStateFolder(folder);
  requireOwn(folder);
  const unlock = lock(folder);
  try {
    return open(folder, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

function open(folder: string, unlock: () => void): StateFolder {
  const snapshot = readSnapshot(join(folder, SNAPSHOT));
  const bodies = openBodies(join(folder, 'bodies'));
  const records = new Records();
  for (const record of snapshot?.records ?? []) records.apply(record);
  let generation = snapshot?.header.journal ?? 0;
  let isOpen = true;
  const pathOf = (journalNumber: number) => join(folder, `journal-${journalNumber}.jsonl`);
  if (snapshot !== undefined) requireJournal(pathOf(generation));
  const { lines, goodBytes } = readJournal(pathOf(generation));
  for (const line of lines) for (const record of line as unknown as readonly StateRecord[]) records.apply(record);
  let journal: Journal = openJournal(pathOf(generation), goodBytes);
  return {
    header: snapshot?.header,
    records,
    bodies,
    writeSnapshot: (of, all) => {
      // A snapshot never names a journal that is not there: one that is missing was lost.
      const next = openJournal(pathOf(generation + 1), 0);
      syncFolder(folder);
      const header = { ...of, journal: generation + 1 };
      writeSnapshot(join(folder, SNAPSHOT), header, { records: all, folder, sync: bodies.sync });
      journal.close();
      journal = next;
      generation += 1;
      removeOtherJournals(folder, `journal-${generation}.jsonl`);
    },
    append: (changes) => {
      bodies.sync();
      journal.append(changes as unknown as Json);
    },
    journalBytes: () => journal.size(),
    close: () => {
      if (!isOpen) return;
      isOpen = false;
      journal.close();
      unlock();
    },
  };
}

/** Nothing of anybody else's is written over, and no state whose snapshot is missing. */
function requireOwn(folder: string): void {
  const names = readdirSync(folder);
  if (names.includes(SNAPSHOT)) return;
  const other = names.find((name) => !isLeftOfStart(folder, name));
  if (other === undefined) return;
  throw new ToolkitError(
    'NotAState',
    `'${folder}' must be empty, or hold a state with its ${SNAPSHOT}, got: '${other}' and no ${SNAPSHOT}\nName another folder`,
  );
}

/** Whether the file was left by a process that was killed before it wrote its first snapshot. */
function isLeftOfStart(folder: string, name: string): boolean {
  const path = join(folder, name);
  if (LOCK_NAME.test(name) || name === `${SNAPSHOT}.new`) return true;
  if (name === 'bodies') return statSync(path).isDirectory() && readdirSync(path).length === 0;
  return JOURNAL_NAME.test(name) && statSync(path).size === 0;
}

function requireJournal(path: string): void {
  if (existsSync(path)) return;
  throw new ToolkitError(
    'StateDamaged',
    `'${path}' must be there, as the snapshot names it, got: no such file\nRestore the folder, or start with a new one`,
  );
}

function removeOtherJournals(folder: string, current: string): void {
  for (const name of readdirSync(folder)) {
    if (JOURNAL_NAME.test(name) && name !== current) rmSync(join(folder, name));
  }
}
