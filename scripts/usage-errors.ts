import { type BrokenRule, showWords } from './typed-words';

/** A command line that the parser refused. */
export interface RefusedLine {
  /** The parser's own words, which are English. */
  readonly reason: string;
  readonly argv: readonly string[];
  /** The verb and its positional arguments; missing where no verb was typed. */
  readonly usage: string | undefined;
}

/** Words a refused command line: the subject, the rule and the text received. */
export function describeRefusal({ reason, argv, usage = '' }: RefusedLine): string {
  const choices = /^Invalid values:\s+Argument: (.+), Given: "?(.*?)"?, Choices: (.+)$/s.exec(reason);
  if (choices !== null) {
    const [, option = '', given = '', known = ''] = choices;
    return `'--${option}' must be one of ${known.trim().replaceAll('"', '')}, got: ${given}`;
  }
  return `${ruleOf(reason, usage)}, got: ${argv.length === 0 ? 'no arguments' : showWords(argv)}`;
}

/** Words a rule that the line breaks, and the fix. */
export function describeBrokenRule({ rule, got, fix }: BrokenRule, argv: readonly string[]): string {
  return `${rule}, got: ${got ?? showWords(argv)}${fix === undefined ? '' : `\n${fix}`}`;
}

function ruleOf(reason: string, usage: string): string {
  const [verb = '', ...positional] = usage.split(' ');
  const implied = /^(?:Implications failed|Missing dependent arguments):\s+(\S+) -> (\S+)/.exec(reason);
  if (implied !== null) return `'--${implied[1]}' must go with --${implied[2]}`;
  const [, missing] = /^Missing required arguments?: (.+)$/.exec(reason) ?? [];
  if (missing !== undefined) return `'${verb}' must be given ${missing.replace(/[^, ]+/g, '--$&')}`;
  if (usage === '') return reason;
  if (reason.startsWith('Not enough non-option arguments'))
    return `'${verb}' must be followed by ${positional.join(' ')}`;
  // Options are looked at before the parser's words are: these are words too many.
  if (/^Unknown arguments?: /.test(reason))
    return `'${verb}' must be followed by ${[...positional, 'options'].join(', ')} alone`;
  return reason;
}
