import type { Check, Outcome, PositiveCheck, Probe } from './check';
import { mapLimited } from './limited';
import type { Tally } from './tally';
import type { CheckResult } from './verification';

/** Checks under way at the same time. */
const CONCURRENCY = 4;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 5_000;

/** What running checks needs from outside. */
export interface Runtime {
  readonly now: () => Date;
  /** Resolves after the time, or at once when the run is stopped. */
  readonly wait: (durationMs: number) => Promise<void>;
  /** How long positive checks are tried again before their result stands. */
  readonly timeoutMs: number;
  readonly isStopped: () => boolean;
  readonly tally: Tally;
}

/** Tries every check, and those that did not pass again until they do or the time is over. */
export async function runPositives(
  checks: readonly PositiveCheck[],
  probe: Probe,
  runtime: Runtime,
): Promise<readonly CheckResult[]> {
  const results = new Map<PositiveCheck, CheckResult>();
  const deadline = runtime.now().getTime() + runtime.timeoutMs;
  let pending = checks;
  for (let attempt = 1, waitMs = FIRST_WAIT_MS; ; attempt += 1, waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)) {
    runtime.tally.enter('positive');
    await mapLimited(pending, CONCURRENCY, async (check) => {
      const result = await runOnce(check, { probe, runtime, attempt });
      results.set(check, result);
      if (!mayChange(check, result)) runtime.tally.end(result);
    });
    pending = pending.filter((check) => mayChange(check, results.get(check)));
    const isOver = runtime.isStopped() || runtime.now().getTime() + waitMs > deadline;
    if (pending.length === 0 || isOver) break;
    runtime.tally.enter('waiting');
    await runtime.wait(waitMs);
  }
  const inOrder = checks.flatMap((check) => results.get(check) ?? []);
  for (const result of inOrder) runtime.tally.end(result);
  return inOrder;
}

function mayChange(check: PositiveCheck, result: CheckResult | undefined): boolean {
  return result?.result !== 'pass' && (check.isRetried || result?.result === 'inconclusive');
}

/** Tries every check once. */
export async function runNegatives(
  checks: readonly Check[],
  probe: Probe,
  runtime: Runtime,
): Promise<readonly CheckResult[]> {
  runtime.tally.enter('negative');
  return mapLimited(checks, CONCURRENCY, async (check) => {
    const result = await runOnce(check, { probe, runtime, attempt: 1 });
    runtime.tally.end(result);
    return result;
  });
}

interface Try {
  readonly probe: Probe;
  readonly runtime: Runtime;
  readonly attempt: number;
}

async function runOnce(check: Check, { probe, runtime, attempt }: Try): Promise<CheckResult> {
  const startedAt = runtime.now().getTime();
  runtime.tally.begin(check.id);
  const outcome = runtime.isStopped() ? NOT_RUN : await check.run(probe);
  return {
    id: check.id,
    title: check.title,
    kind: check.kind,
    result: outcome.result,
    expected: check.passes,
    observed: outcome.observed,
    detail: outcome.detail,
    ...(outcome.result !== 'pass' && { lookAt: check.lookAt }),
    attempts: attempt,
    durationMs: runtime.now().getTime() - startedAt,
  };
}

const NOT_RUN: Outcome = { result: 'inconclusive', observed: [], detail: 'It was not tried: the run was stopped.' };
