import { provePermissions } from '../lib/audit/permission-proof/prove';
import { readStackPolicies } from '../lib/audit/stack-policies';
import { loadCatalogue } from '../lib/catalogue';
import { EXAMPLES, loadExample, synthesizeStack } from '../test/support/synthesize';

const ROUNDS = 5;

/** The time of the permission proof for each example, beside the time that its catalogue takes to load. */
async function main(): Promise<void> {
  const start = performance.now();
  const catalogue = await loadCatalogue();
  const loadMs = performance.now() - start;
  write(`catalogue of ${catalogue.actions.length} actions: ${loadMs.toFixed(0)} ms`);
  for (const name of ['aes-256', 'aws-kms']) {
    const policies = readStackPolicies(synthesizeStack(loadExample(EXAMPLES, name)).text, name);
    const durations = Array.from({ length: ROUNDS }, () => durationOf(() => provePermissions({ policies, catalogue })));
    const medianMs = durations.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
    write(`proof of ${name}: ${medianMs.toFixed(0)} ms, ${(medianMs / loadMs).toFixed(2)} of the load`);
  }
}

function durationOf(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function write(line: string): void {
  process.stdout.write(`${line}\n`);
}

void main();
