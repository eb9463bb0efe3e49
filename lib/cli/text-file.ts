import { ToolkitError } from '../errors';
import { mustBeReadable, readText } from '../readable-text';

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

/**
 * The text of a file: UTF-8, or UTF-16 with a byte order mark, as PowerShell writes it.
 *
 * @throws {ToolkitError} with the file's own code
 */
export function readTextFile({ path, name, code, fix }: TextFile): string {
  const read = readText(path);
  if ('text' in read) return read.text;
  const { reason, cause } = read;
  throw new ToolkitError(code, `'${name}' ${mustBeReadable(reason)}\n${fix}`, { cause });
}
