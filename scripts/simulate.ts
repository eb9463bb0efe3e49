import { resolve } from 'node:path';
import { painter } from '../lib/cli/colour';
import type { ExitCode } from '../lib/cli/io';
import { chooseFiles } from '../lib/config/choose-files';
import { ToolkitError } from '../lib/errors';
import { likelyShell } from '../lib/simulate-command/shell';
import type { RunningSimulateCommand } from '../lib/simulate-command/simulate';
import type { Simulation } from '../lib/simulate-command/simulation';
import { requireNumbers, SIMULATE_OPTIONS, type SimulateFlags } from './simulate-options';
import { createStepProgress } from './step-progress';
import { type Context, ENVIRONMENTS, FORMAT, printJson, type Task, type Verb } from './verb';

export const simulateVerb: Verb = (parser, choose, { usage, does }) =>
  parser.command(
    usage,
    does,
    (flags) =>
      flags
        .positional('name', { type: 'string', array: true, default: [], describe: 'Environments to deploy to it' })
        .option('environments', ENVIRONMENTS)
        .options(SIMULATE_OPTIONS)
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
