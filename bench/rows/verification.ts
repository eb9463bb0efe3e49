import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type BenchAccount, LATENCY_MS } from '../peers/verify-account';
import { type BenchRow, median } from '../row';
import { type RunVerifier, type VerifierRun, withVerifier } from '../verifier';

const ROUNDS = 7;
/** Runs that do not count, in which V8 compiles the account: AWS is warm as well. */
const WARM_UPS = 10;
/** A collection of all garbage stops the account for 10 to 30 ms; AWS does not stop. */
const NO_FULL_COLLECTIONS = ['--initial-old-space-size=1024'];

/**
 * The time of a verification by the built file beside its longest dependency chain, every request waiting the same
 * time, and the processor time of its process.
 *
 * The chain is what cannot be shortened: finding out who is asking, the longest positive check, the longest negative
 * one, the longest positive once more, and removing the probes; each timed in a run that does one check at a time.
 */
export async function verificationRows(): Promise<readonly BenchRow[]> {
  const execArgv = [...NO_FULL_COLLECTIONS, '--import', 'tsx'];
  const child = fork(join(__dirname, '..', 'peers', 'verify-account.ts'), { execArgv });
  try {
    const [account] = (await once(child, 'message')) as [BenchAccount];
    return await withVerifier(account, measure);
  } finally {
    if (child.connected) child.disconnect();
  }
}

async function measure(run: RunVerifier): Promise<readonly BenchRow[]> {
  for (let warmUp = 0; warmUp < WARM_UPS; warmUp += 1) await run([]);
  const together: VerifierRun[] = [];
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const oneByOne = await run(['--concurrency', '1']);
    const ours = await run([]);
    together.push(ours);
    ratios.push(ours.wallMs / chainOf(oneByOne));
  }
  const title = `verification, ${LATENCY_MS} ms a request`;
  const wallMs = median(together.map((one) => one.wallMs));
  const cpuMs = median(together.map((one) => one.cpuMs));
  return [
    { title, value: wallMs, unit: 'ms', ratios, beside: 'longest chain', goal: { atMost: 1.15 } },
    { title: `${title}, CPU of the client`, value: cpuMs, unit: 'ms', ratios: [] },
  ];
}

function chainOf({ verification, aroundMs }: VerifierRun): number {
  const longest = (wanted: 'positive' | 'negative') =>
    Math.max(...verification.checks.filter(({ kind }) => kind === wanted).map(({ durationMs }) => durationMs));
  return aroundMs + 2 * longest('positive') + longest('negative');
}
