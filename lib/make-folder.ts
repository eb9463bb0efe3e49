import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes the folder and those that it is in, one by one: Node's own `recursive` never ends below /proc.
 *
 * @param mode - who may enter those that are made
 * @returns the first one that was made; undefined where all were there
 * @throws what the system says, where one cannot be made
 */
export function makeFolder(folder: string, mode = 0o777): string | undefined {
  const parent = dirname(folder);
  // A drive of Windows that is not there is its own parent.
  const isThere = parent === folder || statSync(parent, { throwIfNoEntry: false }) !== undefined;
  const made = isThere ? undefined : makeFolder(parent, mode);
  if (isFolder(folder)) return made;
  try {
    mkdirSync(folder, { mode });
    return made ?? folder;
  } catch (error) {
    // Another process may have made it meanwhile.
    if (isFolder(folder)) return made;
    throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
