import { existsSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { createProgress } from '../lib/cli/progress';
import { UsageError } from '../lib/errors';
import { fitLines } from '../lib/fit-text';
import { requireFolderOfBaselines } from './approved-baseline';
import type { AuditOptions } from './audit-options';
import { auditPiece, type Outcome, type Piece } from './audit-piece';
import { auditOnThreads } from './audit-threads';
import { STACK_FILE } from './main-input';
import { requireNoneForOne } from './many';
import type { Context, Task } from './verb';

/** The names of the stacks in a folder like `cdktf.out`; none when it is no such folder. */
export function stacksIn(input: string, { folder }: Context): readonly string[] {
  const stacks = join(resolve(folder, input), 'stacks');
  if (!existsSync(stacks)) return [];
  return readdirSync(stacks)
    .filter((name) => existsSync(join(stacks, name, STACK_FILE)))
    .sort();
}

/** A thread takes about as long to start as so many stacks to audit. */
const STACKS_WORTH_A_THREAD = 50;

/** Audits every stack of a folder: a report is written as its turn comes, and not kept. */
export function auditManyTask(options: AuditOptions, names: readonly string[]): Task {
  return async (context) => {
    requireOutForPages(options);
    requireNothingOfOne(options, names.length, context);
    const progress = createProgress(context.io);
    const write = writerFor(options, context);
    const outcomes = new Map<Outcome, number>();
    const pieces = piecesOf(options, names, context);
    try {
      for (const [index, name] of names.entries()) {
        context.signal.throwIfAborted();
        progress.show(`${index + 1} of ${names.length}: ${name}`);
        const { value: piece } = await pieces.next();
        progress.end();
        if (piece === undefined) throw new Error(`'${name}' was not audited`);
        if (piece.notes !== '') context.io.note(piece.notes);
        write.report(name, piece);
        outcomes.set(piece.outcome, (outcomes.get(piece.outcome) ?? 0) + 1);
      }
    } finally {
      await pieces.return();
    }
    write.end(outcomes);
    if (outcomes.has('error')) return 2;
    return outcomes.get('pass') === names.length ? 0 : 1;
  };
}

/** The stacks in their order, audited here or on threads. */
function piecesOf(
  options: AuditOptions,
  names: readonly string[],
  context: Context,
): AsyncGenerator<Piece, void, void> {
  const most = options.jobs ?? Math.min(availableParallelism(), Math.ceil(names.length / STACKS_WORTH_A_THREAD));
  const jobs = Math.min(most, names.length);
  return jobs > 1 ? auditOnThreads(options, names, jobs, context) : auditHere(options, names, context);
}

async function* auditHere(
  options: AuditOptions,
  names: readonly string[],
  context: Context,
): AsyncGenerator<Piece, void, void> {
  const { loadCatalogue } = require('../lib/catalogue') as typeof import('../lib/catalogue');
  const catalogue = await loadCatalogue();
  for (const name of names) {
    yield await auditPiece(options, name, catalogue, context);
    // Lets a stop signal through.
    await setImmediate();
  }
}

function requireNothingOfOne(
  { plan, baseline, baselineSha256, rolePolicy }: AuditOptions,
  count: number,
  context: Context,
): void {
  const ofOne = 'vault-env audit cdktf.out/stacks/<name>';
  requireNoneForOne(
    [
      { option: '--plan', given: plan, fix: `Name the folder of the one stack: ${ofOne} --plan ${plan}` },
      {
        option: '--role-policy',
        given: rolePolicy,
        fix: `Name the folder of the one stack, whose role has them: ${ofOne} --role-policy <file>`,
      },
      {
        option: '--baseline-sha256',
        given: baselineSha256,
        fix: `Name the folder of the one stack, and its report: ${ofOne} --baseline <file> --baseline-sha256 <sum>`,
      },
    ],
    count,
  );
  requireFolderOfBaselines(baseline, count, context);
}

function requireOutForPages({ out, format }: AuditOptions): void {
  if (out === undefined && format !== 'text' && format !== 'json') {
    throw new UsageError(
      'BadArguments',
      `'--format ${format}' must have a folder to write to, got: no --out\nAdd --out <folder>`,
    );
  }
}

interface Writer {
  readonly report: (name: string, piece: Piece) => void;
  readonly end: (outcomes: ReadonlyMap<Outcome, number>) => void;
}

function writerFor({ format, out }: AuditOptions, { io }: Context): Writer {
  if (format === 'json' && out === undefined) return jsonWriter(io.result);
  const report: Writer['report'] = (name, { outcome, text }) => {
    if (outcome === 'error') return;
    const told = text === undefined ? `${outcome.padEnd(8)}${name}\n` : `${text}\n`;
    io.result(format === 'text' ? fitLines(told, io.columns) : told);
  };
  const end: Writer['end'] = (outcomes) =>
    io.result(`${[...outcomes].map(([outcome, count]) => `${count} ${outcome}`).join(', ')}\n`);
  return { report, end };
}

/** A document, written piece by piece. */
function jsonWriter(result: (text: string) => void): Writer {
  let count = 0;
  return {
    report: (_, { text }) => {
      if (text === undefined) return;
      result(`${count === 0 ? '{"version":1,"reports":[\n' : ',\n'}${text.trimEnd()}`);
      count++;
    },
    end: (outcomes) => {
      const start = count === 0 ? '{"version":1,"reports":[' : '\n]';
      const close = count === 0 ? ']' : '';
      result(`${start}${close},"outcomes":${JSON.stringify(Object.fromEntries(outcomes))}}\n`);
    },
  };
}
