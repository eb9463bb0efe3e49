import { ToolkitError } from '../errors';
import { readWhole } from '../read-whole';

/** A file that a person named. */
export interface NamedFile {
  readonly path: string;
  /** As it was typed. */
  readonly name: string;
}

/**
 * The text of a file that a person named.
 *
 * @param expected.content what is in such a file, as in `fault rules`
 * @throws {ToolkitError} with the code, when it cannot be read
 */
export function readNamedFile(
  { path, name }: NamedFile,
  expected: { readonly code: string; readonly content: string },
): string {
  try {
    return readWhole(path).toString('utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const rule = `must be a file of ${expected.content} that can be read`;
    throw new ToolkitError(expected.code, `'${name}' ${rule}, got: ${code}`, { cause });
  }
}
