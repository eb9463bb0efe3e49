import type { PositiveCheck, Probe } from '../check-kit/check';
import { namesObjectLock } from '../result/locked-versions';
import type { CheckResult } from '../result/verification';
import { runEach } from './run-once';
import type { Runtime } from './runtime';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 5_000;

/**
 * Tries every check, and those that did not pass again until they do or the time is over.
 *
 * @param beside - done once, beside the first tries
 */
export async function runPositives(
  checks: readonly PositiveCheck[],
  runtime: Runtime,
  beside: (probe: Probe) => Promise<void>,
): Promise<readonly CheckResult[]> {
  return poll(checks, { phase: 'positive', mayChange, beside }, runtime);
}

/**
 * Tries those that passed once more, at the end of the run; what works at one moment alone does not work. Under Object
 * Lock, those whose objects would be kept are left as they are.
 *
 * @param earlier - their results so far
 */
export async function runPositivesAgain(
  checks: readonly PositiveCheck[],
  earlier: readonly CheckResult[],
  runtime: Runtime,
): Promise<readonly CheckResult[]> {
  const before = new Map(earlier.map((result) => [result.id, result]));
  const isAsked = ({ isTriedOnceUnderLock = false }: PositiveCheck) => !(runtime.isLocked && isTriedOnceUnderLock);
  const passed = checks.filter((check) => before.get(check.id)?.result === 'pass' && isAsked(check));
  const again = await poll(
    passed,
    { phase: 'again', mayChange: (_, { result }) => result === 'inconclusive' },
    runtime,
  );
  for (const result of again) before.set(result.id, joined(before.get(result.id), result, runtime));
  return [...before.values()];
}

function joined(before: CheckResult | undefined, after: CheckResult, { isStopped }: Runtime): CheckResult {
  const attempts = (before?.attempts ?? 0) + after.attempts;
  if (after.result === 'pass') return { ...after, attempts };
  if (after.result === 'inconclusive' && isStopped()) return { ...after, ...before, ...WORKED_ONCE };
  return { ...after, attempts, detail: `It worked at first, and no longer at the end. ${after.detail}` };
}

const WORKED_ONCE = {
  result: 'inconclusive',
  detail: 'It worked; whether it still does was not asked at the end: the run was stopped.',
} as const;

interface Polling {
  readonly phase: 'positive' | 'again';
  /** Whether it is worth trying again. */
  readonly mayChange: (check: PositiveCheck, result: CheckResult) => boolean;
  readonly beside?: (probe: Probe) => Promise<void>;
}

async function poll(
  checks: readonly PositiveCheck[],
  { phase, mayChange, beside }: Polling,
  runtime: Runtime,
): Promise<readonly CheckResult[]> {
  const { now, tally, quiet } = runtime;
  const results = new Map<string, CheckResult>();
  const deadline = now().getTime() + runtime.timeoutMs;
  let pending = checks;
  for (let attempt = 1, waitMs = FIRST_WAIT_MS; ; attempt += 1, waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)) {
    tally.enter(phase);
    const stands = (check: PositiveCheck, result: CheckResult) => !isPending(check, result, mayChange);
    const mayReuse = runtime.isLocked && attempt > 1;
    const round = { attempt, stands, mayReuse, ...(beside && attempt === 1 && { beside }) };
    const tried = await runEach(pending, round, runtime);
    if (attempt > 1 && tried.some(({ result }) => result === 'pass')) quiet.noteChange();
    for (const result of tried) {
      // An earlier result stands, where this try was stopped before it could ask.
      const isFound = results.has(result.id) && runtime.isStopped() && result.result === 'inconclusive';
      if (!isFound) results.set(result.id, result);
    }
    pending = pending.filter((check, index) => isPending(check, tried[index], mayChange));
    const isOver = runtime.isStopped() || now().getTime() + waitMs > deadline;
    if (pending.length === 0 || isOver) break;
    tally.enter('waiting');
    await runtime.wait(waitMs);
  }
  tally.keep([...results.values()]);
  return checks.flatMap(({ id }) => results.get(id) ?? []);
}

function isPending(check: PositiveCheck, result: CheckResult | undefined, mayChange: Polling['mayChange']): boolean {
  return result !== undefined && result.result !== 'pass' && mayChange(check, result);
}

/** No waiting ends a lock, and each try would leave one version more. */
function mayChange(check: PositiveCheck, { result, observed }: CheckResult): boolean {
  const isLocked = observed.some(({ answer, message = '' }) => namesObjectLock({ code: answer, message }));
  return (check.isRetried && !isLocked) || result === 'inconclusive';
}
