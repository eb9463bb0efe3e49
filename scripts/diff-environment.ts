import { basename, resolve } from 'node:path';
import type { EnvironmentDiff } from '../lib/audit/diff/environment-diff';
import { STACK_FILE } from './main-input';
import { planStack } from './plan-stack';
import type { StackFolders } from './synthesize-several';
import { type Context, shortPath } from './verb';

/** Arguments of `vault-env diff` for one environment. */
export interface DiffOptions {
  readonly environment: string;
  readonly environments: string;
  readonly stacks: string;
  readonly out?: string | undefined;
  readonly waivers?: string | undefined;
  readonly baseline?: string | undefined;
  readonly rolePolicy?: readonly string[] | undefined;
  /** The stacks of several, where these were synthesized already. */
  readonly synthesized?: StackFolders | undefined;
  readonly format: 'text' | 'json';
}

/** Plans an environment and judges the plan; the folder is that of its stack. */
export async function diffEnvironment(options: DiffOptions, context: Context) {
  const { refusedDiff } = library();
  const stackFolder = await synthesizeOne(options, context);
  const plan = await planStack(stackFolder, options.out, context);
  if ('refusals' in plan) return { diff: refusedDiff(basename(stackFolder), plan.refusals), stackFolder };
  return {
    diff: await auditPlan({ stackFolder, planText: JSON.stringify(plan.document) }, options, context),
    stackFolder,
  };
}

async function synthesizeOne(
  { environment, environments, stacks, synthesized }: DiffOptions,
  context: Context,
): Promise<string> {
  if (synthesized !== undefined) return several().stackFolderIn(synthesized, environment);
  const { root, env, folder, signal, io } = context;
  const { synthesize } = require('../lib/synthesis/synthesize') as typeof import('../lib/synthesis/synthesize');
  const {
    stacks: [stack],
  } = await synthesize({
    root,
    outFolder: resolve(folder, stacks),
    environmentsFolder: resolve(folder, environments),
    names: [environment],
    env,
    signal,
    onNote: ({ kind, path, because }) => io.note(`${kind} ${shortPath(path, folder)}: ${because}\n`),
  });
  if (stack === undefined) throw new Error(`synthesis left no stack for '${environment}'`);
  return stack.folder;
}

interface Planned {
  readonly stackFolder: string;
  readonly planText: string;
}

async function auditPlan(planned: Planned, options: DiffOptions, context: Context): Promise<EnvironmentDiff> {
  const { auditStack, stackTextOf } = require('./audit-one') as typeof import('./audit-one');
  const { loadCatalogue } = require('../lib/catalogue') as typeof import('../lib/catalogue');
  const { parseInput } = require('../lib/audit/stack/parse-input') as typeof import('../lib/audit/stack/parse-input');
  const { joinPlan } = require('../lib/audit/subject/join-plan') as typeof import('../lib/audit/subject/join-plan');
  const { plannedAccess } = require('../lib/audit/planned-access') as typeof import('../lib/audit/planned-access');
  const { environments, waivers, baseline, rolePolicy, out = 'plan' } = options;
  const catalogue = await loadCatalogue();
  const evidence = await auditStack(
    {
      input: planned.stackFolder,
      environments,
      plan: out,
      planText: planned.planText,
      waivers,
      baseline,
      rolePolicy,
      asOf: new Date().toISOString().slice(0, 10),
      format: 'json',
    },
    catalogue,
    context,
  );
  const plan = parseInput(planned.planText, out);
  const stack = joinPlan(parseInput(stackTextOf(evidence) ?? '', STACK_FILE), plan);
  const access = baseline === undefined ? plannedAccess(stack, catalogue) : undefined;
  return library().diffOf(evidence.report, plan.changes, access);
}

/** Loaded when it is needed: the help of every verb must come quickly. */
function library() {
  return require('../lib/audit/diff/environment-diff') as typeof import('../lib/audit/diff/environment-diff');
}

/** What several environments are synthesized with at once. */
export function several() {
  return require('./synthesize-several') as typeof import('./synthesize-several');
}
