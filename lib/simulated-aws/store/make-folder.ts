import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { ToolkitError } from '../../errors';

/**
 * Makes a folder, and those that it is in, for its owner alone.
 *
 * @throws {ToolkitError} `StateFolderUnusable`
 */
export function makeFolder(path: string): void {
  try {
    make(path);
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new ToolkitError(
      'StateFolderUnusable',
      `'${path}' must be a folder that can be written, or one that can be made, got: ${message}\nName another folder`,
    );
  }
}

/** One by one: Node's own `recursive` never ends below /proc. */
function make(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) return;
  if (found === undefined) make(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}
