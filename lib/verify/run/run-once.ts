import type { Check, Outcome, Probe } from '../check-kit/check';
import { mapLimited } from '../check-kit/map-limited';
import type { CheckResult } from '../result/verification';
import type { ProbeOf } from './probe';
import type { Runtime } from './runtime';

/** A round of tries. */
export interface Round<C extends Check> {
  readonly attempt: number;
  /** Whether the result stands, as far as it is known now; the others are tried again. */
  readonly stands: (check: C, result: CheckResult) => boolean;
  /** Whether objects that an earlier round wrote are as good as new ones. @default false */
  readonly mayReuse?: boolean;
  /** Work beside the checks, begun after them. */
  readonly beside?: (probe: Probe) => Promise<void>;
}

/** Tries every check once, several at a time and the longest first; results keep the order of the checks. */
export async function runEach<C extends Check>(
  checks: readonly C[],
  { attempt, stands, mayReuse = false, beside }: Round<C>,
  runtime: Runtime,
): Promise<readonly CheckResult[]> {
  const probeOf = runtime.probesOf(mayReuse);
  const longestFirst = checks.toSorted((one, other) => (other.steps ?? 1) - (one.steps ?? 1));
  const byId = new Map<string, CheckResult>();
  const tries = longestFirst.map((check) => async () => {
    const result = await runOnce(check, { attempt, probeOf }, runtime);
    if (stands(check, result)) runtime.tally.keep([result]);
    byId.set(check.id, result);
  });
  const tasks = [...tries, ...(beside ? [() => beside(probeOf('object-put'))] : [])];
  await mapLimited(tasks, runtime.concurrency, (task) => task());
  return checks.flatMap(({ id }) => byId.get(id) ?? []);
}

interface Try {
  readonly attempt: number;
  readonly probeOf: ProbeOf;
}

async function runOnce(check: Check, { attempt, probeOf }: Try, runtime: Runtime): Promise<CheckResult> {
  const startedAt = runtime.now().getTime();
  runtime.tally.begin(check.id);
  const outcome = runtime.isStopped() ? NOT_RUN : await check.run(probeOf(check.id));
  return { ...resultOf(check, outcome), attempts: attempt, durationMs: runtime.now().getTime() - startedAt };
}

function resultOf({ id, title, kind, controls, passes, lookAt }: Check, { result, observed, detail }: Outcome) {
  const hint = result === 'pass' ? {} : { lookAt };
  return { id, title, kind, controls, result, expected: passes, observed, detail, ...hint };
}

/** The result of a check that must not be tried. */
export function notAsked(check: Check, why: Pick<Outcome, 'observed' | 'detail'>): CheckResult {
  return { ...resultOf(check, { result: 'inconclusive', ...why }), attempts: 0, durationMs: 0 };
}

const NOT_RUN: Outcome = { result: 'inconclusive', observed: [], detail: 'It was not tried: the run was stopped.' };
