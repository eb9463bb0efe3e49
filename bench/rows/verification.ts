import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { connectAws } from '../../lib/aws/connect';
import type { Verification } from '../../lib/verify/verification';
import { verify } from '../../lib/verify/verify';
import type { VerifyOptions } from '../../lib/verify/verify-options';
import { type BenchAccount, LATENCY_MS } from '../peers/verify-account';
import { type BenchRow, median } from '../row';

const ROUNDS = 5;

interface Timed {
  readonly verification: Verification;
  readonly wallMs: number;
  /** What comes before the first check, and after the last. */
  readonly aroundMs: number;
}

/**
 * The time of a verification beside its longest dependency chain, every request waiting the same time.
 *
 * The chain is what cannot be shortened: finding out who is asking, the longest positive check, the longest negative
 * one, the longest positive once more, and removing the probes; each timed in a run that does one check at a time.
 */
export async function verificationRows(): Promise<readonly BenchRow[]> {
  const child = fork(join(__dirname, '..', 'peers', 'verify-account.ts'), { execArgv: ['--import', 'tsx'] });
  try {
    const [account] = (await once(child, 'message')) as [BenchAccount];
    await time(account, {});
    const wallsMs: number[] = [];
    const ratios: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const oneByOne = await time(account, { concurrency: 1 });
      const { wallMs } = await time(account, {});
      wallsMs.push(wallMs);
      ratios.push(wallMs / chainOf(oneByOne));
    }
    const title = `verification, ${LATENCY_MS} ms a request`;
    return [{ title, value: median(wallsMs), unit: 'ms', ratios, beside: 'longest chain', goal: { atMost: 1.15 } }];
  } finally {
    if (child.connected) child.disconnect();
  }
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
