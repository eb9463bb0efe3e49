import { basename, dirname, join, resolve } from 'node:path';
import type { AuditInput } from '../lib/audit/audit';
import { BACKEND_OVERRIDE, withBackendOverride } from '../lib/audit/stack/backend-override';
import type { StackDocument } from '../lib/audit/stack/stack-document';
import { ToolkitError } from '../lib/errors';
import type { EvidenceInput } from '../lib/evidence';
import { type BaselineChoice, readApproved, toReport } from './approved-baseline';
import { filesBeside } from './files-beside';
import { type InputText, readInputFile, sumOf } from './input-file';
import { type MainInputChoice, readMainInput } from './main-input';
import type { Context } from './verb';

export interface InputChoice extends MainInputChoice, BaselineChoice {
  readonly plan?: string | undefined;
  /** The plan itself, where it is in no file; `plan` then only says how to call it. */
  readonly planText?: string | undefined;
  readonly waivers?: string | undefined;
}

/** The inputs of one audit. */
export interface AuditInputs extends Pick<AuditInput, 'name' | 'stack' | 'inputs' | 'waivers' | 'baseline'> {
  /** Their content, for the evidence. */
  readonly contents: readonly EvidenceInput[];
}

/** @throws {ToolkitError} `InputNotFound`; `InputTooLarge`; `TwoPlans`; whatever keeps an input from being read */
export async function readAuditInputs(choice: InputChoice, context: Context): Promise<AuditInputs> {
  const { parseInput } = require('../lib/audit/stack/parse-input') as typeof import('../lib/audit/stack/parse-input');
  const { joinPlan } = require('../lib/audit/subject/join-plan') as typeof import('../lib/audit/subject/join-plan');
  const { name, ...main } = await readMainInput(choice, context);
  const beside = filesBeside(resolve(context.folder, main.file));
  const backend = beside.includes(BACKEND_OVERRIDE)
    ? [readInputFile(join(dirname(main.file), BACKEND_OVERRIDE), 'backend', context)]
    : [];
  const stack = withBeside(parseInput(main.text, main.file), beside, backend);
  const first = [{ ...main, kind: stack.source === 'plan' ? ('plan' as const) : main.kind }, ...backend];
  if (choice.plan === undefined) return { name, stack, ...readBeside({ ...choice, name }, first, context) };
  const plan = readPlan(choice.plan, choice.planText, context);
  const planned = parseInput(plan.text, plan.file);
  requireOneOfEach(stack.source, planned.source, choice.plan);
  return { name, stack: joinPlan(stack, planned), ...readBeside({ ...choice, name }, [...first, plan], context) };
}

function readPlan(file: string, text: string | undefined, context: Context): InputText {
  return text === undefined ? readInputFile(file, 'plan', context) : { kind: 'plan', file, text };
}

/** Other files in its folder are deployed with it; of these, only the override of the backend is read here. */
function withBeside(stack: StackDocument, beside: readonly string[], backends: readonly InputText[]): StackDocument {
  const read = backends.reduce((before, { text, file }) => withBackendOverride(before, text, file), stack);
  const others = beside.filter((name) => name !== BACKEND_OVERRIDE);
  if (others.length === 0) return read;
  return { ...read, doubts: [...read.doubts, `Terraform reads more in its folder: ${others.join(', ')}`] };
}

/** The files beside every stack: those of waivers and of the baseline. */
function readBeside(
  { name, waivers, ...choice }: InputChoice & { readonly name: string },
  main: readonly InputText[],
  context: Context,
) {
  const waived = waivers === undefined ? undefined : readInputFile(waivers, 'waivers', context);
  const approved = readApproved(name, choice, context);
  const read = [...main, ...(waived ? [waived] : []), ...(approved ? [approved] : [])];
  return {
    inputs: read.map(({ file, kind, text }) => ({ name: file, kind, sha256: sumOf(text) })),
    contents: read.map(({ kind, text }) => ({ kind, content: text })),
    ...(waived && { waivers: { name: basename(waived.file), file: toWaivers(waived) } }),
    ...(approved && { baseline: { name: approved.file, report: toReport(approved) } }),
  };
}

function toWaivers({ text, file }: InputText) {
  const { parseWaivers } =
    require('../lib/audit/waivers/parse-waivers') as typeof import('../lib/audit/waivers/parse-waivers');
  return parseWaivers(text, file);
}

/** @throws {ToolkitError} `TwoPlans` */
function requireOneOfEach(kind: string, source: string, plan: string): void {
  if (kind === 'synthesized-stack' && source === 'plan') return;
  throw new ToolkitError(
    'TwoPlans',
    `'--plan' must be a plan beside an environment or a synthesized stack, got: ${plan} beside a ${kind}\n` +
      'Name the environment, or its cdk.tf.json, first',
  );
}
