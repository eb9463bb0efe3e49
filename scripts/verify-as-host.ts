import { randomUUID } from 'node:crypto';
import type { BackupEnvironment } from '../lib/backup-environment';
import type { Io } from '../lib/cli/io';
import { createProgress, type Progress } from '../lib/cli/progress';
import type { Verification } from '../lib/verify/result/verification';
import type { OnProgress } from '../lib/verify/run/progress';
import { awsSurroundings } from './aws-surroundings';
import type { Context } from './verb';

export interface HostChoice {
  readonly otherBucket?: string | undefined;
  readonly without: readonly string[];
  readonly acceptOtherEndpoints: boolean;
  readonly concurrency: number;
  readonly timeoutMs: number;
  readonly settleMs: number;
}

/** The host's half, with what keeps a person informed. */
export async function verifyConfigAsHost(
  config: BackupEnvironment,
  { otherBucket, ...choices }: HostChoice,
  { io, env, signal }: Context,
): Promise<Verification> {
  const { connectAws } = require('../lib/aws/connect') as typeof import('../lib/aws/connect');
  const { verify } = require('../lib/verify/verify') as typeof import('../lib/verify/verify');
  const { readHostCertificate } =
    require('../lib/doctor/certificate/read-host-certificate') as typeof import('../lib/doctor/certificate/read-host-certificate');
  const hostCertificate = await readHostCertificate(config.host, { env });
  const aws = connectAws({ region: config.aws.region, ...awsSurroundings(env, config) });
  const progress = createProgress(io);
  const { timeoutMs, settleMs, without, concurrency, acceptOtherEndpoints: acceptsOtherEndpoints } = choices;
  const clock = { now: () => new Date(), randomId: randomUUID, timeoutMs, settleMs };
  const onProgress = drawWith(progress, io);
  try {
    return await verify({
      config,
      aws,
      hostCertificate,
      ...clock,
      without,
      concurrency,
      acceptsOtherEndpoints,
      onProgress,
      signal,
      ...(otherBucket !== undefined && { otherBucket }),
    });
  } finally {
    progress.end();
    aws.close();
  }
}

/** A terminal follows every check; a log gets a line for each phase. */
function drawWith(progress: Progress, { isTerminal, columns }: Io): OnProgress {
  const { renderProgressLine } = require('../lib/verify/run/progress') as typeof import('../lib/verify/run/progress');
  let phase: string | undefined;
  return (state) => {
    if (isTerminal || state.phase !== phase) progress.show(renderProgressLine(state, columns));
    phase = state.phase;
  };
}
