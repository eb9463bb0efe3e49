import { createHash } from 'node:crypto';
import { readFile, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { OutputFile } from './atomic-write';

const FOLDER = 'host';
/** As `sha256sum -c` reads it; it also tells a later emit which files are not a person's. */
const SUMS_FILE = `${FOLDER}/SHA256SUMS`;
const LINE = /^([0-9a-f]{64}) {2}([\w.-]+)$/;

/** Paths of files that an earlier emit wrote and this one does not, by their fate. */
export interface EarlierFiles {
  readonly removed: readonly string[];
  /** Left, because somebody changed them. */
  readonly changed: readonly string[];
}

/** The files of the host, and their sums. */
export function withSums(hostFiles: readonly OutputFile<string>[]): readonly OutputFile<string>[] {
  if (hostFiles.length === 0) return [];
  const lines = hostFiles.map(({ name, text }) => `${sumOf(text)}  ${name.slice(FOLDER.length + 1)}\n`);
  return [...hostFiles, { name: SUMS_FILE, text: lines.join('') }];
}

/** The files that an earlier emit wrote into the folder, by name, with their sums; to be read before anything is written. */
export async function readEarlierFiles(folder: string): Promise<ReadonlyMap<string, string>> {
  const text = await readFile(join(folder, SUMS_FILE), 'utf8').catch(() => '');
  const lines = text.split('\n').map((line) => LINE.exec(line));
  return new Map(lines.flatMap((match) => (match?.[1] && match[2] ? [[`${FOLDER}/${match[2]}`, match[1]]] : [])));
}

/** Removes files of an earlier emit that are as it wrote them; whatever else is in the folder is a person's. */
export async function removeEarlierFiles(
  folder: string,
  earlier: ReadonlyMap<string, string>,
  written: readonly OutputFile[],
): Promise<EarlierFiles> {
  const names = new Set(written.map(({ name }) => name));
  const removed: string[] = [];
  const changed: string[] = [];
  for (const [name, sum] of earlier) {
    const path = join(folder, name);
    const bytes = names.has(name) ? undefined : await readFile(path).catch(() => undefined);
    if (bytes === undefined) continue;
    if (sumOf(bytes) === sum) await rm(path);
    (sumOf(bytes) === sum ? removed : changed).push(path);
  }
  if (earlier.size > 0 && !names.has(SUMS_FILE)) {
    await rm(join(folder, SUMS_FILE), { force: true });
    // Only an empty folder goes.
    await rmdir(join(folder, FOLDER)).catch(() => undefined);
  }
  return { removed, changed };
}

function sumOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
