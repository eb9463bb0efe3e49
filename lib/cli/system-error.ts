import { dirname } from 'node:path';
import { ToolkitError } from '../errors';
import { reasonOfCode } from '../system-reason';

const PERMISSION = 'Give this user the permission, or name another place';
const ROOM = 'Make room there, or name another place';

const FIXES: Readonly<Record<string, string>> = {
  EACCES: PERMISSION,
  EPERM: PERMISSION,
  EROFS: 'Name another place',
  ENOSPC: ROOM,
  EDQUOT: ROOM,
  EFBIG: 'Allow larger ones with ulimit -f',
  EEXIST: 'Take it away, or choose another name',
  ENOTDIR: 'Name another place',
  EISDIR: 'Name a file',
  ENOENT: 'Make it first, or name another one',
  ELOOP: 'Name the file itself',
  ENAMETOOLONG: 'Choose a shorter one',
  ENXIO: 'Name a file, or read the pipe',
  EMFILE: 'Allow more with ulimit -n',
  ENFILE: 'Close other programs',
};

/**
 * The error of a person for what the system refused, such as a disk that is full; any other error as it is.
 *
 * @see https://nodejs.org/docs/latest-v20.x/api/errors.html#class-systemerror
 */
export function fromSystem(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof ToolkitError) return error;
  const { code = '', syscall = '', path } = error as NodeJS.ErrnoException;
  const reason = reasonOfCode(code);
  if (reason === undefined || syscall === '') return error;
  if (syscall.startsWith('spawn'))
    return new ToolkitError(
      'CannotStart',
      `'${path}' must be a program that can be started, got: ${code === 'ENOENT' ? 'no such program' : reason}\nInstall it, and put it on the PATH`,
      { cause: error },
    );
  // Folders with a name by chance are made in the folder for temporary files alone.
  if (syscall === 'mkdtemp' && path !== undefined)
    return new ToolkitError(
      'RefusedBySystem',
      `'${dirname(path)}' must be a folder for temporary files that can be written to, got: ${reason}\nSet TMPDIR (on Windows, TEMP) to another one`,
      { cause: error },
    );
  const subject = path === undefined ? 'a file' : `'${path}'`;
  return new ToolkitError(
    'RefusedBySystem',
    `${subject} must be there for ${syscall}, got: ${reason}\n${FIXES[code] ?? 'Name another place'}`,
    { cause: error },
  );
}
