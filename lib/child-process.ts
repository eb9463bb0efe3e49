import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import type { ProcessEnvironment } from './process-environment';

const DEFAULT_GRACE_MS = 10_000;

/** A run of a program. */
export interface ChildCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly env: ProcessEnvironment;
  /** @default - that of this process */
  readonly folder?: string;
  /** Ends the child and everything that it started. */
  readonly signal?: AbortSignal;
  /** How long the child may take to end after SIGINT before it is killed. */
  readonly graceMs?: number;
  /** Each line of stdout and stderr as it comes. */
  readonly onLine?: (line: string, stream: 'stdout' | 'stderr') => void;
}

export interface ChildResult {
  /** `null` when a signal ended it. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a program without a shell and without input, in a process group of its own.
 *
 * @throws {Error} when it cannot be started
 */
export async function runChild(command: ChildCommand): Promise<ChildResult> {
  const child = spawn(command.program, command.args, {
    env: { ...command.env },
    ...(command.folder !== undefined && { cwd: command.folder }),
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  const stopWatching = endWith(child, command);
  try {
    const [stdout, stderr, exitCode] = await Promise.all([
      collect(child.stdout, (line) => command.onLine?.(line, 'stdout')),
      collect(child.stderr, (line) => command.onLine?.(line, 'stderr')),
      exitOf(child),
    ]);
    return { exitCode, stdout, stderr };
  } finally {
    stopWatching();
  }
}

/** Ends the child's process group on abort, and at the latest together with this process. */
function endWith(child: ChildProcess, { signal, graceMs = DEFAULT_GRACE_MS }: ChildCommand): () => void {
  let killTimer: NodeJS.Timeout | undefined;
  const interrupt = (): void => {
    sendToGroup(child, 'SIGINT');
    killTimer = setTimeout(() => sendToGroup(child, 'SIGKILL'), graceMs);
  };
  const kill = (): void => sendToGroup(child, 'SIGKILL');
  signal?.addEventListener('abort', interrupt, { once: true });
  process.once('exit', kill);
  if (signal?.aborted) {
    interrupt();
  }
  return () => {
    if (killTimer !== undefined) {
      clearTimeout(killTimer);
      // Remains of the child itself when it ended.
      kill();
    }
    signal?.removeEventListener('abort', interrupt);
    process.removeListener('exit', kill);
  };
}

function sendToGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) {
    return;
  }
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
  } catch {
    // The group is gone already.
  }
}

async function collect(stream: Readable, onLine: (line: string) => void): Promise<string> {
  const lines: string[] = [];
  for await (const line of createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY })) {
    lines.push(line);
    onLine(line);
  }
  return lines.join('\n');
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve(exitCode));
  });
}
