import { join } from 'node:path';
import type { Rehearsing } from './rehearsing';
import type { StepOutcome } from './step';
import { synthesize } from './synthesize';

/** Synthesizes the environment's stack; the value is its folder. */
export async function synthesizeOne(rehearsing: Rehearsing): Promise<StepOutcome<string>> {
  const { root, environmentsFolder, environment, env, files, signal, alterStack } = rehearsing;
  const outFolder = files.path('cdktf.out');
  const [stack] = await synthesize({ root, outFolder, environmentsFolder, names: [environment.name], env, signal });
  if (stack === undefined) throw new Error(`synthesis left no stack for '${environment.name}'`);
  alterStack?.(environment.name, join(stack.folder, 'cdk.tf.json'));
  return { value: stack.folder };
}
