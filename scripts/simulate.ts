import { resolve } from 'node:path';
import { painter } from '../lib/cli/colour';
import type { ExitCode } from '../lib/cli/io';
import { chooseFiles } from '../lib/config/choose-files';
import { ToolkitError, UsageError } from '../lib/errors';
import { likelyShell, SHELL_NAMES, type ShellName } from '../lib/simulate-command/shell';
import type { RunningSimulateCommand, SimulateOptions } from '../lib/simulate-command/simulate';
import type { Simulation } from '../lib/simulate-command/simulation';
import { createStepProgress } from './step-progress';
import { type Context, ENVIRONMENTS, FORMAT, printJson, type Task, type Verb } from './verb';

interface SimulateFlags extends SimulateOptions {
  readonly shell?: ShellName | undefined;
  readonly as: string;
  /** Program and arguments. */
  readonly command: readonly string[];
  readonly format: 'text' | 'json';
}

export const simulateVerb: Verb = (parser, choose, { usage, does }) =>
  parser.command(
    usage,
    does,
    (flags) =>
      flags
        .positional('name', { type: 'string', array: true, default: [], describe: 'Environments to deploy to it' })
        .option('environments', ENVIRONMENTS)
        .option('deploy', {
          type: 'boolean',
          default: true,
          describe: 'Deploy the environments with Terraform; --no-deploy makes only what they expect to be there',
        })
        .option('account', {
          type: 'string',
          array: true,
          nargs: 1,
          default: [],
          describe: "Account, 12 digits; may be repeated [default: the environments', or 111122223333]",
        })
        .option('region', {
          type: 'string',
          array: true,
          nargs: 1,
          default: [],
          describe: "Region; may be repeated [default: the environments', or us-east-1]",
        })
        .option('port', {
          type: 'number',
          requiresArg: true,
          default: 0,
          describe: 'Port of HTTPS and HTTP; 0 for any',
        })
        .option('metadata-port', {
          type: 'number',
          requiresArg: true,
          default: 0,
          describe: 'Port of the instance metadata; 0 for any',
        })
        .option('instance-profile', {
          type: 'string',
          requiresArg: true,
          describe: 'Instance profile of the host, as soon as there is one of this name',
        })
        .option('hop-limit', {
          type: 'number',
          requiresArg: true,
          default: 1,
          describe: 'Hops that a token of the instance metadata travels; containers need 2',
        })
        .option('state', {
          type: 'string',
          requiresArg: true,
          describe: 'Folder that keeps the account, even when the command is killed [default: kept in memory]',
        })
        .option('log', { type: 'string', requiresArg: true, describe: 'File that gets each request as a JSON line' })
        .option('explain', { type: 'boolean', default: false, describe: 'Say of each denial which statement decided' })
        .option('faults', {
          type: 'string',
          requiresArg: true,
          describe: 'File of fault rules, reloaded whenever it changes',
        })
        .option('fault-seed', { type: 'string', requiresArg: true, describe: 'Seed of an earlier run, to repeat it' })
        .option('latency', {
          type: 'number',
          requiresArg: true,
          default: 0,
          describe: 'Milliseconds that every request waits',
        })
        .option('propagation-delay', {
          type: 'number',
          requiresArg: true,
          default: 0,
          describe: 'Seconds before changes of IAM and of policies are in force',
        })
        .option('signing-keys', {
          type: 'string',
          requiresArg: true,
          describe: 'File with the public keys of OpenID Connect providers, for AssumeRoleWithWebIdentity',
        })
        .option('shell', { choices: SHELL_NAMES, describe: 'Whose lines are printed [default: the one at hand]' })
        .option('as', {
          type: 'string',
          requiresArg: true,
          default: 'administrator',
          describe:
            'Identity of the command after --: administrator, role or host, of an account or environment where needed, as in role:acme',
        })
        .option('format', FORMAT)
        .example('$0 simulate', 'prints its addresses and the lines to paste, and stops at Ctrl-C')
        .example('$0 simulate -- aws s3 mb s3://example', 'runs one command against it')
        .example('$0 simulate aes-256 --explain', 'deploys an environment, and explains denials')
        .example('$0 simulate --state simulated --port 4566', 'is the same account every time')
        .example('$0 simulate --format json > simulation.json', 'for a pipeline: the file is there when it is ready'),
    (options) => choose(simulateTask({ ...options, names: options.name, command: commandOf(options) })),
  );

