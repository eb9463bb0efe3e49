import { createHash } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { AuditInput } from '../lib/audit/audit';
import type { ReadInput } from '../lib/audit/report/audit-report';
import { BACKEND_OVERRIDE, withBackendOverride } from '../lib/audit/stack/backend-override';
import type { StackDocument } from '../lib/audit/stack/stack-document';
import { readTextFile } from '../lib/cli/text-file';
import { ToolkitError, UsageError } from '../lib/errors';
import type { EvidenceInput } from '../lib/evidence';
import { isFolder } from './each-environment';
import { filesBeside } from './files-beside';
import { requireEnvironment, synthesizedText } from './synthesized-text';
import type { Context } from './verb';

export interface InputChoice {
  /** Name of an environment, or a path. */
  readonly input: string;
  readonly environments: string;
  readonly plan?: string | undefined;
  /** The plan itself, where it is in no file; `plan` then only says how to call it. */
  readonly planText?: string | undefined;
  readonly waivers?: string | undefined;
  /** A report, or a folder in which the report of each is called by its name. */
  readonly baseline?: string | undefined;
  /** SHA-256 that the baseline must have. */
  readonly baselineSha256?: string | undefined;
}

/** The inputs of one audit. */
export interface AuditInputs extends Pick<AuditInput, 'name' | 'stack' | 'inputs' | 'waivers' | 'baseline'> {
  /** Their content, for the evidence. */
  readonly contents: readonly EvidenceInput[];
}

export const STACK_FILE = 'cdk.tf.json';
/** A plan of a backup environment takes kilobytes; one larger than this would take gigabytes to read. */
const MOST_MEBIBYTES = 64;

const FIX = 'Name an environment, a folder like cdktf.out, a cdk.tf.json or a plan';
const FIXES: Partial<Record<ReadInput['kind'], string>> = {
  waivers: 'Name a YAML file of waivers with --waivers',
  baseline: 'Name a report that audit --format json wrote with --baseline, or a folder with a <name>.json',
};

/** An input, and how reports and messages call it. */
interface InputText {
  readonly kind: ReadInput['kind'];
  readonly file: string;
  readonly text: string;
}

/** @throws {ToolkitError} `InputNotFound`; `InputTooLarge`; `TwoPlans`; whatever keeps an input from being read */
export async function readAuditInputs(choice: InputChoice, context: Context): Promise<AuditInputs> {
  const { parseInput } = require('../lib/audit/stack/parse-input') as typeof import('../lib/audit/stack/parse-input');
  const { joinPlan } = require('../lib/audit/subject/join-plan') as typeof import('../lib/audit/subject/join-plan');
  const { name, ...main } = await readMain(choice, context);
  const beside = filesBeside(resolve(context.folder, main.file));
  const backend = beside.includes(BACKEND_OVERRIDE)
    ? [readFile(join(dirname(main.file), BACKEND_OVERRIDE), 'backend', context)]
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
  return text === undefined ? readFile(file, 'plan', context) : { kind: 'plan', file, text };
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
  { name, waivers, baseline, baselineSha256 }: InputChoice & { readonly name: string },
  main: readonly InputText[],
  context: Context,
) {
  const waived = waivers === undefined ? undefined : readFile(waivers, 'waivers', context);
  const approved =
    baseline === undefined ? undefined : readFile(baselineOf(name, baseline, context), 'baseline', context);
  if (baselineSha256 !== undefined) requireSameSum(approved, baselineSha256);
  const read = [...main, ...(waived ? [waived] : []), ...(approved ? [approved] : [])];
  return {
    inputs: read.map(({ file, kind, text }) => ({ name: file, kind, sha256: sumOf(text) })),
    contents: read.map(({ kind, text }) => ({ kind, content: text })),
    ...(waived && { waivers: { name: basename(waived.file), file: toWaivers(waived) } }),
    ...(approved && { baseline: { name: approved.file, report: toReport(approved) } }),
  };
}

