import { refuseControlCharacters } from './refuse-control-characters';

/** Characters that mean themselves in each shell of POSIX, in the lines of systemd and in `shlex`. */
export const PLAIN = /^[A-Za-z0-9_./:=@,+-]+$/;

/**
 * The text as one word of a shell of POSIX; Python's `shlex`, with which the AWS CLI reads `credential_process`, takes it
 * for the same word.
 *
 * @throws {ToolkitError} `NotQuotable`
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html
 */
export function shellWord(text: string): string {
  refuseControlCharacters(text);
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
