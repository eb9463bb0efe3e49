import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../make-folder';
import { placeFile } from './place-file';

/** A stack in CDKTF's manifest. */
export interface ManifestEntry {
  readonly name: string;
  /** Relative to the output folder. */
  readonly workingDirectory: string;
  readonly synthesizedStackPath: string;
}

/** The files that synthesis wrote for one stack. Any other file is somebody else's. */
export interface StackRecord {
  readonly entry: ManifestEntry;
  /** SHA-256 of each file in the stack's folder, by its name. */
  readonly files: Readonly<Record<string, string>>;
}

/** A file for each stack, so that runs side by side never write the same one for different stacks. */
const RECORDS = '.synthesized';
const ENDING = '.json';

/** The records by the names of their stacks; one that cannot be read is none. */
export function readRecords(outFolder: string): ReadonlyMap<string, StackRecord> {
  const names = entriesOf(join(outFolder, RECORDS)).filter((name) => name.endsWith(ENDING));
  const read = names.map(
    (name) => [name.slice(0, -ENDING.length), readRecord(join(outFolder, RECORDS, name))] as const,
  );
  return new Map(read.flatMap(([name, record]) => (record === undefined ? [] : [[name, record]])));
}

function readRecord(file: string): StackRecord | undefined {
  try {
    const record: StackRecord = JSON.parse(readFileSync(file, 'utf8'));
    return typeof record.entry.name === 'string' && typeof record.files === 'object' ? record : undefined;
  } catch {
    return undefined;
  }
}

export function writeRecord(outFolder: string, record: StackRecord): void {
  makeFolder(join(outFolder, RECORDS));
  placeFile(join(outFolder, RECORDS, `${record.entry.name}${ENDING}`), `${JSON.stringify(record, null, 2)}\n`);
}

export function removeRecord(outFolder: string, name: string): void {
  rmSync(join(outFolder, RECORDS, `${name}${ENDING}`), { force: true });
}

/** The names in the folder, in order; none when there is no folder. */
export function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
