import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { AuditOptions } from './audit-options';
import type { Piece } from './audit-piece';
import type { WorkerAnswer, WorkerInput, WorkerQuestion } from './audit-worker';
import { STACK_FILE } from './main-input';
import { likenessOfStack } from './stack-likeness';
import { toolOf } from './tool';
import type { Context } from './verb';

/** Stacks that may be done or under way, for each thread, beyond the one whose turn it is. */
const AHEAD_PER_THREAD = 16;
/** A stack like none before takes about as long as so many that are like one that the thread has audited. */
const WEIGHT_OF_UNLIKE = 16;
/** Room for what an audit makes and drops; with Node's own, a tenth of the time is collecting it. */
const MOST_YOUNG_MIB = 96;
/** A thread proves what it has not seen among about as many of the last. */
const MOST_SEEN = 64;

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
      const piece = auditBySoonest(threads, names[next] ?? '', options, context);
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
  readonly audit: (name: string, weight: number) => Promise<Piece>;
  /** How much waits for it: stacks, by their weight. */
  readonly waiting: () => number;
  /** How long a stack of this likeness would take it. */
  readonly weightOf: (likeness: string) => number;
  readonly see: (likeness: string) => void;
  /** Lets what is under way come to its end, so that no file is left half written. */
  readonly end: () => Promise<void>;
}

/** Gives a stack to the thread that will be done with it first: stacks that are alike are proven once by each thread that gets one. */
function auditBySoonest(
  threads: readonly Thread[],
  name: string,
  { input }: AuditOptions,
  { folder }: Context,
): Promise<Piece> {
  const likeness = likenessOfStack(join(resolve(folder, input), 'stacks', name, STACK_FILE));
  const doneAfter = (thread: Thread) => thread.waiting() + thread.weightOf(likeness);
  const soonest = threads.reduce((first, thread) => (doneAfter(thread) < doneAfter(first) ? thread : first));
  const piece = soonest.audit(name, soonest.weightOf(likeness));
  soonest.see(likeness);
  return piece;
}

/** A thread that audits one stack after the other; one that died takes a single stack along, and is replaced. */
function createThread(options: AuditOptions, context: Context): Thread {
  let worker: Worker | undefined;
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  const seen = new Set<string>();
  let isEnding = false;
  const run = async (name: string): Promise<Piece> => {
    if (isEnding) throw new Error('the audit has ended');
    worker ??= startWorker(options, context);
    const answer = await ask(worker, { name, tool: toolOf(context.root) });
    if ('piece' in answer) return answer.piece;
    if ('defect' in answer) throw defectOf(answer.defect);
    worker = undefined;
    return { outcome: 'error', notes: `${name}: error (ThreadEnded): its thread ended: ${answer.ended}\n` };
  };
  return {
    audit: (name, weight) => {
      waiting += weight;
      const piece = last
        .then(() => run(name))
        .finally(() => {
          waiting -= weight;
        });
      last = piece.catch(() => undefined);
      return piece;
    },
    waiting: () => waiting,
    weightOf: (likeness) => (seen.has(likeness) ? 1 : WEIGHT_OF_UNLIKE),
    see: (likeness) => {
      const [oldest] = seen;
      if (seen.size >= MOST_SEEN && oldest !== undefined) seen.delete(oldest);
      seen.add(likeness);
    },
    end: async () => {
      isEnding = true;
      await last;
      await worker?.terminate();
    },
  };
}

function startWorker(options: AuditOptions, { env, folder, root, io }: Context): Worker {
  const input: WorkerInput = { options, context: { env: { ...env }, folder, root }, useColour: io.useColour };
  return new Worker(join(__dirname, 'audit-worker.cjs'), {
    workerData: input,
    resourceLimits: { maxYoungGenerationSizeMb: MOST_YOUNG_MIB },
  });
}

/** One stack, one answer; or why there will be none, as when the thread ran out of memory. */
function ask(worker: Worker, question: WorkerQuestion): Promise<WorkerAnswer | { readonly ended: string }> {
  return new Promise((resolve) => {
    const settle = (answer: WorkerAnswer | { readonly ended: string }) => {
      worker.off('message', settle).off('error', onError).off('exit', onExit);
      resolve(answer);
    };
    const onError = (error: Error) => settle({ ended: error.message });
    const onExit = (code: number) => settle({ ended: `exit code ${code}` });
    worker.on('message', settle).on('error', onError).on('exit', onExit);
    worker.postMessage(question);
  });
}

/** The stack trace is that of the thread. */
function defectOf(stack: string): Error {
  const error = new Error('a thread of the audit failed');
  error.stack = stack;
  return error;
}
