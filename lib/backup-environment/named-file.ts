import { realpathSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { noteWritten } from '../written-files';
import { cannotWrite, tryToWrite, writeFiles } from './atomic-write';
import { refuseSecrets } from './secret-guard';

/**
 * Writes the file that an option names: whole or not at all, and where a link leads. What is no file, such as a pipe or
 * `/dev/stdout`, is written to: a rename would put a file in the place of the device.
 *
 * @param option - that named the file
 * @throws {ToolkitError} `SecretInOutput`; `CannotWrite`
 */
export async function writeNamedFile(path: string, text: string, option = '--out'): Promise<void> {
  if (isFileOrNew(path)) {
    const target = targetOf(path);
    await writeFiles(dirname(target), [{ name: basename(target), text }], option);
    return;
  }
  refuseSecrets(text, path);
  await writeFile(path, text).catch((cause) => {
    throw cannotWrite(path, cause, option);
  });
  noteWritten();
}

/**
 * Tries whether that file can be written, and leaves nothing.
 *
 * @throws {ToolkitError} `CannotWrite`
 */
export async function tryNamedFile(path: string, option = '--out'): Promise<void> {
  if (!isFileOrNew(path)) return;
  const target = targetOf(path);
  await tryToWrite(dirname(target), basename(target), option);
}

/** A folder is refused with the files. */
function isFileOrNew(path: string): boolean {
  const found = find(path);
  return found === undefined || found.isFile() || found.isDirectory();
}

function targetOf(path: string): string {
  return find(path) === undefined ? path : realpathSync(path);
}

/** What the system refuses to say is refused again, in words, where it is written. */
function find(path: string) {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
