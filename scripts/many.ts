import { resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { createProgress } from '../lib/cli/progress';
import { fromSystem } from '../lib/cli/system-error';
import { ToolkitError, UsageError } from '../lib/errors';
import type { JunitCase } from '../lib/summary/junit';
import type { SummaryFormat } from '../lib/summary/render';
import type { Summary, SummaryMember } from '../lib/summary/summary';
import { onlyFailed, passedBefore, readSummary } from './last-summary';
import { toolOf } from './tool';
import { type Context, printText, type Task } from './verb';

/** The options of a verb that takes several. */
export const MANY_OPTIONS = {
  summary: {
    type: 'string',
    requiresArg: true,
    describe: 'File that also receives the summary of several, as JSON',
  },
  'only-failed': {
    type: 'string',
    requiresArg: true,
    describe: 'File of the last summary: only those that did not pass in it',
  },
} as const;

export const MANY_FORMAT = {
  choices: ['text', 'json', 'markdown', 'junit'] as const satisfies readonly SummaryFormat[],
  default: 'text' as const,
  describe: 'Format of the result on standard output',
};

export const SEVERAL_ENVIRONMENTS = {
  type: 'string',
  array: true,
  demandOption: true,
  describe: 'Environments, or the folder of their files; several give one summary',
} as const;

export interface ManyChoice {
  readonly summary?: string | undefined;
  readonly onlyFailed?: string | undefined;
  readonly format: SummaryFormat;
}

export interface Members {
  readonly verb: string;
  readonly names: readonly string[];
  /** Does the verb for one, printing in the format. */
  readonly taskFor: (name: string, format: 'text' | 'json') => Task;
  /** Cases of its document, for a build server; left out, each of several is one case. */
  readonly casesOf?: (document: unknown) => readonly JunitCase[];
  /** Does once what each would do again, before the first. */
  readonly prepare?: (names: readonly string[]) => Promise<void>;
}

/** An option that belongs to one, its value if it was given, and what to do in its place. */
export interface ForOne {
  readonly option: string;
  readonly given: unknown;
  readonly fix: string;
}

/** @throws {UsageError} `BadArguments` */
export function requireNoneForOne(options: readonly ForOne[], count: number): void {
  if (count < 2) return;
  for (const { option, given, fix } of options) {
    if (given === undefined) continue;
    throw new UsageError('BadArguments', `'${option}' must be for one, got: ${count} of them\n${fix}`);
  }
}

/** Does it for each in turn, whatever becomes of the others, and prints one summary. */
export function manyTask(several: Members, choice: ManyChoice): Task {
  const { verb, names } = several;
  return async (context) => {
    const { summarize } = require('../lib/summary/summary') as typeof import('../lib/summary/summary');
    const last = choice.onlyFailed === undefined ? undefined : readSummary(verb, choice.onlyFailed, context);
    const chosen = last === undefined ? names : onlyFailed(names, last, context);
    if (chosen.length > 0) await several.prepare?.(chosen);
    const members: SummaryMember[] = [];
    for (const [index, name] of chosen.entries()) {
      const progress = createProgress(context.io);
      progress.show(`${index + 1} of ${chosen.length}: ${verb} ${name}`);
      progress.end();
      members.push(await runOne(name, several, choice, context));
    }
    const summary = summarize(verb, members, toolOf(context.root));
    printSummary(summary, { format: choice.format, casesOf: several.casesOf }, context);
    const passed = passedBefore(last, names, chosen);
    const whole = summarize(verb, [...passed, ...members], summary.tool);
    if (choice.summary !== undefined) await keepSummary(whole, choice.summary, context);
    return ({ pass: 0, fail: 1, error: 2 } as const)[summary.verdict];
  };
}

const OUTCOMES = { 0: 'pass', 1: 'fail', 2: 'error' } as const;

async function runOne(
  name: string,
  { taskFor, casesOf }: Members,
  { format }: ManyChoice,
  context: Context,
): Promise<SummaryMember> {
  const needsDocument = format === 'json' || (format === 'junit' && casesOf !== undefined);
  const startedAt = performance.now();
  const printed: string[] = [];
  const took = () => ({ durationMs: Math.round(performance.now() - startedAt) });
  // Lets a stop signal through, which work that never waits keeps out.
  await setImmediate();
  context.signal.throwIfAborted();
  try {
    const io = { ...context.io, result: (text: string) => void printed.push(text) };
    const exitCode = await taskFor(name, needsDocument ? 'json' : 'text')({ ...context, io });
    const outcome = OUTCOMES[exitCode];
    const text = printed.join('');
    if (format === 'text' && outcome !== 'pass') context.io.result(`${name}\n\n${text}\n`);
    return { name, outcome, ...took(), ...(needsDocument && { document: JSON.parse(text) }) };
  } catch (thrown) {
    const error = fromSystem(thrown);
    context.signal.throwIfAborted();
    if (!(error instanceof ToolkitError)) throw error;
    return { name, outcome: 'error', ...took(), error: { code: error.code, message: error.message } };
  }
}

interface SummaryLook {
  readonly format: SummaryFormat;
  readonly casesOf?: Members['casesOf'] | undefined;
}

export function printSummary(summary: Summary, { format, casesOf }: SummaryLook, context: Context): void {
  const { SUMMARY_RENDERERS } = require('../lib/summary/render') as typeof import('../lib/summary/render');
  const text = SUMMARY_RENDERERS[format](summary, casesOf);
  if (format === 'text') printText(context, text);
  else context.io.result(text);
}

/** Writes the summary as JSON. */
export async function keepSummary(summary: Summary, name: string, { folder }: Context): Promise<void> {
  const { writeNamedFile } = require('../lib/backup-environment') as typeof import('../lib/backup-environment');
  const { SUMMARY_RENDERERS } = require('../lib/summary/render') as typeof import('../lib/summary/render');
  await writeNamedFile(resolve(folder, name), SUMMARY_RENDERERS.json(summary), '--summary');
}

/** A single one gets its own report, unless a summary is asked for. */
export function isForOne(
  count: number,
  choice: ManyChoice,
): choice is ManyChoice & { readonly format: 'text' | 'json' } {
  const wantsSummary = choice.summary !== undefined || choice.onlyFailed !== undefined;
  return count === 1 && !wantsSummary && (choice.format === 'text' || choice.format === 'json');
}