/** The command after `--`. */
function commandOf(options: object): readonly string[] {
  const { '--': command } = options as { readonly '--'?: readonly (string | number)[] };
  return (command ?? []).map(String);
}

function simulateTask(flags: SimulateFlags): Task {
  return async (context) => {
    const { io } = context;
    const running = await start(flags, context);
    try {
      if (flags.command.length > 0) return await runCommand(running.summary, flags, context);
      print(running.summary, flags, context);
      await running.untilStopped();
      return 0;
    } finally {
      await running.stop();
      io.note(
        flags.state === undefined
          ? 'The simulated AWS account is gone.\n'
          : `The simulated AWS account is kept in ${flags.state}.\n`,
      );
    }
  };
}

async function start(flags: SimulateFlags, context: Context): Promise<RunningSimulateCommand> {
  requireNumbers(flags);
  requireEnvironments(flags, context);
  const { simulate } = require('../lib/simulate-command/simulate') as typeof import('../lib/simulate-command/simulate');
  const { io } = context;
  const { onStep, end } = createStepProgress(io);
  return await simulate(flags, { ...context, note: io.note, onStep }).finally(end);
}

/** A wrong name is told before the simulated account is loaded, which takes many times as long. */
function requireEnvironments({ names, environments }: SimulateFlags, { folder }: Context): void {
  if (names.length > 0) chooseFiles({ folder: resolve(folder, environments), names });
}

function requireNumbers(flags: SimulateFlags): void {
  for (const [name, value] of Object.entries({
    '--latency': flags.latency,
    '--propagation-delay': flags.propagationDelay,
  })) {
    if (Number.isFinite(value) && value >= 0) continue;
    throw new UsageError('BadArguments', `'${name}' must be a number from 0, got: ${value}`);
  }
  for (const [name, port] of Object.entries({ '--port': flags.port, '--metadata-port': flags.metadataPort })) {
    if (Number.isInteger(port) && port >= 0 && port <= 65_535) continue;
    throw new UsageError('BadArguments', `'${name}' must be a port from 0 to 65535, got: ${port}`);
  }
}

function print(summary: Simulation, { format, shell }: SimulateFlags, { io, env }: Context): void {
  if (format === 'json') {
    printJson(io, summary);
    return;
  }
  const { renderSimulationText } =
    require('../lib/simulate-command/text') as typeof import('../lib/simulate-command/text');
  const options = { shell: shell ?? likelyShell(env.SHELL, process.platform), paint: painter(io.useColour) };
  io.result(renderSimulationText(summary, options));
  io.note('Running; Ctrl-C stops it.\n');
}

/** Runs the command after `--` as somebody of the simulation; its output is passed on. */
async function runCommand(summary: Simulation, { command, as }: SimulateFlags, context: Context): Promise<ExitCode> {
  const { runChild } = require('../lib/child-process') as typeof import('../lib/child-process');
  const { findIdentity } =
    require('../lib/simulate-command/identities') as typeof import('../lib/simulate-command/identities');
  const { io, folder, signal } = context;
  const [program = '', ...args] = command;
  const env = { ...withoutAws(context.env), ...findIdentity(summary, as).variables };
  const onLine = (line: string, stream: 'stdout' | 'stderr') =>
    stream === 'stdout' ? io.result(`${line}\n`) : io.note(`${line}\n`);
  const { exitCode } = await runChild({ program, args, env, folder, signal, onLine }).catch((cause) => {
    throw new ToolkitError(
      'CommandNotStarted',
      `'${program}' must be a program that can be started, got: ${cause.code}`,
      { cause },
    );
  });
  return exitCode === 0 ? 0 : 1;
}

function withoutAws(env: Context['env']): Context['env'] {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('AWS_')));
}
