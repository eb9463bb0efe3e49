import { constants } from 'node:buffer';
import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs';

const PART_BYTES = 65_536;

/**
 * The bytes of a file, a pipe or a device that a person named. A device may have no end: /dev/zero has none.
 *
 * @param mostBytes - by default what one text of V8 holds, 512 MiB
 * @throws what the system says, or an error of the code `ERR_FS_FILE_TOO_LARGE`
 * @see https://nodejs.org/docs/latest-v20.x/api/errors.html#err_fs_file_too_large
 */
export function readWhole(path: string, mostBytes = constants.MAX_STRING_LENGTH): Buffer {
  const status = statSync(path);
  if (status.size > mostBytes) throw tooLarge(path);
  return status.isFile() ? readFileSync(path) : readDevice(path, mostBytes);
}

function readDevice(path: string, mostBytes: number): Buffer {
  const file = openSync(path, 'r');
  try {
    return readParts(file, () => tooLarge(path), mostBytes);
  } finally {
    closeSync(file);
  }
}

function readParts(file: number, tooMany: () => Error, mostBytes: number): Buffer {
  const parts: Buffer[] = [];
  let size = 0;
  for (;;) {
    const part = Buffer.alloc(PART_BYTES);
    const length = readSync(file, part);
    if (length === 0) return Buffer.concat(parts, size);
    parts.push(part.subarray(0, length));
    size += length;
    if (size > mostBytes) throw tooMany();
  }
}

function tooLarge(path: string): Error {
  return Object.assign(new Error(`${path} has more bytes than can be read`), { code: 'ERR_FS_FILE_TOO_LARGE' });
}
