import { join } from 'node:path';
import yargs from 'yargs';
import { reportFailure } from '../lib/cli/failure';
import type { ExitCode, Io } from '../lib/cli/io';
import type { Surroundings } from '../lib/cli/run';
import { UsageError } from '../lib/errors';
import { version } from '../package.json';
import { auditVerb } from './audit';
import { emitVerb } from './emit';
import { evidenceVerb } from './evidence';
import { explainVerb } from './explain';
import { proveVerb } from './prove';
import { rehearseVerb } from './rehearse';
import { simulateVerb } from './simulate';
import { synthVerb } from './synth';
import type { Context, Task, Verb } from './verb';
import { verifyVerb } from './verify';

const VERBS: Readonly<Record<string, Verb>> = {
  synth: synthVerb,
  audit: auditVerb,
  prove: proveVerb,
  explain: explainVerb,
  emit: emitVerb,
  verify: verifyVerb,
  rehearse: rehearseVerb,
  simulate: simulateVerb,
  evidence: evidenceVerb,
};
const WIDEST_HELP = 110;

/**
 * The `vault-env` command.
 *
 * @param argv - arguments without the interpreter and the script
 * @returns 0: done or clean; 1: it ran and the answer is no; 2: it could not run
 */
export function main(argv: readonly string[], io: Io, surroundings: Surroundings): Promise<ExitCode> {
  const context: Context = { io, ...surroundings, root: join(__dirname, '..') };
  return reportFailure(io, surroundings.signal, () => parseArguments(argv, io)(context));
}

/** Verbs only choose what to do: the parser would print its help when a task inside it fails. */
function parseArguments(argv: readonly string[], io: Io): Task {
  requireKnownVerb(argv[0]);
  let chosen: Task | undefined;
  let failure: string | undefined;
  let output = '';
  const choose = (task: Task) => {
    chosen = task;
  };
  const parser = yargs()
    .scriptName('vault-env')
    .usage('$0 <verb>\n\nCreates, proves, rehearses and verifies the S3 backup environment of AutoRABIT Vault.')
    .version(version)
    .parserConfiguration({ 'populate--': true })
    .strict()
    .demandCommand(1, 1, 'A verb is required')
    .wrap(Math.min(WIDEST_HELP, io.columns))
    .epilogue('Exit code 0: done or clean. 1: it ran and the answer is no. 2: it could not run.');
  for (const verb of Object.values(VERBS)) verb(parser, choose);
  parser.parse([...argv], {}, (error, _options, text) => {
    failure = error?.message;
    output = text;
  });
  if (failure !== undefined) throw badArguments(failure, argv);
  return chosen ?? printHelp(output);
}

function requireKnownVerb(word: string | undefined): void {
  if (word === undefined || word.startsWith('-') || Object.hasOwn(VERBS, word)) return;
  const known = Object.keys(VERBS).join(', ');
  throw new UsageError('BadArguments', `'${word}' must be a verb, got: ${word}\nChoose one of: ${known}`);
}

function printHelp(text: string): Task {
  return async ({ io }) => {
    io.result(`${text}\n`);
    return 0;
  };
}

function badArguments(reason: string, argv: readonly string[]): UsageError {
  const given = argv.length === 0 ? 'no arguments' : argv.join(' ');
  return new UsageError('BadArguments', `${reason}, got: ${given}\nSee vault-env --help, or vault-env <verb> --help`);
}
