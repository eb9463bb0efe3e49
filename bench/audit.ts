import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { audit } from '../lib/audit/audit';
import { parseInput } from '../lib/audit/parse-input';
import { loadCatalogue } from '../lib/catalogue';
import { main } from '../scripts/main';
import { EXAMPLES, loadExample, synthesizeStack } from '../test/support/synthesize';

const ROUNDS = 5;
const ENVIRONMENTS = 1000;
const MEBIBYTE = 1024 * 1024;

/** The time of one audit after start-up, and the time and memory of a folder of many, as the command goes through it. */
async function bench(): Promise<void> {
  const catalogue = await loadCatalogue();
  for (const name of ['aes-256', 'aws-kms']) {
    const { text } = synthesizeStack(loadExample(EXAMPLES, name));
    const durations = Array.from({ length: ROUNDS }, () => {
      const start = performance.now();
      const stack = parseInput(text, name);
      audit({ name, stack, catalogue, inputs: [], tool: { name: 'bench', version: '0' }, asOf: '2026-01-01' });
      return performance.now() - start;
    });
    const medianMs = durations.sort((left, right) => left - right)[Math.floor(ROUNDS / 2)] ?? 0;
    write(`audit of ${name}: ${medianMs.toFixed(0)} ms`);
  }
  await auditFolder();
}

async function auditFolder(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-audit-'));
  try {
    writeStacks(folder);
    const samples: number[] = [];
    const start = performance.now();
    const io = {
      result: () => void samples.push(process.memoryUsage().rss),
      note: () => undefined,
      isTerminal: false,
      columns: 80,
      useColour: false,
    };
    const surroundings = { env: {}, folder, signal: new AbortController().signal };
    const exitCode = await main(['audit', 'cdktf.out', '--format', 'json'], io, surroundings);
    const seconds = (performance.now() - start) / 1000;
    const half = Math.floor(samples.length / 2);
    write(`${ENVIRONMENTS} environments: ${seconds.toFixed(0)} s, exit code ${exitCode}`);
    write(
      `most memory in the first half ${most(samples.slice(0, half))} MiB, in the second ${most(samples.slice(half))} MiB`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function writeStacks(folder: string): void {
  const { text } = synthesizeStack(loadExample(EXAMPLES, 'aws-kms'));
  for (let index = 0; index < ENVIRONMENTS; index++) {
    const name = `aws-kms-${index}`;
    const stack = join(folder, 'cdktf.out', 'stacks', name);
    mkdirSync(stack, { recursive: true });
    writeFileSync(join(stack, 'cdk.tf.json'), text.replaceAll('vault-backup-aws-kms', `vault-backup-${name}`));
  }
}

function most(samples: readonly number[]): string {
  return (Math.max(...samples) / MEBIBYTE).toFixed(0);
}

function write(line: string): void {
  process.stdout.write(`${line}\n`);
}

void bench();
