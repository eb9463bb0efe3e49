import type { NegativeCheck } from '../check-kit/check';
import type { CheckResult } from '../result/verification';
import { runEach } from './run-once';
import type { Runtime } from './runtime';

/** Rounds at most: the first, one after nothing changed for long enough, and one more when that one differed. */
const ROUNDS = 3;
/** How often a person is told how long it still takes. */
const TICK_MS = 1_000;

/**
 * Tries every check at once, and again when nothing has changed for `settleMs`: a refusal right after a change proves
 * nothing, because AWS may still decide by the policies of before. What two rounds in a row agree on, stands.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
 */
export async function runNegatives(
  checks: readonly NegativeCheck[],
  runtime: Runtime,
): Promise<{ readonly results: readonly CheckResult[]; readonly settledMs: number }> {
  let settledMs = runtime.quiet.quietMs();
  let results = await round(checks, 1, runtime);
  let changed: readonly string[] = [];
  for (let attempt = 2; runtime.settleMs > 0 && attempt <= ROUNDS; attempt += 1) {
    await settle(runtime);
    if (runtime.isStopped()) return { results: results.map(stopped), settledMs };
    settledMs = runtime.quiet.quietMs();
    const before = results;
    results = (await round(checks, attempt, runtime)).map((after, index) => keepFound(before[index], after, runtime));
    changed = results.filter((result, index) => isOpposite(before[index], result)).map(({ id }) => id);
    if (changed.length === 0) break;
    runtime.quiet.noteChange();
  }
  return { results: results.map((result) => (changed.includes(result.id) ? unstable(result) : result)), settledMs };
}

async function round(checks: readonly NegativeCheck[], attempt: number, runtime: Runtime) {
  runtime.tally.enter('negative');
  return runEach(checks, { attempt, stands: () => true, mayReuse: true }, runtime);
}

async function settle({ wait, tally, quiet, settleMs, isStopped }: Runtime): Promise<void> {
  for (;;) {
    const remainingMs = settleMs - quiet.quietMs();
    if (remainingMs <= 0 || isStopped()) return;
    tally.enter('settling', remainingMs);
    await wait(Math.min(TICK_MS, remainingMs));
  }
}

/** From allowed to refused, or back; a doubt in between is no change. */
function isOpposite(before: CheckResult | undefined, after: CheckResult): boolean {
  const seen = new Set([before?.result, after.result]);
  return seen.has('pass') && seen.has('fail');
}

function unstable(result: CheckResult): CheckResult {
  const detail = `AWS's answer changed from one try to the next: verify again when nothing changes. ${result.detail}`;
  return { ...result, result: 'inconclusive', detail };
}

/** The finding of an earlier round stands, where this one was stopped before it could ask. */
function keepFound(before: CheckResult | undefined, after: CheckResult, { isStopped }: Runtime): CheckResult {
  return before !== undefined && isStopped() && after.result === 'inconclusive' ? stopped(before) : after;
}

/** A refusal that was to be tried again, and was not, is none. */
function stopped(result: CheckResult): CheckResult {
  if (result.result !== 'pass') return result;
  const detail = `It was to be tried again when changes had settled, and the run was stopped. ${result.detail}`;
  return { ...result, result: 'inconclusive', detail };
}
