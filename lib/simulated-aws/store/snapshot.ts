import { existsSync } from 'node:fs';
import { ToolkitError } from '../../errors';
import { syncFolder, writeDurably } from './durable-file';
import type { Json } from './encode';
import { journalLine, readJournal } from './journal';
import type { StateRecord } from './records';

const VERSION = 2;

/** Facts about a state as a whole. */
export interface StateHeader {
  readonly accountIds: readonly string[];
  readonly regions: readonly string[];
  readonly partition: string;
}

/** The first line of a snapshot: it says which journal goes on from it. */
export interface SnapshotHeader extends StateHeader {
  readonly journal: number;
}

/** Everything at one time. */
export interface Snapshot {
  readonly header: SnapshotHeader;
  readonly records: readonly StateRecord[];
}

/** The last line: without it, lines are missing. */
interface SnapshotEnd {
  readonly records: number;
}

/** @throws {ToolkitError} `StateDamaged`, `StateOfOtherVersion` */
export function readSnapshot(path: string): Snapshot | undefined {
  if (!existsSync(path)) return undefined;
  const lines = readJournal(path).lines as unknown[];
  const header = lines.shift() as (SnapshotHeader & { readonly version: number }) | undefined;
  if (header !== undefined && header.version !== VERSION) {
    throw new ToolkitError(
      'StateOfOtherVersion',
      `'${path}' must be of version ${VERSION}, got: version ${header.version}\nStart with a new folder`,
    );
  }
  const end = lines.pop() as Partial<SnapshotEnd> | undefined;
  if (header === undefined || end?.records !== lines.length) {
    throw new ToolkitError(
      'StateDamaged',
      `'${path}' must end with the number of its records, got: a file that was cut short\nRestore the folder, or start with a new one`,
    );
  }
  return { header, records: lines as StateRecord[] };
}

/** Writes it as a whole or not at all. */
export function writeSnapshot(
  path: string,
  header: SnapshotHeader,
  {
    records,
    folder,
    sync,
  }: { readonly records: Iterable<StateRecord>; readonly folder: string; readonly sync: () => void },
): void {
  writeDurably(path, snapshotLines(header, records, sync));
  syncFolder(folder);
}

/** The last line is written once the bodies will last. */
function* snapshotLines(header: SnapshotHeader, records: Iterable<StateRecord>, sync: () => void): Iterable<string> {
  yield journalLine({ version: VERSION, ...header } as unknown as Json);
  let count = 0;
  for (const record of records) {
    count += 1;
    yield journalLine(record as unknown as Json);
  }
  sync();
  yield journalLine({ records: count } satisfies SnapshotEnd);
}
