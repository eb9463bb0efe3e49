import { UsageError } from '../lib/errors';
import type { Command } from './command';
import type { DeclaredOptions } from './declared-options';
import { type BrokenRule, findBrokenRule } from './typed-words';
import { describeBrokenRule, describeRefusal } from './usage-errors';

/** @throws {UsageError} `BadArguments` */
export function requireRules(argv: readonly string[], options: DeclaredOptions | undefined, command: Command): void {
  const end = argv.indexOf('--');
  const words = end === -1 ? argv : argv.slice(0, end);
  const name = verbIn(words, command);
  const broken =
    (options && findBrokenRule(words, options, name ?? command.name)) ??
    wordsAfterEnd(argv.length - words.length, name, command);
  if (broken === undefined) return;
  throw new UsageError('BadArguments', `${describeBrokenRule(broken, argv)}\n${seeHelp(name, command)}`);
}

function wordsAfterEnd(count: number, name: string | undefined, { verbs }: Command): BrokenRule | undefined {
  if (count < 2 || name === undefined || verbs[name]?.takesCommand) return undefined;
  return { rule: `'${name}' must have no word after --`, fix: 'Type options before it' };
}

/** The error of a line that the parser refuses. */
export function badArguments(reason: string, argv: readonly string[], command: Command): UsageError {
  const name = verbIn(argv, command);
  const usage = name === undefined ? undefined : command.verbs[name]?.usage;
  const refusal = describeRefusal({ reason, argv, usage });
  const isIncomplete = reason.startsWith('Not enough') && /<(environment|input)/.test(usage ?? '');
  const known = isIncomplete ? environmentsThere(command) : '';
  return new UsageError('BadArguments', `${refusal}${known}\n${seeHelp(name, command)}`);
}

function verbIn(words: readonly string[], { verbs }: Command): string | undefined {
  return words.find((word) => Object.hasOwn(verbs, word));
}

function seeHelp(name: string | undefined, { typedAs, name: command }: Command): string {
  return `See ${[typedAs ?? command, ...(name === undefined ? [] : [name])].join(' ')} --help`;
}

/** As many as fit into a line or two. */
const MOST_NAMED = 8;

function environmentsThere({ environments = () => [] }: Command): string {
  const names = environments();
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
  return names.length === 0 ? '' : `\nEnvironments there are: ${names.slice(0, MOST_NAMED).join(', ')}${more}`;
}
