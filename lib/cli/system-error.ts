import { ToolkitError } from '../errors';

interface Refusal {
  readonly got: string;
  readonly fix: string;
}

const PERMISSION = 'Give this user the permission, or name another place';
const ROOM = 'Make room there, or name another place';

const REFUSALS: Readonly<Record<string, Refusal>> = {
  EACCES: { got: 'no permission', fix: PERMISSION },
  EPERM: { got: 'no permission', fix: PERMISSION },
  EROFS: { got: 'a file system that is read-only', fix: 'Name another place' },
  ENOSPC: { got: 'a disk that is full', fix: ROOM },
  EDQUOT: { got: 'a disk whose quota is used up', fix: ROOM },
  EEXIST: { got: 'another thing of that name', fix: 'Take it away, or choose another name' },
  ENOTDIR: { got: 'a file, where a folder is needed', fix: 'Name another place' },
  EISDIR: { got: 'a folder, where a file is needed', fix: 'Name a file' },
  ENOENT: { got: 'no such file or folder', fix: 'Make it first, or name another one' },
  ELOOP: { got: 'a link that leads to itself', fix: 'Name the file itself' },
  ENAMETOOLONG: { got: 'a name that is too long', fix: 'Choose a shorter one' },
  EMFILE: { got: 'too many open files', fix: 'Allow more with ulimit -n' },
  ENFILE: { got: 'too many open files', fix: 'Close other programs' },
};

/**
 * The error of a person for what the system refused, such as a disk that is full; any other error as it is.
 *
 * @see https://nodejs.org/docs/latest-v20.x/api/errors.html#class-systemerror
 */
export function fromSystem(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof ToolkitError) return error;
  const { code = '', syscall = '', path } = error as NodeJS.ErrnoException;
  const refusal = Object.hasOwn(REFUSALS, code) ? REFUSALS[code] : undefined;
  if (refusal === undefined || syscall === '') return error;
  if (syscall.startsWith('spawn'))
    return new ToolkitError(
      'CannotStart',
      `'${path}' must be a program that can be started, got: ${code === 'ENOENT' ? 'no such program' : refusal.got}\nInstall it, and put it on the PATH`,
      { cause: error },
    );
  const subject = path === undefined ? 'a file' : `'${path}'`;
  return new ToolkitError(
    'RefusedBySystem',
    `${subject} must be there for ${syscall}, got: ${refusal.got}\n${refusal.fix}`,
    { cause: error },
  );
}
