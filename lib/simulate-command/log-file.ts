import { closeSync, openSync, writeSync } from 'node:fs';
import { ToolkitError } from '../errors';
import type { RequestLogEntry } from '../simulated-aws';

/** A file that gets the request log, one JSON line for each request as it is answered. */
export interface LogFile {
  readonly append: (entry: RequestLogEntry) => void;
  readonly close: () => void;
}

/**
 * Opens the file and keeps what is in it. It holds no secret, but who did what: it is readable by its owner alone.
 *
 * @throws {ToolkitError} `LogNotWritable`
 */
export function openLogFile(path: string): LogFile {
  const file = open(path);
  return {
    append: (entry) => void writeSync(file, `${JSON.stringify(entry)}\n`),
    close: () => closeSync(file),
  };
}

function open(path: string): number {
  try {
    return openSync(path, 'a', 0o600);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new ToolkitError('LogNotWritable', `'--log' must be a file that can be written, got: ${path} (${code})`, {
      cause,
    });
  }
}
