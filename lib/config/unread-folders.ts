import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readText } from '../readable-text';
import { isEnvironmentFile } from './environment-files';
import { foldersBelow } from './folders-below';

/** The key that every environment file has by itself. */
const OWN_KEY = /^["']?bucket["']?\s*:/m;

/**
 * Folders below one of environment files that hold such files as well, and that nobody reads with it. Other YAML, such as
 * waivers and charts, is none of them.
 */
export function unreadFolders(folder: string): readonly string[] {
  return foldersBelow(folder, isEnvironmentFile).filter((below) =>
    readdirSync(below, { withFileTypes: true }).some(
      (entry) => entry.isFile() && isEnvironmentFile(entry.name) && looksLikeEnvironment(join(below, entry.name)),
    ),
  );
}

function looksLikeEnvironment(file: string): boolean {
  const read = readText(file);
  return 'text' in read && OWN_KEY.test(read.text);
}
