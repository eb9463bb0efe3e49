import { parentPort, workerData } from 'node:worker_threads';
import { loadCatalogue } from '../lib/catalogue';
import type { AuditOptions } from './audit-options';
import { auditPiece, type Piece } from './audit-piece';
import type { Context } from './verb';

/** The settings of a thread. */
export interface WorkerInput {
  readonly options: AuditOptions;
  readonly context: Pick<Context, 'env' | 'folder' | 'root'>;
  readonly useColour: boolean;
}

/** A thread's answer to a name: the stack's outcome, or the stack trace of a defect. */
export type WorkerAnswer = { readonly piece: Piece } | { readonly defect: string };

const { options, context, useColour } = workerData as WorkerInput;
const io = { result: () => undefined, note: () => undefined, isTerminal: false, columns: 80, useColour };
const catalogue = loadCatalogue();

async function answer(name: string): Promise<WorkerAnswer> {
  try {
    const here: Context = { ...context, io, signal: new AbortController().signal };
    return { piece: await auditPiece(options, name, await catalogue, here) };
  } catch (error) {
    return { defect: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.on('message', async (name: string) => parentPort?.postMessage(await answer(name)));
