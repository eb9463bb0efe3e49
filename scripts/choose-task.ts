import type { Argv } from 'yargs';
import yargs from 'yargs';
import type { Io } from '../lib/cli/io';
import { UsageError } from '../lib/errors';
import { version } from '../package.json';
import type { ListedVerb, Task } from './verb';

/** A command made of verbs. */
export interface Command {
  /** As a person types it. */
  readonly name: string;
  /** What the help says first. */
  readonly purpose: string;
  readonly verbs: Readonly<Record<string, ListedVerb>>;
  /** What to type, and what it does. */
  readonly examples: [command: string, does: string][];
}

const WIDEST_HELP = 110;

/**
 * The task that the arguments ask for. Verbs only choose what to do: the parser would print its help when a task inside
 * it fails.
 *
 * @throws {UsageError} `BadArguments`
 */
export function chooseTask(command: Command, argv: readonly string[], io: Io): Task {
  requireKnownVerb(argv[0], command);
  let chosen: Task | undefined;
  let failure: string | undefined;
  let output = '';
  const parser = createParser(command, io);
  const choose = (task: Task) => {
    chosen = task;
  };
  for (const [name, verb] of Object.entries(command.verbs)) {
    if (argv.includes(name)) verb.load()(parser, choose, verb);
    else parser.command(verb.usage, verb.does);
  }
  parser.parse([...argv], {}, (error, _options, text) => {
    failure = error?.message;
    output = text;
  });
  if (failure !== undefined) throw badArguments(failure, argv, command);
  return chosen ?? printHelp(output);
}

function createParser({ name, purpose, examples }: Command, io: Io): Argv {
  return yargs()
    .scriptName(name)
    .usage(`$0 <verb>\n\n${purpose}`)
    .version(version)
    .parserConfiguration({ 'populate--': true })
    .strict()
    .example(examples)
    .demandCommand(1, 1, 'A verb is required')
    .wrap(Math.min(WIDEST_HELP, io.columns))
    .epilogue('Exit code 0: done or clean. 1: it ran and the answer is no. 2: it could not run.');
}

function requireKnownVerb(word: string | undefined, { verbs }: Command): void {
  if (word === undefined || word.startsWith('-') || Object.hasOwn(verbs, word)) return;
  const known = Object.keys(verbs).join(', ');
  throw new UsageError('BadArguments', `'${word}' must be a verb, got: ${word}\nChoose one of: ${known}`);
}

function printHelp(text: string): Task {
  return async ({ io }) => {
    io.result(`${text}\n`);
    return 0;
  };
}

function badArguments(reason: string, argv: readonly string[], { name }: Command): UsageError {
  const given = argv.length === 0 ? 'no arguments' : argv.join(' ');
  return new UsageError('BadArguments', `${reason}, got: ${given}\nSee ${name} --help, or ${name} <verb> --help`);
}
