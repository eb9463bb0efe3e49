import type { KeyPolicies } from '../../../audit/policies/environment-policies';
import type { Observation } from '../../result/verification';
import type { LiveKey } from '../live/live-environment';
import type { Comparison, ConfigurationOutcome } from './configuration-check';

/** The keys that were audited: the one in use, then those of earlier backups. */
export function auditedKeys({ audited: { policies } }: Pick<Comparison, 'audited'>): readonly KeyPolicies[] {
  return [...(policies.key ? [policies.key] : []), ...policies.formerKeys];
}

/** Those of them that the stack creates; the others belong to somebody else, who also sets their rotation and grants. */
export function createdKeys(comparison: Pick<Comparison, 'audited'>): readonly KeyPolicies[] {
  return auditedKeys(comparison).filter(({ policy }) => policy !== undefined);
}

/** One outcome for all of the keys: the worst, with what was found at each. */
export function judgeKeys(
  keys: readonly KeyPolicies[],
  { live }: Comparison,
  judge: (live: LiveKey, audited: KeyPolicies) => ConfigurationOutcome,
): ConfigurationOutcome {
  const outcomes = keys.map((key) => {
    const read = live.keys.find(({ arn }) => arn === key.arn);
    const outcome: ConfigurationOutcome =
      read === undefined ? { result: 'inconclusive', observed: [], detail: 'The key was not read.' } : judge(read, key);
    return keys.length === 1 ? outcome : { ...outcome, detail: `${key.arn}: ${outcome.detail}` };
  });
  return worstOf(outcomes);
}

const FROM_WORST = ['fail', 'inconclusive', 'pass'] as const;

function worstOf(outcomes: readonly ConfigurationOutcome[]): ConfigurationOutcome {
  const result = FROM_WORST.find((one) => outcomes.some((outcome) => outcome.result === one)) ?? 'inconclusive';
  const telling = outcomes.filter((outcome) => outcome.result === result);
  const observed: readonly Observation[] = outcomes.flatMap((outcome) => outcome.observed);
  const drift = telling.flatMap((outcome) => outcome.drift ?? []);
  const detail = telling.map((outcome) => outcome.detail).join(' ');
  return { result, observed, detail, ...(drift.length > 0 && { drift }) };
}
