import type { CheckResult } from '../result/verification';
import { runNegatives } from './run-negatives';
import { runPositives, runPositivesAgain } from './run-positives';
import type { Runtime } from './runtime';
import type { Selection } from './selection';

/** What came of all checks. */
export interface Checked {
  readonly checks: readonly CheckResult[];
  readonly settledMs: number;
}

/** What must work, then what must be refused, then what must work once more. */
export async function runChecks({ positives, negatives }: Selection, runtime: Runtime): Promise<Checked> {
  const worked = await runPositives(positives, runtime);
  const { results, settledMs } = await runNegatives(negatives, runtime);
  const checks = [...(await runPositivesAgain(positives, worked, runtime)), ...results];
  return { checks, settledMs };
}
