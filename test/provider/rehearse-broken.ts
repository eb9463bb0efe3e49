import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EnvironmentRehearsal, Rehearsal } from '../../lib/rehearsal/rehearsal';
import { rehearse } from '../../lib/rehearsal/rehearse';
import { synthesize } from '../../lib/synthesis/synthesize';
import { ROOT } from '../e2e/run-vault-env';
import { EXAMPLES } from '../support/examples';
import { type Alteration, alterStackFile } from './alterations';

/** Breaks each stack after its synthesis, and rehearses what is then there. The folder is empty. */
export async function rehearseBroken(alterations: readonly Alteration[], folder: string): Promise<Rehearsal> {
  const { signal } = new AbortController();
  const stacksFolder = join(folder, 'cdktf.out');
  const environmentsFolder = writeEnvironments(alterations, join(folder, 'environments'));
  const base = { root: ROOT, environmentsFolder, names: [], env: process.env, signal };
  await synthesize({ ...base, outFolder: stacksFolder });
  for (const { environment, alter } of alterations) {
    alterStackFile(join(stacksFolder, 'stacks', environment, 'cdk.tf.json'), alter);
  }
  return rehearse({ ...base, stacksFolder, keep: false, onStep: () => undefined });
}

/** Environments that are each a copy of an example, with a bucket of their own. */
function writeEnvironments(alterations: readonly Alteration[], folder: string): string {
  mkdirSync(folder);
  for (const { environment, example } of alterations) {
    const text = readFileSync(join(EXAMPLES, `${example}.yaml`), 'utf8');
    writeFileSync(join(folder, `${environment}.yaml`), text.replace(/^bucket: .*$/m, `bucket: example-${environment}`));
  }
  return folder;
}

function notPassed({ verification }: EnvironmentRehearsal): readonly string[] {
  const checks = (verification?.checks ?? []).filter(({ result }) => result !== 'pass');
  return checks.map(({ id, result }) => `${id} ${result}`).sort();
}

/** The outcome for one environment: its verdict, the first step and every check that did not pass. */
export function outcomeOf({ environments }: Rehearsal, { environment }: Alteration) {
  const result = environments.find(({ name }) => name === environment);
  return {
    verdict: result?.verdict,
    failedAt: result?.steps.find((step) => step.result !== 'pass')?.id,
    notPassed: result && notPassed(result),
  };
}
