import { setTimeout as sleep } from 'node:timers/promises';
import type { Aws } from '../aws/connect';
import type { BackupEnvironment } from '../backup-environment/schema';
import { cleanUp } from './cleanup';
import { diagnoseChecks } from './diagnosis/diagnose';
import { guardS3 } from './guard';
import { identify } from './identity';
import { createJournal } from './journal';
import { createProbe } from './probe';
import type { OnProgress } from './progress';
import { type Runtime, runNegatives, runPositives } from './run-checks';
import { createRunScope, type RunScope } from './run-scope';
import { chooseOtherBucket, type Selection, selectChecks } from './selection';
import { createTally } from './tally';
import {
  type CheckResult,
  countsOf,
  type Leftover,
  VERIFICATION_VERSION,
  type Verification,
  verdictOf,
} from './verification';

export interface VerifyOptions {
  readonly config: BackupEnvironment;
  readonly aws: Aws;
  /** An existing bucket of the account that the role must not reach; wins over the config's own. */
  readonly otherBucket?: string;
  readonly onProgress?: OnProgress;
  /** Stops the run: what was not tried is inconclusive, and cleaning up still happens. */
  readonly signal?: AbortSignal;
  readonly now: () => Date;
  /** An id for the run, for example a UUID: 8 to 64 letters, digits or hyphens. */
  readonly randomId: () => string;
  /** How long positive checks are tried again before their result stands. @default 60000 */
  readonly timeoutMs?: number;
  /** Waits between tries; resolves early when the signal fires. @default a timer */
  readonly wait?: (durationMs: number, signal?: AbortSignal) => Promise<void>;
}

const DEFAULT_TIMEOUT_MS = 60_000;

/**
 * Proves with the role's own temporary credentials what the role can do and what it cannot.
 *
 * It writes below `permissions.verificationPrefix` and the run's id alone, and removes what it wrote whatever happens.
 *
 * @throws {ToolkitError} `NoCredentials`, `ExpiredCredentials`, `LongTermCredentials`, `UnknownCheck`,
 *   `OwnBucketAsOther`
 */
export async function verify(options: VerifyOptions): Promise<Verification> {
  const { config, aws, now } = options;
  const selection = selectChecks(config.permissions);
  const otherBucket = chooseOtherBucket(config, options.otherBucket);
  const startedAt = now();
  const runId = options.randomId();
  const { verificationPrefix } = config.permissions;
  const { account } = config.aws;
  const scope = createRunScope({ bucket: config.form.bucketName, account, verificationPrefix, runId });
  const role = await identify(aws);
  const { checks, leftovers } = await runAndCleanUp(options, { selection, scope, runId, otherBucket });
  const results = checks.map((check) => check.result);
  return {
    version: VERIFICATION_VERSION,
    half: 'host',
    verdict: verdictOf(results),
    environment: config.environment,
    account: config.aws.account,
    bucket: config.form.bucketName,
    ...(role !== undefined && { role }),
    ...(isSimulated(aws) && { simulated: true }),
    runId,
    startedAt: startedAt.toISOString(),
    durationMs: now().getTime() - startedAt.getTime(),
    counts: countsOf(results),
    evidence: config.evidence,
    checks: diagnoseChecks(checks, config),
    notExercised: selection.notExercised,
    leftovers,
  };
}

interface Run {
  readonly selection: Selection;
  readonly scope: RunScope;
  readonly runId: string;
  readonly otherBucket: string | undefined;
}

async function runAndCleanUp(options: VerifyOptions, run: Run) {
  const { aws, onProgress = () => undefined } = options;
  const { positives, negatives } = run.selection;
  const journal = createJournal();
  const tally = createTally(positives.length + negatives.length, onProgress);
  const runtime = runtimeOf(options, tally);
  const probe = createProbe(options, { ...run, journal });
  const checks: CheckResult[] = [];
  let leftovers: readonly Leftover[] = [];
  try {
    checks.push(...(await runPositives(positives, probe, runtime)));
    checks.push(...(await runNegatives(negatives, probe, runtime)));
  } finally {
    tally.enter('cleanup');
    // Without the run's signal: what was written is removed, although the run was stopped.
    const s3 = guardS3(aws.s3, { scope: run.scope, journal: createJournal() });
    leftovers = await cleanUp({ s3, scope: run.scope, journal });
  }
  return { checks, leftovers };
}

function runtimeOf(
  { now, signal, timeoutMs = DEFAULT_TIMEOUT_MS, wait = waitFor }: VerifyOptions,
  tally: Runtime['tally'],
) {
  return {
    now,
    timeoutMs,
    tally,
    wait: (durationMs: number) => wait(durationMs, signal),
    isStopped: () => signal?.aborted === true,
  };
}

async function waitFor(durationMs: number, signal?: AbortSignal): Promise<void> {
  await sleep(durationMs, undefined, signal ? { signal } : {}).catch(() => undefined);
}

/** The simulated account says so in its `Server` header. */
function isSimulated(aws: Aws): boolean {
  return [...aws.serverNames()].some((name) => /simulated/i.test(name));
}
