import type { Argv, MiddlewareFunction } from 'yargs';
import yargs from 'yargs';
import type { Io } from '../lib/cli/io';
import { UsageError } from '../lib/errors';
import { nearestName } from '../lib/nearest-name';
import { version } from '../package.json';
import type { Command } from './command';
import type { DeclaredOptions } from './declared-options';
import { badArguments, requireRules } from './refuse-line';
import { describeSettings, withSettings } from './settings';
import type { Task } from './verb';

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
  const { chosen, failure, output, options } = parse(command, line, io);
  if (failure !== undefined || chosen !== undefined) requireRules(argv, options, command);
  if (failure !== undefined) throw badArguments(failure, argv, command);
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
  let options: DeclaredOptions | undefined;
  const parser = createParser(command, io);
  tellOptions(parser, (declared) => {
    options = declared;
  });
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
    if (thrown !== CHOSEN) {
      // The parser itself ends at an option that is called as what every object has, such as --toString.
      requireRules(argv, options, command);
      throw thrown;
    }
  }
  return { chosen, failure, output, options } as const;
}

/** Ends the parse of a line that is understood: the parser would make the help of the verb next, for nobody. */
const CHOSEN = new Error('a task was chosen');

function createParser({ name, purpose, examples }: Command, io: Io): Argv {
  return yargs()
    .detectLocale(false)
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

/** Tells the options of the verb that is typed, before the parser judges them; its types leave out where it has them. */
function tellOptions(parser: Argv, tell: (options: DeclaredOptions) => void): void {
  const onTyped = (_typed: unknown, instance: { readonly getOptions: () => DeclaredOptions }) =>
    tell(instance.getOptions());
  parser.middleware(onTyped as unknown as MiddlewareFunction, true);
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
