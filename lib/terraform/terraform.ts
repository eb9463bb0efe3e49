import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ProcessEnvironment } from '../process-environment';
import type { MirrorSearch } from './find-mirror';
import { initialize, type ProviderSource } from './init';
import { runJsonCommand } from './json-command';
import { optionalSoftwareFolders } from './mirror-folders';
import { runTerraform, type TerraformRun, terraformFailed } from './run-terraform';
import type { TerraformBinary } from './terraform-binary';
import { terraformEnvironment } from './terraform-environment';

export interface TerraformOptions {
  readonly binary: TerraformBinary;
  /** Folder of the configuration, for example a synthesized stack. */
  readonly folder: string;
  readonly env: ProcessEnvironment;
  /** Each line that Terraform prints, as it comes; also what is being waited for. */
  readonly onOutput?: (line: string) => void;
  /** Ends the run and everything that it started. */
  readonly signal?: AbortSignal;
  /** How long Terraform has to save its state after an abort. @default - 10 seconds */
  readonly interruptGraceMs?: number;
  /** Whether the folder's state is the user's own: `TF_DATA_DIR` and `TF_WORKSPACE` then count. */
  readonly keepWorkspace?: boolean;
  /** @default - `/opt` and `/usr/local` */
  readonly optionalSoftwareFolders?: readonly string[];
}

/** A value of `terraform output -json`. */
export interface TerraformOutput {
  readonly value: unknown;
  readonly type: unknown;
  readonly sensitive: boolean;
}

/** Terraform or OpenTofu in one folder. A step that fails throws a `ToolkitError` with Terraform's own error in it. */
export interface Terraform {
  /** @throws {ToolkitError} `ProviderNotFound`, `TerraformInitFailed` */
  readonly init: () => Promise<ProviderSource>;
  /** @throws {ToolkitError} `TerraformApplyFailed` */
  readonly apply: () => Promise<void>;
  /** @throws {ToolkitError} `TerraformPlanFailed` */
  readonly plan: () => Promise<'no-changes' | 'changes'>;
  /**
   * The plan as `terraform show -json` writes it.
   *
   * @param file - where to keep the plan itself; an absolute path. Left out, it is not kept.
   * @throws {ToolkitError} `TerraformPlanFailed`, `TerraformShowFailed`
   */
  readonly showPlan: (file?: string) => Promise<unknown>;
  /** @throws {ToolkitError} `TerraformOutputFailed` */
  readonly output: () => Promise<Readonly<Record<string, TerraformOutput>>>;
  /** @throws {ToolkitError} `TerraformDestroyFailed` */
  readonly destroy: () => Promise<void>;
}

const PLAN_FILE = 'vault-env.tfplan';
const UNATTENDED = ['-input=false', '-no-color'];

/**
 * Runs Terraform in a folder: never asks, never colours, never phones home.
 *
 * @see https://developer.hashicorp.com/terraform/tutorials/automation/automate-terraform
 */
export function createTerraform(options: TerraformOptions): Terraform {
  const { binary, folder, env } = options;
  const run: TerraformRun = {
    binary,
    folder,
    env: terraformEnvironment(env, { keepWorkspace: options.keepWorkspace ?? false }),
    onOutput: options.onOutput ?? (() => undefined),
    interruptGraceMs: options.interruptGraceMs ?? 10_000,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  };
  const search: MirrorSearch = {
    env,
    folder,
    product: binary.product,
    optionalSoftwareFolders: options.optionalSoftwareFolders ?? optionalSoftwareFolders,
  };
  return {
    init: () => initialize(run, search),
    apply: () => change(run, ['apply', ...UNATTENDED, '-auto-approve'], 'TerraformApplyFailed'),
    plan: () => plan(run, []),
    showPlan: (file) => showPlan(run, file),
    output: () => output(run),
    destroy: () => change(run, ['destroy', ...UNATTENDED, '-auto-approve'], 'TerraformDestroyFailed'),
  };
}

async function change(run: TerraformRun, args: readonly string[], code: string): Promise<void> {
  const result = await runTerraform(run, args);
  if (result.exitCode !== 0) {
    throw terraformFailed(run, { code, args, result });
  }
}

async function plan(run: TerraformRun, extra: readonly string[]): Promise<'no-changes' | 'changes'> {
  const args = ['plan', ...UNATTENDED, '-detailed-exitcode', ...extra];
  const result = await runTerraform(run, args);
  if (result.exitCode !== 0 && result.exitCode !== 2) {
    throw terraformFailed(run, { code: 'TerraformPlanFailed', args, result });
  }
  return result.exitCode === 0 ? 'no-changes' : 'changes';
}

async function showPlan(run: TerraformRun, file: string | undefined): Promise<unknown> {
  if (file !== undefined) return planAndShow(run, file);
  try {
    return await planAndShow(run, PLAN_FILE);
  } finally {
    await rm(join(run.folder, PLAN_FILE), { force: true });
  }
}

async function planAndShow(run: TerraformRun, file: string): Promise<unknown> {
  await plan(run, [`-out=${file}`]);
  return runJsonCommand(run, ['show', '-no-color', '-json', file], 'TerraformShowFailed');
}

async function output(run: TerraformRun): Promise<Readonly<Record<string, TerraformOutput>>> {
  const outputs = await runJsonCommand(run, ['output', '-no-color', '-json'], 'TerraformOutputFailed');
  return outputs as Readonly<Record<string, TerraformOutput>>;
}
