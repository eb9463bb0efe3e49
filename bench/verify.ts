import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { connectAws } from '../lib/aws/connect';
import type { Verification } from '../lib/verify/verification';
import { verify } from '../lib/verify/verify';
import type { VerifyOptions } from '../lib/verify/verify-options';
import { type BenchAccount, LATENCY_MS } from './verify-account';

const ROUNDS = 5;

interface Timed {
  readonly verification: Verification;
  readonly wallMs: number;
  /** What comes before the first check, and after the last. */
  readonly aroundMs: number;
}

/**
 * How long a verification takes beside its longest dependency chain, every request waiting the same time.
 *
 * The chain is what cannot be shortened: finding out who is asking, the longest positive check, the longest negative
 * one, the longest positive once more, and removing the probes; each timed in a run that does one check at a time.
 */
async function main(): Promise<void> {
  const child = fork(join(__dirname, 'verify-account.ts'), { execArgv: ['--import', 'tsx'] });
  try {
    const [account] = (await once(child, 'message')) as [BenchAccount];
    await time(account, {});
    const ratios: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) ratios.push(await ratioOf(account));
    const [low, middle, high] = [0, ROUNDS >> 1, ROUNDS - 1].map((at) => [...ratios].sort((a, b) => a - b)[at] ?? 0);
    print(`verify with ${LATENCY_MS} ms for every request: wall time / longest chain`);
    print(`  ${middle?.toFixed(2)}  (${low?.toFixed(2)} to ${high?.toFixed(2)} in ${ROUNDS} rounds)`);
  } finally {
    end(child);
  }
}

async function ratioOf(account: BenchAccount): Promise<number> {
  const oneByOne = await time(account, { concurrency: 1 });
  const together = await time(account, {});
  return together.wallMs / chainOf(oneByOne);
}

function chainOf({ verification, aroundMs }: Timed): number {
  const longest = (wanted: 'positive' | 'negative') =>
    Math.max(...verification.checks.filter(({ kind }) => kind === wanted).map(({ durationMs }) => durationMs));
  return aroundMs + 2 * longest('positive') + longest('negative');
}

async function time(account: BenchAccount, options: Partial<VerifyOptions>): Promise<Timed> {
  const config = JSON.parse(account.config);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: account.endpoint,
    AWS_EC2_METADATA_SERVICE_ENDPOINT: account.metadataEndpoint,
    AWS_CONFIG_FILE: '/nonexistent',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
  });
  const aws = connectAws({ region: config.aws.region, caCertificatesPem: account.caCertificatePem });
  const startedAt = performance.now();
  let firstAt: number | undefined;
  let cleanupAt = startedAt;
  const verification = await verify({
    ...{ config, aws, otherBucket: account.otherBucket, randomId: randomUUID, timeoutMs: 0, settleMs: 0 },
    now: () => new Date(performance.timeOrigin + performance.now()),
    onProgress: ({ phase }) => {
      firstAt ??= performance.now();
      if (phase === 'cleanup') cleanupAt = performance.now();
    },
    ...options,
  });
  const endedAt = performance.now();
  aws.close();
  if (verification.verdict !== 'pass') throw new Error(`the environment does not verify: ${verification.verdict}`);
  const aroundMs = (firstAt ?? startedAt) - startedAt + endedAt - cleanupAt;
  return { verification, wallMs: endedAt - startedAt, aroundMs };
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function end(child: ChildProcess): void {
  if (child.connected) child.disconnect();
}

void main();
