import type { Check, Outcome } from './check';
import { mapLimited } from './limited';
import type { Runtime } from './runtime';
import type { CheckResult } from './verification';

/** One round of tries. */
export interface Round<C extends Check> {
  readonly attempt: number;
  /** Whether the result stands, as far as it is known now; the others are tried again. */
  readonly stands: (check: C, result: CheckResult) => boolean;
}

/** Tries every check once, several at a time; results keep the order of the checks. */
export async function runEach<C extends Check>(
  checks: readonly C[],
  { attempt, stands }: Round<C>,
  runtime: Runtime,
): Promise<readonly CheckResult[]> {
  return mapLimited(checks, runtime.concurrency, async (check) => {
    const result = await runOnce(check, attempt, runtime);
    if (stands(check, result)) runtime.tally.keep([result]);
    return result;
  });
}

async function runOnce(check: Check, attempts: number, runtime: Runtime): Promise<CheckResult> {
  const startedAt = runtime.now().getTime();
  runtime.tally.begin(check.id);
  const outcome = runtime.isStopped() ? NOT_RUN : await check.run(runtime.probeOf(check.id));
  return { ...resultOf(check, outcome), attempts, durationMs: runtime.now().getTime() - startedAt };
}

function resultOf({ id, title, kind, controls, passes, lookAt }: Check, { result, observed, detail }: Outcome) {
  const hint = result === 'pass' ? {} : { lookAt };
  return { id, title, kind, controls, result, expected: passes, observed, detail, ...hint };
}

const NOT_RUN: Outcome = { result: 'inconclusive', observed: [], detail: 'It was not tried: the run was stopped.' };
