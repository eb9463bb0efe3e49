import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { CheckedFile } from './evidence-verification';
import { MANIFEST } from './manifest';
import type { Manifest } from './schema';

/** Every file that the manifest names or the folder holds, in the order of the names. */
export async function checkFiles(folder: string, { files }: Manifest): Promise<readonly CheckedFile[]> {
  const there = new Map((await filesBelow(folder)).map(({ name, isFile }) => [name, isFile]));
  const checked: CheckedFile[] = [];
  for (const { name, sha256: expected } of files) {
    const found = there.get(name) ? await sumOf(join(folder, name)) : undefined;
    checked.push({ name, result: resultOf(expected, found, there.has(name)), expected, ...(found && { found }) });
  }
  const named = new Set([MANIFEST, ...files.map(({ name }) => name)]);
  const extra = [...there.keys()].filter((name) => !named.has(name));
  const all = [...checked, ...extra.map((name): CheckedFile => ({ name, result: 'extra' }))];
  return all.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function resultOf(expected: string, found: string | undefined, isThere: boolean): CheckedFile['result'] {
  if (!isThere) return 'missing';
  return found === expected ? 'intact' : 'changed';
}

/** A plan may be hundreds of megabytes. */
async function sumOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
}

/** The files in a folder, by their names below it, with `/`. A link is no file, whatever it leads to. */
interface FolderFile {
  readonly name: string;
  readonly isFile: boolean;
}

/** Everything below the folder but folders, in the order of the names; an empty folder counts as one. */
export async function filesBelow(folder: string, prefix = ''): Promise<readonly FolderFile[]> {
  const found = await readdir(join(folder, prefix), { withFileTypes: true });
  const files = await Promise.all(
    found.map(async (entry) => {
      const name = `${prefix}${entry.name}`;
      if (!entry.isDirectory()) return [{ name, isFile: entry.isFile() }];
      const inside = await filesBelow(folder, `${name}/`);
      return inside.length > 0 ? inside : [{ name: `${name}/`, isFile: false }];
    }),
  );
  return files.flat().sort((a, b) => (a.name < b.name ? -1 : 1));
}
