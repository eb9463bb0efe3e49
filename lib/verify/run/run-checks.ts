import type { NegativeCheck } from '../check-kit/check';
import type { CheckResult } from '../result/verification';
import { findLaxity } from './enforcement';
import { runNegatives } from './run-negatives';
import { notAsked } from './run-once';
import { runPositives, runPositivesAgain } from './run-positives';
import type { Runtime } from './runtime';
import type { Selection } from './selection';

/** The results of all checks. */
export interface Checked {
  readonly checks: readonly CheckResult[];
  readonly settledMs: number;
}

/** Runs the checks of what must work, of what must be refused, then once more of what must work. */
export async function runChecks({ positives, negatives }: Selection, runtime: Runtime): Promise<Checked> {
  const worked = await runPositives(positives, runtime);
  const { results, settledMs } = await runNegativesWhereSafe(negatives, runtime);
  const checks = [...(await runPositivesAgain(positives, worked, runtime)), ...results];
  return { checks, settledMs };
}

/** Asks nothing that must be refused of a side that does not refuse what AWS refuses. */
async function runNegativesWhereSafe(negatives: readonly NegativeCheck[], runtime: Runtime) {
  const isAsked = negatives.length > 0 && !runtime.isStopped();
  const laxity = isAsked ? await findLaxity(runtime.probesOf(true)('object-put')) : undefined;
  if (laxity === undefined) return runNegatives(negatives, runtime);
  const detail = `It was not tried: the other side is not AWS, or does not check as AWS does, since ${laxity}.`;
  const results = negatives.map((check) => notAsked(check, detail));
  runtime.tally.keep(results);
  return { results, settledMs: runtime.quiet.quietMs() };
}
