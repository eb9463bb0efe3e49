import type { NegativeCheck } from '../check-kit/check';
import type { Service } from '../check-kit/service';
import type { CheckResult } from '../result/verification';
import { createEnforcement, type Doubt, type Enforcement } from './enforcement';
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
  const services = new Set(negatives.flatMap((check) => ['S3' as const, ...servicesOf(check)]));
  const enforcement = createEnforcement([...services]);
  // Beside the first checks, which take longer.
  const worked = await runPositives(positives, runtime, enforcement.ask);
  // Who could not do everything yet was perhaps refused for that alone.
  if (worked.some(({ attempts }) => attempts > 1)) enforcement.forget();
  if (!runtime.isStopped()) await enforcement.ask(runtime.probesOf(true)('object-put'));
  const { results, settledMs } = await runNegativesWhereSafe(negatives, enforcement, runtime);
  const checks = [...(await runPositivesAgain(positives, worked, runtime)), ...results];
  return { checks, settledMs };
}

function servicesOf({ asks = ['S3'] }: NegativeCheck): readonly Service[] {
  return asks;
}

/** Asks nothing that must be refused of a service that was not seen to refuse what AWS refuses; where S3 is not AWS's, nothing at all. */
async function runNegativesWhereSafe(
  negatives: readonly NegativeCheck[],
  { doubtAbout }: Enforcement,
  runtime: Runtime,
) {
  if (runtime.isStopped()) return runNegatives(negatives, runtime);
  const forAll: readonly Service[] = doubtAbout('S3')?.isNotAws === true ? ['S3'] : [];
  const unsafe = negatives.flatMap((check) => {
    const doubts = [...forAll, ...servicesOf(check)].map((service) => ({ service, doubt: doubtAbout(service) }));
    const found = doubts.find(({ doubt }) => doubt !== undefined);
    return found?.doubt === undefined ? [] : notAskedOf(check, found.service, found.doubt);
  });
  runtime.tally.keep(unsafe);
  const safe = negatives.filter(({ id }) => !unsafe.some((one) => one.id === id));
  const asked =
    safe.length === 0 ? { results: [], settledMs: runtime.quiet.quietMs() } : await runNegatives(safe, runtime);
  const byId = new Map([...unsafe, ...asked.results].map((result) => [result.id, result]));
  return { results: negatives.flatMap(({ id }) => byId.get(id) ?? []), settledMs: asked.settledMs };
}

function notAskedOf(check: NegativeCheck, service: Service, { reason, observed }: Doubt): CheckResult {
  const detail = `It was not tried, as it was not seen that what answers for ${service} checks as AWS does: ${reason}.`;
  return notAsked(check, { detail, observed });
}
