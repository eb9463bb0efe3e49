import { ConfigError, ToolkitError } from '../errors';
import { visibleJson, visibleLines } from '../visible';
import { countWritten } from '../written-files';
import { asksForJson, failureDocument } from './failure-document';
import type { ExitCode, Io } from './io';
import { fromSystem } from './system-error';

const COULD_NOT_RUN: ExitCode = 2;

/** Words an error for a person: a known one in one screen, a bug with its stack. */
export function describeFailure(thrown: unknown): string {
  const error = fromSystem(thrown);
  if (error instanceof ConfigError) {
    const count = error.issues.length === 1 ? '1 problem' : `${error.issues.length} problems`;
    return `error (${error.code}): ${count}\n${indent(visibleLines(error.message))}\n`;
  }
  if (error instanceof ToolkitError) return `error (${error.code}): ${visibleLines(error.message)}\n`;
  const stack = error instanceof Error ? (error.stack ?? error.message) : `thrown: ${String(error)}`;
  return `${stack}\nThis is a defect of vault-env. Report it with the lines above and the command that led here.\n`;
}

/**
 * Runs the task; an error becomes notes and exit code 2. A task that gave up because it was stopped gets a line of what it
 * had written and printed.
 *
 * @param argv - where it asks for JSON, the error is a document as well, unless something was printed before
 */
export async function reportFailure(
  io: Io,
  signal: AbortSignal,
  task: (io: Io) => Promise<ExitCode>,
  argv: readonly string[] = [],
): Promise<ExitCode> {
  const before = countWritten();
  let hasPrinted = false;
  const result = (text: string) => {
    hasPrinted = true;
    io.result(text);
  };
  try {
    return await task({ ...io, result });
  } catch (thrown) {
    const error = fromSystem(thrown);
    const isStopped = signal.aborted;
    if (!isStopped || !isAbort(error, signal)) io.note(describeFailure(error));
    if (isStopped) io.note(describeInterruption(countWritten() - before, hasPrinted));
    if (isStopped && isAbort(error, signal)) return COULD_NOT_RUN;
    if (asksForJson(argv) && !hasPrinted) io.result(visibleJson(failureDocument(error)));
    return COULD_NOT_RUN;
  }
}

function describeInterruption(written: number, hasPrinted: boolean): string {
  const files =
    written === 0 ? 'no file was written' : `${written} ${written === 1 ? 'file was' : 'files were'} written`;
  const whole = written === 0 ? '' : ', whole';
  return `interrupted before the end: ${files}${whole}${hasPrinted ? ', and what is printed is not all' : ''}\n`;
}

function isAbort(error: unknown, signal: AbortSignal): boolean {
  return error === signal.reason || (error instanceof Error && error.name === 'AbortError');
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}
