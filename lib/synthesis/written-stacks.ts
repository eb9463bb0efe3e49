import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ManifestEntry } from './records';

/** A file of a stack, wherever it will be. */
export interface StackFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** The files of a stack, in the order of their names. */
export type FilesOf = (entry: ManifestEntry) => readonly StackFile[];

/**
 * What a run of the stacks wrote: a folder for each stack, or a line of one file, which spares a fleet thousands of files
 * that are read once and removed.
 *
 * @param filled - a line for each of its stacks: its name, a tab, and the texts of its files by their names, as JSON
 */
export function readWritten(folder: string, filled: string): FilesOf {
  const lines = existsSync(filled) ? readFileSync(filled, 'utf8').split('\n') : [];
  const byName = new Map(lines.map((line) => [line.slice(0, line.indexOf('\t')), line] as const));
  return ({ name, workingDirectory }) => {
    const line = byName.get(name);
    return line === undefined ? filesIn(join(folder, workingDirectory)) : filesOfLine(line);
  };
}

function filesOfLine(line: string): readonly StackFile[] {
  const texts: Readonly<Record<string, string>> = JSON.parse(line.slice(line.indexOf('\t')));
  return Object.entries(texts).map(([name, content]) => ({ name, content }));
}

function filesIn(folder: string): readonly StackFile[] {
  return readdirSync(folder).map((name) => ({ name, content: readFileSync(join(folder, name)) }));
}
