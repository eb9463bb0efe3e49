import { nearestName } from '../lib/nearest-name';

/** A command line that the parser refused. */
export interface RefusedLine {
  /** The parser's own words. */
  readonly reason: string;
  readonly argv: readonly string[];
  /** The verb and its positional arguments; missing where no verb was typed. */
  readonly usage: string | undefined;
  /** The verb's help, for the options that it has. */
  readonly help: () => string;
}

/** Words a refused command line: the rule, the text received, and the likely intention. */
export function describeRefusal({ reason, argv, usage, help }: RefusedLine): string {
  const choices = /^Invalid values:\s+Argument: (.+), Given: "?(.*?)"?, Choices: (.+)$/s.exec(reason);
  if (choices !== null) {
    const [, option = '', given = '', known = ''] = choices;
    return `'--${option}' must be one of ${known.trim().replaceAll('"', '')}, got: ${given}`;
  }
  const implied = /^Implications failed:\s+(\S+) -> (\S+)/.exec(reason);
  if (implied !== null) return `'--${implied[1]}' needs --${implied[2]}`;
  const got = argv.length === 0 ? 'no arguments' : argv.join(' ');
  if (reason.startsWith('Not enough non-option arguments') && usage !== undefined) {
    const [verb, ...positional] = usage.split(' ');
    return `'${verb}' must be followed by ${positional.join(' ')}, got: ${got}`;
  }
  return `${reason}, got: ${got}${didYouMean(reason, help)}`;
}

function didYouMean(reason: string, help: () => string): string {
  const [, unknown] = /^Unknown arguments?: ([^,]+)/.exec(reason) ?? [];
  if (unknown === undefined) return '';
  const options = [...help().matchAll(/--([a-z][a-z-]*)/g)].map(([, option = '']) => option);
  const nearest = nearestName(unknown, options);
  return nearest === undefined ? '' : `\nDid you mean --${nearest}?`;
}
