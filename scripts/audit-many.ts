import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { AuditReport } from '../lib/audit/audit-report';
import { painter } from '../lib/cli/colour';
import { describeFailure } from '../lib/cli/failure';
import { createProgress } from '../lib/cli/progress';
import { ToolkitError, UsageError } from '../lib/errors';
import type { AuditEvidence } from '../lib/evidence';
import { STACK_FILE } from './audit-inputs';
import { auditStack, keep, keepEvidence, stackTextOf } from './audit-one';
import { type AuditOptions, ENDINGS, renderers } from './audit-options';
import type { Context, Task } from './verb';

/** The names of the stacks in a folder like `cdktf.out`; none when it is no such folder. */
export function stacksIn(input: string, { folder }: Context): readonly string[] {
  const stacks = join(resolve(folder, input), 'stacks');
  if (!existsSync(stacks)) return [];
  return readdirSync(stacks)
    .filter((name) => existsSync(join(stacks, name, STACK_FILE)))
    .sort();
}

/** What became of one stack. */
type Outcome = AuditReport['verdict'] | 'error';

/** Audits every stack of a folder, one after the other: a report is written as it comes, and not kept. */
export function auditManyTask(options: AuditOptions, names: readonly string[]): Task {
  return async (context) => {
    assertForMany(options);
    const { loadCatalogue } = require('../lib/catalogue') as typeof import('../lib/catalogue');
    const catalogue = await loadCatalogue();
    const progress = createProgress(context.io);
    const write = writerFor(options, context);
    const outcomes = new Map<Outcome, number>();
    for (const [index, name] of names.entries()) {
      context.signal.throwIfAborted();
      progress.show(`${index + 1} of ${names.length}: ${name}`);
      const input = join(options.input, 'stacks', name);
      const outcome = await orError(name, context, async () => {
        const audited = await auditStack({ ...options, input }, catalogue, context);
        progress.end();
        if (options.evidence !== undefined) await keepEvidence(join(options.evidence, name), audited, context);
        await write.report(name, audited);
        return audited.report.verdict;
      });
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      // Lets a stop signal through.
      await setImmediate();
    }
    progress.end();
    write.end(outcomes);
    if (outcomes.has('error')) return 2;
    return outcomes.get('pass') === names.length ? 0 : 1;
  };
}

/** One stack that cannot be read does not keep the others from being audited. */
async function orError(name: string, { io }: Context, work: () => Promise<Outcome>): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error;
    io.note(`${name}: ${describeFailure(error)}`);
    return 'error';
  }
}

function assertForMany({ plan, baseline, out, format }: AuditOptions): void {
  const refuse = (flag: string, fix: string) => {
    throw new UsageError('BadArguments', `'${flag}' must be for one stack, got: a folder of several\n${fix}`);
  };
  if (plan !== undefined) refuse('--plan', 'Name the folder of the one stack');
  if (baseline !== undefined) refuse('--baseline', 'Name the folder of the one stack');
  if (out === undefined && format !== 'text' && format !== 'json') {
    throw new UsageError(
      'BadArguments',
      `'--format ${format}' must have a folder to write to, got: no --out\nAdd --out <folder>`,
    );
  }
}

interface Writer {
  readonly report: (name: string, audited: AuditEvidence) => Promise<void>;
  readonly end: (outcomes: ReadonlyMap<Outcome, number>) => void;
}

function writerFor(options: AuditOptions, context: Context): Writer {
  const { io, folder } = context;
  const { format, out } = options;
  const paint = painter(out === undefined && io.useColour);
  const render = (audited: AuditEvidence) =>
    renderers()[format](audited.report, { paint, stackText: stackTextOf(audited) });
  const summary = (outcomes: ReadonlyMap<Outcome, number>) =>
    `${[...outcomes].map(([outcome, count]) => `${count} ${outcome}`).join(', ')}\n`;
  if (out !== undefined) {
    return {
      report: async (name, audited) => {
        await keep(render(audited), join(resolve(folder, out), `${name}.${ENDINGS[format]}`));
        io.result(`${audited.report.verdict.padEnd(8)}${name}\n`);
      },
      end: (outcomes) => io.result(summary(outcomes)),
    };
  }
  if (format === 'json') return jsonWriter(io.result, render);
  return {
    report: async (_, audited) => io.result(`${render(audited)}\n`),
    end: (outcomes) => io.result(summary(outcomes)),
  };
}

/** One document, written piece by piece. */
function jsonWriter(result: (text: string) => void, render: (audited: AuditEvidence) => string): Writer {
  let count = 0;
  return {
    report: async (_, audited) => {
      result(`${count === 0 ? '{"version":1,"reports":[\n' : ',\n'}${render(audited).trimEnd()}`);
      count++;
    },
    end: (outcomes) => {
      const start = count === 0 ? '{"version":1,"reports":[' : '\n]';
      const close = count === 0 ? ']' : '';
      result(`${start}${close},"outcomes":${JSON.stringify(Object.fromEntries(outcomes))}}\n`);
    },
  };
}
