import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { AuditOptions } from './audit-options';
import type { Piece } from './audit-piece';
import type { WorkerAnswer, WorkerInput } from './audit-worker';
import type { Context } from './verb';

/** Stacks that may be done or under way, for each thread, beyond the one whose turn it is. */
const AHEAD_PER_THREAD = 4;

/** Audits the stacks of a folder on threads, and gives them in the order of their names. At its end no thread is left. */
export async function* auditOnThreads(
  options: AuditOptions,
  names: readonly string[],
  jobs: number,
  context: Context,
): AsyncGenerator<Piece, void, void> {
  const threads = Array.from({ length: jobs }, () => createThread(options, context));
  const ahead: Promise<Piece>[] = [];
  let next = 0;
  const fill = () => {
    while (next < names.length && ahead.length < jobs * AHEAD_PER_THREAD) {
      const piece = leastBusy(threads).audit(names[next] ?? '');
      // Whoever takes it hears of the failure; one that nobody takes any more is none.
      piece.catch(() => undefined);
      ahead.push(piece);
      next++;
    }
  };
  try {
    for (fill(); ahead.length > 0; fill()) {
      const piece = await ahead[0];
      ahead.shift();
      if (piece !== undefined) yield piece;
    }
  } finally {
    await Promise.all(threads.map((thread) => thread.end()));
  }
}

interface Thread {
  readonly audit: (name: string) => Promise<Piece>;
  /** How many stacks wait for it. */
  readonly waiting: () => number;
  /** Lets what is under way come to its end, so that no file is left half written. */
  readonly end: () => Promise<void>;
}

function leastBusy(threads: readonly Thread[]): Thread {
  return threads.reduce((least, thread) => (thread.waiting() < least.waiting() ? thread : least));
}

/** A thread that audits one stack after the other; one that died takes a single stack along, and is replaced. */
function createThread(options: AuditOptions, context: Context): Thread {
  let worker: Worker | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  let isEnding = false;
  const run = async (name: string): Promise<Piece> => {
    if (isEnding) throw new Error('the audit has ended');
    worker ??= startWorker(options, context);
    const answer = await ask(worker, name);
    if ('piece' in answer) return answer.piece;
    if ('defect' in answer) throw defectOf(answer.defect);
    worker = undefined;
    return { outcome: 'error', notes: `${name}: error (ThreadEnded): its thread ended: ${answer.ended}\n` };
  };
  return {
    audit: (name) => {
      waiting++;
      const piece = last.then(() => run(name)).finally(() => waiting--);
      last = piece.catch(() => undefined);
      return piece;
    },
    waiting: () => waiting,
    end: async () => {
      isEnding = true;
      await last;
      await worker?.terminate();
    },
  };
}

function startWorker(options: AuditOptions, { env, folder, root, io }: Context): Worker {
  const input: WorkerInput = { options, context: { env: { ...env }, folder, root }, useColour: io.useColour };
  return new Worker(join(__dirname, 'audit-worker.cjs'), { workerData: input });
}

/** One name, one answer; or why there will be none, as when the thread ran out of memory. */
function ask(worker: Worker, name: string): Promise<WorkerAnswer | { readonly ended: string }> {
  return new Promise((resolve) => {
    const settle = (answer: WorkerAnswer | { readonly ended: string }) => {
      worker.off('message', settle).off('error', onError).off('exit', onExit);
      resolve(answer);
    };
    const onError = (error: Error) => settle({ ended: error.message });
    const onExit = (code: number) => settle({ ended: `exit code ${code}` });
    worker.on('message', settle).on('error', onError).on('exit', onExit);
    worker.postMessage(name);
  });
}

/** The stack trace is that of the thread. */
function defectOf(stack: string): Error {
  const error = new Error('a thread of the audit failed');
  error.stack = stack;
  return error;
}
