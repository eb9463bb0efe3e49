import { refuseControlCharacters } from './refuse-control-characters';
import { PLAIN } from './shell-word';

/**
 * The text as one word of `ExecStart=`, in which `$` begins a variable and `%` a specifier.
 *
 * @throws {ToolkitError} `NotQuotable`
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd.service.html#Command%20lines
 */
export function systemdWord(text: string): string {
  refuseControlCharacters(text);
  return PLAIN.test(text) ? text : `"${escaped(text).replaceAll('$', '$$$$')}"`;
}

/**
 * A variable as one word of `Environment=`, which knows no variables, but specifiers.
 *
 * @throws {ToolkitError} `NotQuotable`
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd.exec.html#Environment=
 */
export function systemdVariable(name: string, value: string): string {
  refuseControlCharacters(value);
  return `"${name}=${escaped(value)}"`;
}

function escaped(text: string): string {
  return text.replace(/[\\"]/g, '\\$&').replaceAll('%', '%%');
}
