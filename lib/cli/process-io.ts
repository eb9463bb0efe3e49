import { ToolkitError } from '../errors';
import { systemReason } from '../system-reason';
import { useColour } from './colour';
import type { Io } from './io';

/** A stream of the process, as far as it is written to. */
export interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly write: (text: string) => unknown;
  readonly on: (event: 'error', listener: (error: NodeJS.ErrnoException) => void) => unknown;
}

export interface OutputStreams {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const DEFAULT_COLUMNS = 80;

/** The two channels over the streams of a process. A reader that went away is no error; a full disk is one. */
export function processIo({ stdout, stderr, env }: OutputStreams): Io {
  for (const stream of [stdout, stderr]) stream.on('error', refuseFullOutput);
  const isTerminal = stderr.isTTY === true && env.TERM !== 'dumb';
  return {
    result: (text) => void stdout.write(text),
    note: (text) => void stderr.write(text),
    isTerminal,
    columns: stderr.columns || DEFAULT_COLUMNS,
    useColour: useColour(env, stdout.isTTY === true),
  };
}

/** @throws {ToolkitError} `CannotPrint` */
function refuseFullOutput(cause: NodeJS.ErrnoException): void {
  if (cause.code === 'EPIPE') return;
  throw new ToolkitError(
    'CannotPrint',
    `the output must take what is printed, got: ${systemReason(cause)}\nMake room there, or send the output elsewhere`,
    { cause },
  );
}
