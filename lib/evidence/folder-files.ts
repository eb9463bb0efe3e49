import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The files in a folder, by their names below it, with `/`. A link is no file, whatever it leads to. */
export interface FolderFile {
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
