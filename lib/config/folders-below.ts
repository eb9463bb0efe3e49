import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const DEPTH = 3;

/** Folders below one, at most three deep, in which a file is of that kind; those that cannot be read are left out. */
export function foldersBelow(
  folder: string,
  isOfKind: (file: string) => boolean,
  depth: number = DEPTH,
): readonly string[] {
  if (depth === 0) return [];
  return namesOf(folder)
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
    .map(({ name }) => join(folder, name))
    .sort()
    .flatMap((below) => [
      ...(namesOf(below).some(({ name }) => isOfKind(name)) ? [below] : []),
      ...foldersBelow(below, isOfKind, depth - 1),
    ]);
}

function namesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
