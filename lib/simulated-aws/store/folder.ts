import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ToolkitError } from '../../errors';
import { type Bodies, openBodies } from './bodies';
import { syncFolder, writeDurably } from './durable-file';
import type { Json } from './encode';
import { type Journal, journalLine, openJournal, readJournal } from './journal';
import { lock } from './lock';
import { Records, type StateRecord } from './records';

const version = 1;
const snapshotName = 'snapshot.jsonl';

/** What is said of a state as a whole. */
export interface StateHeader {
  readonly accountIds: readonly string[];
  readonly regions: readonly string[];
  readonly partition: string;
}

/** The first line of a snapshot: it says which journal goes on from it. */
interface SnapshotHeader extends StateHeader {
  readonly version: number;
  readonly journal: number;
}

/** A folder that keeps a state: a snapshot, the journal of what changed since, and bodies. */
export interface StateFolder {
  /** What it was when it was last written; absent for a new folder. */
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
 * @throws {ToolkitError} `StateInUse`, `StateDamaged`, `StateOfOtherVersion`
 */
export function openStateFolder(folder: string): StateFolder {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const unlock = lock(join(folder, 'lock'));
  try {
    return open(folder, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

function open(folder: string, unlock: () => void): StateFolder {
  const bodies = openBodies(join(folder, 'bodies'));
  const records = new Records();
  const header = readSnapshot(join(folder, snapshotName), records);
  let generation = header?.journal ?? 0;
  let isOpen = true;
  const journalPath = () => join(folder, `journal-${generation}.jsonl`);
  const { lines, goodBytes } = readJournal(journalPath());
  for (const line of lines) for (const record of line as unknown as readonly StateRecord[]) records.apply(record);
  let journal: Journal = openJournal(journalPath(), goodBytes);
  return {
    header,
    records,
    bodies,
    writeSnapshot: (of, all) => {
      const next: SnapshotHeader = { version, journal: generation + 1, ...of };
      writeDurably(join(folder, snapshotName), snapshotLines(next, all, bodies));
      syncFolder(folder);
      journal.close();
      generation += 1;
      journal = openJournal(journalPath(), 0);
      syncFolder(folder);
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

function readSnapshot(path: string, records: Records): SnapshotHeader | undefined {
  if (!existsSync(path)) return undefined;
  const { lines } = readJournal(path);
  const [first, ...rest] = lines;
  const header = first as unknown as SnapshotHeader | undefined;
  if (header?.version !== version) {
    const got = header === undefined ? 'a line that was cut short' : `version ${header.version}`;
    throw new ToolkitError(
      'StateOfOtherVersion',
      `'${path}' must be of version ${version}, got: ${got}\nStart with a new folder`,
    );
  }
  for (const record of rest) records.apply(record as unknown as StateRecord);
  return header;
}

/** The snapshot is written once its bodies will last. */
function* snapshotLines(header: SnapshotHeader, records: Iterable<StateRecord>, bodies: Bodies): Iterable<string> {
  yield journalLine(header as unknown as Json);
  for (const record of records) yield journalLine(record as unknown as Json);
  bodies.sync();
}

function removeOtherJournals(folder: string, current: string): void {
  for (const name of readdirSync(folder)) {
    if (/^journal-\d+\.jsonl$/.test(name) && name !== current) rmSync(join(folder, name));
  }
}
