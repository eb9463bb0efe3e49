import { describeDrift } from '../../../audit/permission-drift/describe-drift';
import type { PermissionDrift } from '../../../audit/permission-drift/drift';
import type { EnvironmentPolicies } from '../../../audit/policies/environment-policies';
import { ToolkitError } from '../../../errors';
import { type Policy, type PolicyKind, parsePolicy, printPolicy } from '../../../iam';
import { failed, observe, passed } from '../../check-kit/outcome';
import type { Observation } from '../../result/verification';
import type { Read } from '../live/read';
import { describeDifference, differencesOf, type Settings } from '../settings/settings';
import type { Comparison, ConfigurationOutcome } from './configuration-check';

/** Judges what was read; what could not be read is a doubt, whoever refused it. */
export function whenRead<T>(
  { call, answer }: Read<T>,
  judge: (value: T, seen: readonly Observation[]) => ConfigurationOutcome,
): ConfigurationOutcome {
  const seen = [observe(call, answer)];
  if (answer.ok) return judge(answer.value, seen);
  return { result: 'inconclusive', observed: seen, detail: `${call} answered ${answer.code}: ${answer.message}` };
}

/** Passes when every setting is as it was audited. */
export function judgeSettings(seen: readonly Observation[], audited: Settings, live: Settings): ConfigurationOutcome {
  const differences = differencesOf(audited, live);
  if (differences.length === 0) return passed(seen, 'It is as it was audited.');
  return failed(seen, `${differences.map(describeDifference).join('; ')}.`);
}

/** A policy that was read, and the environment's policies with it in the place of the audited one. */
export interface LivePolicy {
  readonly name: string;
  readonly kind: PolicyKind;
  readonly document: string;
  readonly audited: Policy | undefined;
  readonly inPlace: (policy: Policy) => EnvironmentPolicies;
}

/** Passes when the policy lets the same things happen as the audited one, however it is written. */
export function judgePolicy(
  seen: readonly Observation[],
  { name, kind, document, audited, inPlace }: LivePolicy,
  driftTo: Comparison['driftTo'],
): ConfigurationOutcome {
  return orDoubt(seen, () => {
    const policy = parsePolicy(document, name, { kind });
    if (isSameText(policy, audited)) return passed(seen, 'It is the audited document.');
    const drift = driftTo(inPlace(policy));
    if (drift.length === 0) return passed(seen, 'It is written otherwise, and lets the same things happen.');
    return drifted(seen, drift);
  });
}

/** Fails with what the drift comes to. */
export function drifted(seen: readonly Observation[], drift: readonly PermissionDrift[]): ConfigurationOutcome {
  return { ...failed(seen, `${describeDrifts(drift)}.`), drift };
}

/** A policy that is not understood proves nothing. */
export function orDoubt(seen: readonly Observation[], judge: () => ConfigurationOutcome): ConfigurationOutcome {
  try {
    return judge();
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error;
    return { result: 'inconclusive', observed: seen, detail: `It could not be evaluated: ${error.message}` };
  }
}

const MOST_SENTENCES = 3;

function describeDrifts(drift: readonly PermissionDrift[]): string {
  // The role's access says more than each of its policies by itself.
  const ofRole = drift.filter(({ caller }) => caller === 'the role');
  const telling = [...ofRole, ...drift.filter(({ caller }) => !caller.startsWith('the role'))];
  const shown = telling.length > 0 ? telling : drift;
  const more = shown.length - MOST_SENTENCES;
  const sentences = shown.slice(0, MOST_SENTENCES).map(describeDrift).join('; ');
  return more > 0 ? `${sentences}; and ${more} more` : sentences;
}

/** The same statements in the same order, white space and single values in a list aside. */
export function isSameText(left: Policy, right: Policy | undefined): boolean {
  return right !== undefined && JSON.stringify(printPolicy(left)) === JSON.stringify(printPolicy(right));
}
