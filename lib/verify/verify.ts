// The way of a verification:
//   1. run/selection chooses checks by what the config grants and forbids; run/identity asks who this host is.
//   2. run/probe hands each check guarded calls: guard/guard-rules says what may be sent, guard/journal notes writes.
//   3. run/run-checks asks: what must work (run-positives), what must be refused (run-negatives), what must still work.
//   4. checks/* judge the answers, with check-kit; each comes to pass, fail or inconclusive.
//   5. cleanup/clean-run removes what the journal and a list of the own prefix name.
//   6. verification-of joins it all, with the likely causes of diagnosis/diagnose; report/* print it.

import { wordsOnHost } from '../backup-environment/told-host';
import { type Cleaned, cleanUp } from './cleanup/clean-run';
import { guardS3 } from './guard/guard';
import { createJournal } from './guard/journal';
import { createRunScope, type RunScope } from './guard/run-scope';
import type { Verification } from './result/verification';
import { identify } from './run/identity';
import { createProbes } from './run/probe';
import { type Checked, runChecks } from './run/run-checks';
import { chooseOtherBucket, type Selection, selectChecks } from './run/selection';
import { createTally } from './run/tally';
import { runtimeOf, type VerifyOptions } from './run/verify-options';
import { verificationOf } from './verification-of';

/** On a network that swallows every packet, removing the probes is given up after this time. */
const CLEANUP_TIMEOUT_MS = 60_000;

/**
 * Proves with the role's own temporary credentials what the role can do and what it cannot.
 *
 * It writes below `permissions.verificationPrefix` and the run's id alone, and removes what it wrote whatever happens,
 * except for versions that Object Lock keeps.
 *
 * @throws {ToolkitError} `NoCredentials`, `ExpiredCredentials`, `LongTermCredentials`, `UnknownCheck`,
 *   `OwnBucketAsOther`
 */
export async function verify(options: VerifyOptions): Promise<Verification> {
  const { config, aws, now } = options;
  const selection = selectChecks({
    permissions: config.permissions,
    isLocked: config.aws.objectLock !== undefined,
    without: options.without ?? [],
  });
  const otherBucket = chooseOtherBucket(config, options.otherBucket);
  const startedAt = now();
  const runId = options.randomId();
  const { verificationPrefix } = config.permissions;
  const { account } = config.aws;
  const scope = createRunScope({ bucket: config.form.bucketName, account, verificationPrefix, runId });
  const identity = await identify(aws, wordsOnHost(config), options.signal);
  const ran = await runAndCleanUp(options, { selection, scope, runId, otherBucket });
  return verificationOf(options, { ...ran, selection, identity, runId, startedAt });
}

interface Run {
  readonly selection: Selection;
  readonly scope: RunScope;
  readonly runId: string;
  readonly otherBucket: string | undefined;
}

async function runAndCleanUp(options: VerifyOptions, run: Run) {
  const { aws, config, onProgress = () => undefined } = options;
  const { selection, scope } = run;
  const journal = createJournal();
  const tally = createTally(selection.positives.length + selection.negatives.length, onProgress);
  const runtime = { ...runtimeOf(options), tally, probesOf: createProbes(options, { ...run, journal }) };
  let checked: Checked;
  let cleaned: Cleaned;
  try {
    checked = await runChecks(selection, runtime);
  } finally {
    tally.enter('cleanup');
    // Without the run's signal: what was written is removed, although the run was stopped.
    const signal = AbortSignal.timeout(CLEANUP_TIMEOUT_MS);
    const s3 = guardS3(aws.s3, { scope, journal: createJournal(), signal });
    const { region, objectLock: lock } = config.aws;
    cleaned = await cleanUp({ s3, scope, journal, region, now: options.now, ...(lock && { lock }) });
  }
  return { ...checked, ...cleaned };
}