function baselineOf(name: string, baseline: string, context: Context): string {
  return isFolder(baseline, context) ? join(baseline, `${name}.json`) : baseline;
}

/**
 * One report says nothing about the next environment.
 *
 * @throws {UsageError} `BadArguments`
 */
export function requireFolderOfBaselines(baseline: string | undefined, count: number, context: Context): void {
  if (baseline === undefined || count < 2 || isFolder(baseline, context)) return;
  throw new UsageError(
    'BadArguments',
    `'--baseline' must be a folder with a <name>.json of each for ${count} of them, got: ${baseline}\n` +
      'Write them with vault-env audit cdktf.out --format json --out <folder>, and name that folder',
  );
}

/** @throws {ToolkitError} `BaselineChanged` */
function requireSameSum(approved: InputText | undefined, expected: string): void {
  if (!/^[0-9a-f]{64}$/i.test(expected))
    throw new UsageError('BadArguments', `'--baseline-sha256' must be 64 hexadecimal digits, got: ${expected}`);
  const sum = approved === undefined ? 'no baseline' : sumOf(approved.text);
  if (sum === expected.toLowerCase()) return;
  throw new ToolkitError(
    'BaselineChanged',
    `'${approved?.file ?? '--baseline'}' must have the SHA-256 ${expected}, got: ${sum}\n` +
      'Name the report that was approved, byte for byte',
  );
}

function toWaivers({ text, file }: InputText) {
  const { parseWaivers } =
    require('../lib/audit/waivers/parse-waivers') as typeof import('../lib/audit/waivers/parse-waivers');
  return parseWaivers(text, file);
}

function toReport({ text, file }: InputText) {
  const { readBaseline } =
    require('../lib/audit/baseline/read-baseline') as typeof import('../lib/audit/baseline/read-baseline');
  return readBaseline(text, file);
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

async function readMain(
  { input, environments }: InputChoice,
  context: Context,
): Promise<InputText & { readonly name: string }> {
  const path = resolve(context.folder, input);
  const kind = 'synthesized-stack';
  if (existsSync(join(path, STACK_FILE)))
    return { name: basename(path), ...readFile(join(input, STACK_FILE), kind, context) };
  if (isPath(input, path)) {
    return { name: nameOf(path), ...readFile(input, kind, context) };
  }
  const text = await synthesizedText({ environment: input, environments }, context);
  return { name: input, kind, file: `${input}/${STACK_FILE}`, text };
}

/** @throws {ToolkitError} `UnknownEnvironment`; what is wrong with the folder */
export function requireInput({ input, environments }: InputChoice, context: Context): void {
  const path = resolve(context.folder, input);
  if (existsSync(join(path, STACK_FILE)) || isPath(input, path)) return;
  requireEnvironment({ environment: input, environments }, context);
}

function isPath(input: string, path: string): boolean {
  return looksLikePath(input) || (existsSync(path) && statSync(path).isFile());
}

function looksLikePath(input: string): boolean {
  return /[\\/]|\.json$/.test(input);
}

function nameOf(file: string): string {
  return basename(file) === STACK_FILE ? basename(dirname(file)) : basename(file).replace(/\.json$/, '');
}

function readFile(name: string, kind: InputText['kind'], { folder }: Context): InputText {
  const path = resolve(folder, name);
  const bytes = existsSync(path) ? statSync(path).size : 0;
  const mebibytes = bytes / 1024 / 1024;
  if (mebibytes > MOST_MEBIBYTES) {
    throw new ToolkitError(
      'InputTooLarge',
      `'${name}' must be at most ${MOST_MEBIBYTES} MiB, got: ${Math.ceil(mebibytes)} MiB\n` +
        'Plan the backup environment in a configuration of its own',
    );
  }
  return { kind, file: name, text: readTextFile({ path, name, code: 'InputNotFound', fix: FIXES[kind] ?? FIX }) };
}

function sumOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
