import { setImmediate } from 'node:timers/promises';
import type { ProcessEnvironment } from '../process-environment';
import { describeFailure, reportFailure } from './failure';
import type { ExitCode, Io } from './io';
import { type OutputStreams, processIo } from './process-io';

/** The surroundings of a command, besides its arguments and its channels. */
export interface Surroundings {
  readonly env: ProcessEnvironment;
  /** Folder that relative paths start from. */
  readonly folder: string;
  /** Aborted when the person or the system asks the command to stop. */
  readonly signal: AbortSignal;
}

export type Main = (argv: readonly string[], io: Io, surroundings: Surroundings) => Promise<ExitCode>;

/** The parts of Node's process that a run touches. */
export interface HostProcess extends OutputStreams {
  readonly argv: readonly string[];
  readonly cwd: () => string;
  readonly on: {
    (event: StopSignal, listener: () => void): unknown;
    (event: 'uncaughtException', listener: (error: unknown) => void): unknown;
  };
  readonly exit: (code: number) => unknown;
  exitCode?: number | string | null | undefined;
}

/** As a shell reports a command that a signal ended: 128 and the signal's number. */
const STOP_SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

type StopSignal = keyof typeof STOP_SIGNALS;

/**
 * Runs a command in a process: the one place that touches streams, signals and the exit code.
 *
 * The first stop signal aborts the command, which cleans up and ends; the exit code is then 128 and the signal's number,
 * also where the command was done before it could hear. A second one ends the process at once.
 */
export async function run(main: Main, host: HostProcess = process): Promise<void> {
  const io = processIo(host);
  // Left to itself, Node would end with 1, which here means that the answer is no.
  host.on('uncaughtException', (error) => {
    io.note(describeFailure(error));
    host.exit(2);
  });
  const stop = listenForStop(host, io);
  const surroundings = { env: host.env, folder: host.cwd(), signal: stop.signal };
  const exitCode = await reportFailure(io, stop.signal, () => main(host.argv.slice(2), io, surroundings));
  stop.noteEnd();
  // A command that never waits has not heard of a signal that came meanwhile.
  await setImmediate();
  await setImmediate();
  host.exitCode = stop.exitCode() ?? exitCode;
}

function listenForStop(host: HostProcess, io: Io) {
  const controller = new AbortController();
  let exitCode: number | undefined;
  let hasEnded = false;
  for (const [name, code] of Object.entries(STOP_SIGNALS)) {
    // They stay for as long as the process does, which may still print for a slow reader.
    host.on(name as StopSignal, () => {
      if (exitCode !== undefined) return void host.exit(code);
      exitCode = code;
      host.exitCode = code;
      io.note(
        `\n${name}: ${hasEnded ? 'the work was done already' : 'stopping and cleaning up'}; once more ends at once\n`,
      );
      controller.abort();
    });
  }
  return {
    signal: controller.signal,
    exitCode: () => exitCode,
    noteEnd: () => {
      hasEnded = true;
    },
  };
}
