const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EAGAIN: 'a pipe that is full and does not wait',
  EPERM: 'no permission',
  EROFS: 'a file system that is read-only',
  ENOSPC: 'a disk that is full',
  EDQUOT: 'a disk whose quota is used up',
  ERR_FS_FILE_TOO_LARGE: 'more than 512 MiB',
  EFBIG: 'a file larger than this process may write',
  EEXIST: 'another thing of that name',
  ENOTDIR: 'a file, where a folder is needed',
  EISDIR: 'a folder, where a file is needed',
  ENOENT: 'no such file or folder',
  ELOOP: 'a link that leads to itself',
  ENAMETOOLONG: 'a name that is too long',
  ENXIO: 'a pipe that nobody reads',
  EMFILE: 'too many open files',
  ENFILE: 'too many open files',
};

/**
 * Why the system refused, for a person: the code itself where nobody foresaw it, the message where there is none.
 *
 * @see https://nodejs.org/docs/latest-v20.x/api/errors.html#common-system-errors
 */
export function systemReason(cause: unknown): string {
  const { code, message } = (cause ?? {}) as Partial<NodeJS.ErrnoException>;
  return code === undefined ? (message ?? String(cause)) : (reasonOfCode(code) ?? code);
}

/** The reason that a code stands for. */
export function reasonOfCode(code: string): string | undefined {
  return Object.hasOwn(REASONS, code) ? REASONS[code] : undefined;
}
