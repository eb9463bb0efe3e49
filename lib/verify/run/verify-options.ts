import { setTimeout as sleep } from 'node:timers/promises';
import type { Aws } from '../../aws/connect';
import type { BackupEnvironment } from '../../backup-environment/schema';
import type { HostCertificate } from '../check-kit/check';
import type { OnProgress } from './progress';
import { createQuiet, type Runtime } from './runtime';

export interface VerifyOptions {
  readonly config: BackupEnvironment;
  readonly aws: Aws;
  /** An existing bucket of the account that the role must not reach; wins over the config's own. */
  readonly otherBucket?: string;
  /** Of a host outside of AWS, where this process may read it. */
  readonly hostCertificate?: HostCertificate | undefined;
  readonly onProgress?: OnProgress;
  /** Stops the run: what was not tried is inconclusive, and cleaning up still happens. */
  readonly signal?: AbortSignal;
  readonly now: () => Date;
  /** An id for the run, for example a UUID: 8 to 64 letters, digits or hyphens. */
  readonly randomId: () => string;
  /** How long positive checks are tried again before their result stands. @default 60000 */
  readonly timeoutMs?: number;
  /**
   * How long nothing may have changed before a refusal is believed: the negative checks are tried at once and again
   * after that time. 0 tries them once. @default 60000
   */
  readonly settleMs?: number;
  /** Whether answers of others than AWS are good enough for a pass, as in a rehearsal. @default false */
  readonly acceptsOtherEndpoints?: boolean;
  /** Ids of checks that are left out, for example because the host cannot reach what they ask. @default none */
  readonly without?: readonly string[];
  /** Checks under way at the same time. @default 32 */
  readonly concurrency?: number;
  /** Waits between tries; resolves early when the signal fires. @default a timer */
  readonly wait?: (durationMs: number, signal?: AbortSignal) => Promise<void>;
}

const DEFAULT_TIMEOUT_MS = 60_000;
const DEFAULT_SETTLE_MS = 60_000;
/** Enough for every check of a round and the questions beside them: none waits for another. */
export const DEFAULT_CONCURRENCY = 32;

/** The settings for running checks that come from the options. */
export function runtimeOf({
  config,
  now,
  signal,
  wait = waitFor,
  ...options
}: VerifyOptions): Omit<Runtime, 'tally' | 'probesOf'> {
  return {
    now,
    timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    settleMs: options.settleMs ?? DEFAULT_SETTLE_MS,
    concurrency: options.concurrency ?? DEFAULT_CONCURRENCY,
    isLocked: config.aws.objectLock !== undefined,
    quiet: createQuiet(now),
    wait: (durationMs: number) => wait(durationMs, signal),
    isStopped: () => signal?.aborted === true,
  };
}

async function waitFor(durationMs: number, signal?: AbortSignal): Promise<void> {
  await sleep(durationMs, undefined, signal ? { signal } : {}).catch(() => undefined);
}
