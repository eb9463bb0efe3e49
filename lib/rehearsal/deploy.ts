import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BackupEnvironment, createBackupEnvironment, readOutputs, writeFiles } from '../backup-environment';
import { backupEnvironmentFiles } from '../backup-environment/write-files';
import { ToolkitError } from '../errors';
import type { SimulatedAccount } from '../simulated-aws';
import { createTerraform, type Terraform } from '../terraform';
import type { Rehearsing, RehearsingStack } from './rehearsing';
import { administratorEnvironment } from './simulated-environments';

/** Applies the stack, plans it again and emits its config; undefined when a step did not pass. */
export async function deploy(
  account: SimulatedAccount,
  stackFolder: string,
  rehearsing: Rehearsing,
): Promise<BackupEnvironment | undefined> {
  const terraform = await applyStack(account, stackFolder, rehearsing);
  return terraform && rehearsing.runner.run('emit', () => emit(stackFolder, terraform, rehearsing));
}

/** Applies the stack and plans it again; undefined when a step did not pass. */
export async function applyStack(
  account: SimulatedAccount,
  stackFolder: string,
  rehearsing: RehearsingStack,
): Promise<Terraform | undefined> {
  const { runner } = rehearsing;
  const terraform = terraformIn(stackFolder, account, rehearsing);
  const isDeployed =
    (await runner.run('init', () => initialize(terraform))) &&
    (await runner.run('apply', () => apply(terraform))) &&
    (await runner.run('second-plan', () => planAgain(terraform)));
  return isDeployed ? terraform : undefined;
}

function terraformIn(folder: string, account: SimulatedAccount, rehearsing: RehearsingStack): Terraform {
  const { terraform: binary, signal, runner } = rehearsing;
  return createTerraform({
    binary,
    folder,
    env: deployerEnvironment(rehearsing, account),
    signal,
    onOutput: (line) => runner.note(line),
  });
}

/** The process environment of whoever deploys: the administrator of the environment's account. */
export function deployerEnvironment(
  { env, environment, files }: Pick<RehearsingStack, 'env' | 'environment' | 'files'>,
  { endpoint, administrators, administrator }: SimulatedAccount,
) {
  const { account, region } = environment;
  const reached = { endpoint, certificateFile: files.path('ca.pem'), region, emptyFile: files.path('empty') };
  return administratorEnvironment(env, reached, administrators.get(account) ?? administrator);
}

async function initialize(terraform: Terraform) {
  const source = await terraform.init();
  return { value: true, ...(source.kind === 'mirror' && { detail: `provider from ${source.folder}` }) };
}

async function apply(terraform: Terraform) {
  await terraform.apply();
  return { value: true };
}

async function planAgain(terraform: Terraform) {
  const plan = await terraform.plan();
  if (plan === 'no-changes') return { value: true };
  throw new ToolkitError('PlanNotEmpty', 'a second plan must be empty, got: changes');
}

async function emit(stackFolder: string, terraform: Terraform, { environment, files }: Rehearsing) {
  const text = JSON.stringify(await terraform.output());
  const output = readOutputs({ text, file: stackFolder, environment: environment.name });
  const file = join(stackFolder, 'cdk.tf.json');
  const config = createBackupEnvironment(output, { text: readFileSync(file), file });
  const written = await writeFiles(files.folder, backupEnvironmentFiles(config));
  return { value: config, detail: `${written.length} files` };
}
