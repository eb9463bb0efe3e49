import { readFileSync } from 'node:fs';
import { ToolkitError } from '../errors';

/** A file that a person named, and what to tell them when it cannot be read. */
export interface TextFile {
  readonly path: string;
  /** As it was typed. */
  readonly name: string;
  /** Code of the error. */
  readonly code: string;
  /** How to get the file; a line that begins with a verb. */
  readonly fix: string;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EISDIR: 'a folder',
  EACCES: 'no permission to read it',
};

/**
 * The text of a file: UTF-8, or UTF-16 with a byte order mark, as PowerShell writes it.
 *
 * @throws {ToolkitError} with the file's own code
 */
export function readTextFile({ path, name, code, fix }: TextFile): string {
  try {
    return decode(readFileSync(path));
  } catch (cause) {
    const system = (cause as NodeJS.ErrnoException).code ?? 'UNKNOWN';
    throw new ToolkitError(
      code,
      `'${name}' must be a file that can be read, got: ${REASONS[system] ?? system}\n${fix}`,
      {
        cause,
      },
    );
  }
}

/** A mark of UTF-8 stays, so that the sum of the text is that of the file. */
function decode(bytes: Buffer): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return bytes.toString('utf8');
}
