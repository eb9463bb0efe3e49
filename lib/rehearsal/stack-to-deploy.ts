import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ToolkitError } from '../errors';
import { makeFolder } from '../make-folder';
import { synthesize } from '../synthesis/synthesize';
import { VERSIONS_FILES } from '../versions-files';
import type { RehearsingStack } from './rehearsing';
import type { StepOutcome } from './step';

/**
 * The environment's stack in the folder of this rehearsal: synthesized there, or copied as it is. The value is its folder.
 *
 * Whatever backend the stack names, its state is a file of this rehearsal.
 */
export async function stackToDeploy(rehearsing: RehearsingStack): Promise<StepOutcome<string>> {
  const stack = await stackInFolder(rehearsing);
  writeFileSync(
    join(stack.value, 'backend_override.tf.json'),
    localBackend(rehearsing.files.path('terraform.tfstate')),
  );
  return stack;
}

/** @see https://developer.hashicorp.com/terraform/language/files/override#merging-terraform-blocks */
function localBackend(path: string): string {
  return JSON.stringify({ terraform: { backend: { local: { path } } } });
}

async function stackInFolder(rehearsing: RehearsingStack): Promise<StepOutcome<string>> {
  const { stacksFolder, root, environmentsFolder, environment, accountBase, env, files, signal } = rehearsing;
  const outFolder = files.path('cdktf.out');
  if (stacksFolder !== undefined) return copyStack(stacksFolder, environment.name, outFolder);
  const names = accountBase === undefined ? [environment.name] : [];
  const {
    stacks: [stack],
  } = await synthesize({ root, outFolder, environmentsFolder, names, accountBase, env, signal });
  if (stack === undefined) throw new Error(`synthesis left no stack for '${environment.name}'`);
  return { value: stack.folder };
}

/** @throws {ToolkitError} `StackNotFound` */
function copyStack(stacksFolder: string, name: string, outFolder: string) {
  const file = join(stacksFolder, 'stacks', name, 'cdk.tf.json');
  if (!existsSync(file)) {
    throw new ToolkitError(
      'StackNotFound',
      `'${file}' must be a synthesized stack, got: no such file\nRun vault-env synth ${name}`,
    );
  }
  const folder = join(outFolder, 'stacks', name);
  makeFolder(folder);
  copyFileSync(file, join(folder, 'cdk.tf.json'));
  for (const name of VERSIONS_FILES.keys()) {
    const versions = join(dirname(file), name);
    if (existsSync(versions)) copyFileSync(versions, join(folder, name));
  }
  return { value: folder, detail: `copied from ${stacksFolder}` };
}
