import type { Argv } from 'yargs';
import yargs from 'yargs';
import type { Io } from '../lib/cli/io';
import { UsageError } from '../lib/errors';
import { nearestName } from '../lib/nearest-name';
import { version } from '../package.json';
import { describeSettings, type Settings, withSettings } from './settings';
import { describeRefusal } from './usage-errors';
import type { ListedVerb, Task } from './verb';

/** A command made of verbs. */
export interface Command {
  /** As a person types it. */
  readonly name: string;
  /** As this person typed it, where that is another way. */
  readonly typedAs?: string;
  /** Names of the environments that the command line is about; none where nobody can tell. */
  readonly environments?: () => readonly string[];
  /** Settings for flags that are not typed. */
  readonly settings?: Settings;
  /** The first lines of the help. */
  readonly purpose: string;
  readonly verbs: Readonly<Record<string, ListedVerb>>;
  /** The command to type, and its effect. */
  readonly examples: [command: string, does: string][];
}

const WIDEST_HELP = 110;

/** Words of their own for what is an option of every verb. */
const COMPLETION = 'completion';

/**
 * The task that the arguments ask for. Verbs only choose what to do: the parser would print its help when a task inside
 * it fails.
 *
 * @throws {UsageError} `BadArguments`
 */
export function chooseTask(command: Command, argv: readonly string[], io: Io): Task {
  const line = spellOut(argv);
  requireKnownVerb(line, command);
  const { chosen, failure, output } = parse(command, line, io);
  if (failure !== undefined) throw badArguments(failure, argv, command, io);
  const isHelp = line.some((word) => word === '--help' || word === '-h');
  return chosen ?? printHelp(isHelp ? output + describeSettings(command.settings) : output);
}

/** The options that `help`, `help <verb>` and `version` stand for, and no argument at all. */
function spellOut(argv: readonly string[]): readonly string[] {
  const [word, ...others] = argv;
  if (word === undefined) return ['--help'];
  if (word === 'version') return ['--version', ...others];
  return word === 'help' ? [...others, '--help'] : argv;
}

function parse(command: Command, argv: readonly string[], io: Io) {
  let chosen: Task | undefined;
  let failure: string | undefined;
  let output = '';
  const parser = createParser(command, io);
  const choose = (task: Task): never => {
    chosen = task;
    throw CHOSEN;
  };
  for (const [name, verb] of Object.entries(command.verbs)) {
    if (argv.includes(name)) verb.load()(parser, choose, verb);
    else parser.command(verb.usage, verb.does);
  }
  try {
    parser.parse([...withSettings(argv, command)], {}, (error, _options, text) => {
      failure = error?.message;
      output = text;
    });
  } catch (thrown) {
    if (thrown !== CHOSEN) throw thrown;
  }
  return { chosen, failure, output } as const;
}

/** Ends the parse of a line that is understood: the parser would make the help of the verb next, for nobody. */
const CHOSEN = new Error('a task was chosen');

function createParser({ name, purpose, examples }: Command, io: Io): Argv {
  return yargs()
    .scriptName(name)
    .usage(`$0 <verb>\n\n${purpose}`)
    .alias('h', 'help')
    .version(version)
    .alias('version', ['V', 'v'])
    .completion(COMPLETION, 'Print a script that completes commands in bash or zsh')
    .parserConfiguration({ 'populate--': true })
    .strict()
    .example(examples)
    .demandCommand(1, 1, 'A verb is required')
    .wrap(Math.min(WIDEST_HELP, io.columns))
    .epilogue('Exit code 0: done or clean. 1: it ran and the answer is no. 2: it could not run.');
}

function requireKnownVerb([word, ...others]: readonly string[], { name, typedAs = name, verbs }: Command): void {
  if (word === undefined || word.startsWith('-') || word === COMPLETION || Object.hasOwn(verbs, word)) return;
  const known = Object.keys(verbs);
  const nearest = nearestName(word, known);
  const later = others.find((other) => Object.hasOwn(verbs, other));
  const meant = later === undefined ? nearest : `${typedAs} ${later} ${word}`;
  const fix = meant === undefined ? '' : `Did you mean ${meant}? `;
  throw new UsageError(
    'BadArguments',
    `'${word}' must be a verb, got: ${word}\n${fix}Choose one of: ${known.join(', ')}`,
  );
}

function printHelp(text: string): Task {
  return async ({ io }) => {
    io.result(`${text}\n`);
    return 0;
  };
}

function badArguments(reason: string, argv: readonly string[], command: Command, io: Io): UsageError {
  const name = argv.find((word) => Object.hasOwn(command.verbs, word));
  const help = () => parse(command, [...(name === undefined ? [] : [name]), '--help'], io).output;
  const usage = name === undefined ? undefined : command.verbs[name]?.usage;
  const refusal = describeRefusal({ reason, argv, usage, help });
  const typed = [command.typedAs ?? command.name, ...(name === undefined ? [] : [name])].join(' ');
  const isIncomplete = reason.startsWith('Not enough') && /<(environment|input)/.test(usage ?? '');
  const known = isIncomplete ? environmentsThere(command) : '';
  return new UsageError('BadArguments', `${refusal}${known}\nSee ${typed} --help`);
}

/** As many as fit into a line or two. */
const MOST_NAMED = 8;

function environmentsThere({ environments = () => [] }: Command): string {
  const names = environments();
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
  return names.length === 0 ? '' : `\nEnvironments there are: ${names.slice(0, MOST_NAMED).join(', ')}${more}`;
}
