import { existsSync, readFileSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Refusal } from '../lib/audit/diff/refused-plan';
import type { Place } from '../lib/audit/stack/place';
import { createProgress } from '../lib/cli/progress';
import { ToolkitError } from '../lib/errors';
import type { Terraform } from '../lib/terraform';
import { STACK_FILE } from './main-input';
import type { Context } from './verb';

/** The plan as `terraform show -json` writes it, or what is refused in place of one. */
export type PlanOrRefusals = { readonly document: unknown } | { readonly refusals: readonly Refusal[] };

/**
 * Plans a stack in its folder.
 *
 * @param out - file to keep the plan in
 * @throws {ToolkitError} `TerraformPlanFailed`, for a reason that is no refusal; whatever keeps Terraform from planning
 */
export async function planStack(
  stackFolder: string,
  out: string | undefined,
  { env, folder, signal, io }: Context,
): Promise<PlanOrRefusals> {
  const { createTerraform, findTerraform } = require('../lib/terraform') as typeof import('../lib/terraform');
  const progress = createProgress(io);
  const onOutput = (line: string) => (io.isTerminal ? progress.show(line) : undefined);
  const binary = await findTerraform(env, { signal });
  const terraform = createTerraform({ binary, folder: stackFolder, env, signal, onOutput, keepWorkspace: true });
  try {
    const moved = stateMoves(stackFolder, env);
    if (moved.length > 0) return { refusals: moved };
    await terraform.init();
    const refusals = await movesOf(stackFolder, terraform);
    if (refusals.length > 0) return { refusals };
    const file = out === undefined ? undefined : resolve(folder, out);
    return await withoutSeconds(await planOrRefusals(terraform, file), { stackFolder, file }, { env, signal, io });
  } finally {
    progress.end();
  }
}

/** Asked before init, whose own error names neither the old place of the state nor the new one. */
function stateMoves(stackFolder: string, env: Context['env']): readonly Refusal[] {
  const { lastBackend } = require('../lib/terraform') as typeof import('../lib/terraform');
  const { refusedStateMove } =
    require('../lib/audit/diff/refused-plan') as typeof import('../lib/audit/diff/refused-plan');
  const was = lastBackend(stackFolder, env);
  const { backend } = withOverride(stackFolder);
  return was === undefined || backend === undefined ? [] : refusedStateMove(was, backend);
}

function withOverride(stackFolder: string) {
  const { BACKEND_OVERRIDE, withBackendOverride } =
    require('../lib/audit/stack/backend-override') as typeof import('../lib/audit/stack/backend-override');
  const file = join(stackFolder, BACKEND_OVERRIDE);
  const stack = stackIn(stackFolder);
  return existsSync(file) ? withBackendOverride(stack, readFileSync(file, 'utf8'), file) : stack;
}

function stackIn(stackFolder: string) {
  const { parseStackDocument } =
    require('../lib/audit/stack/read-stack-document') as typeof import('../lib/audit/stack/read-stack-document');
  const file = join(stackFolder, STACK_FILE);
  return parseStackDocument(readFileSync(file, 'utf8'), file);
}

/** Asked before a plan: where Terraform does not find what exists, it would make it once more. */
async function movesOf(stackFolder: string, terraform: Terraform): Promise<readonly Refusal[]> {
  const { refusedMoves } = require('../lib/audit/diff/refused-plan') as typeof import('../lib/audit/diff/refused-plan');
  const { whereaboutsByOutput } =
    require('../lib/audit/stack/plan/whereabouts') as typeof import('../lib/audit/stack/plan/whereabouts');
  const { backup_environment: output } = await terraform.output();
  return refusedMoves([whereaboutsByOutput(output?.value)], placeIn(stackFolder));
}

/** A plan that makes what exists already is not kept, so that nobody applies it. */
async function withoutSeconds(
  planned: PlanOrRefusals,
  { stackFolder, file }: { readonly stackFolder: string; readonly file: string | undefined },
  context: Pick<Context, 'env' | 'signal' | 'io'>,
): Promise<PlanOrRefusals> {
  if ('refusals' in planned) return planned;
  const { parseInput } = require('../lib/audit/stack/parse-input') as typeof import('../lib/audit/stack/parse-input');
  const { refusedSeconds } = require('./existing-things') as typeof import('./existing-things');
  const place = placeIn(stackFolder);
  if (!isWhole(place)) return planned;
  const { changes } = parseInput(JSON.stringify(planned.document), 'plan');
  const refusals = await refusedSeconds({ environment: basename(stackFolder), changes, place }, context);
  if (refusals.length === 0) return planned;
  if (file !== undefined) rmSync(file, { force: true });
  return { refusals };
}

function placeIn(stackFolder: string): Partial<Place> {
  const { placeOf } = require('../lib/audit/subject/place') as typeof import('../lib/audit/subject/place');
  return placeOf(stackIn(stackFolder), {});
}

function isWhole(place: Partial<Place>): place is Place {
  return place.account !== undefined && place.region !== undefined && place.partition !== undefined;
}

async function planOrRefusals(terraform: Terraform, file: string | undefined): Promise<PlanOrRefusals> {
  const { refusalsIn } = require('../lib/audit/diff/refused-plan') as typeof import('../lib/audit/diff/refused-plan');
  try {
    return { document: await terraform.showPlan(file) };
  } catch (error) {
    const refusals = error instanceof ToolkitError ? refusalsIn(error.message) : [];
    if (refusals.length === 0) throw error;
    return { refusals };
  }
}
