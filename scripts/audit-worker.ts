import { parentPort, workerData } from 'node:worker_threads';
import { loadCatalogue } from '../lib/catalogue';
import type { Tool } from '../lib/tool';
import type { AuditOptions } from './audit-options';
import { auditPiece, type Piece } from './audit-piece';
import { knowTool } from './tool';
import type { Context } from './verb';

/** The settings of a thread. */
export interface WorkerInput {
  readonly options: AuditOptions;
  readonly context: Pick<Context, 'env' | 'folder' | 'root'>;
  readonly useColour: boolean;
}

/** A stack to audit. */
export interface WorkerQuestion {
  readonly name: string;
  readonly tool: Tool;
}

/** A thread's answer: the stack's outcome, or the stack trace of a defect. */
export type WorkerAnswer = { readonly piece: Piece } | { readonly defect: string };

const { options, context, useColour } = workerData as WorkerInput;
const io = { result: () => undefined, note: () => undefined, isTerminal: false, columns: 80, useColour };
const catalogue = loadCatalogue();

async function answer({ name, tool }: WorkerQuestion): Promise<WorkerAnswer> {
  try {
    knowTool(tool);
    const here: Context = { ...context, io, signal: new AbortController().signal };
    return { piece: await auditPiece(options, name, await catalogue, here) };
  } catch (error) {
    return { defect: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.on('message', async (question: WorkerQuestion) => parentPort?.postMessage(await answer(question)));
