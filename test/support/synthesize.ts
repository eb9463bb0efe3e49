import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Environment } from '../../lib/config/environment';
import { loadExample } from './examples';
import { SynthesizedStack } from './synthesized-stack';

export { EXAMPLES, FIXTURES, loadExample } from './examples';
export { SynthesizedStack } from './synthesized-stack';

/** Where `keep-stacks.cjs` has this run of jest keep what it synthesizes. */
const { VAULT_ENV_TEST_STACKS: kept } = process.env;

/** The stack of an environment, synthesized once in a run of all tests. Tests of the stacks themselves synthesize anew. */
export function synthesizeStack(environment: Environment): SynthesizedStack {
  const sum = createHash('sha256').update(JSON.stringify(environment)).digest('hex');
  const file = kept && join(kept, sum);
  if (file && existsSync(file)) return read(file);
  const stack = synthesizeQuickly(environment);
  if (file) write(file, stack, environment);
  return stack;
}

export function exampleStack(folder: string, name: string): SynthesizedStack {
  return synthesizeStack(loadExample(folder, name));
}

/** As the command does it. CDKTF is only loaded here: that takes as long as a file of tests does. */
function synthesizeQuickly(environment: Environment): SynthesizedStack {
  const { synthesizeNow } = require('./synthesize-now') as typeof import('./synthesize-now');
  const { useQuickTokens } = require('../../stacks/quick-tokens') as typeof import('../../stacks/quick-tokens');
  const giveBack = useQuickTokens();
  try {
    return synthesizeNow(environment);
  } finally {
    giveBack();
  }
}

/** Put into place whole, because other workers read it; with the environment, for who synthesizes it otherwise. */
function write(file: string, { text, versions }: SynthesizedStack, environment: Environment): void {
  const half = `${file}.${process.pid}`;
  writeFileSync(half, JSON.stringify([text, versions, environment]));
  renameSync(half, file);
}

function read(file: string): SynthesizedStack {
  const [text, versions] = JSON.parse(readFileSync(file, 'utf8'));
  return new SynthesizedStack(text, versions);
}
