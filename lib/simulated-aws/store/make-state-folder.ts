import { accessSync, constants } from 'node:fs';
import { ToolkitError } from '../../errors';
import { makeFolder } from '../../make-folder';
import { systemReason } from '../../system-reason';

/**
 * Makes a folder, and those that it is in, for its owner alone.
 *
 * @throws {ToolkitError} `StateFolderUnusable`
 */
export function makeStateFolder(path: string): void {
  try {
    makeFolder(path, 0o700);
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw new ToolkitError(
      'StateFolderUnusable',
      `'${path}' must be a folder that can be written, or one that can be made, got: ${systemReason(error)}\nName another folder`,
    );
  }
}
