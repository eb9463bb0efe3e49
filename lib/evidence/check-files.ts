import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { CheckedFile } from './evidence-verification';
import { filesBelow } from './folder-files';
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
