import type { Policy } from '../../iam';
import { allowsOn } from '../rule-kit/identity-questions';
import type { Loss } from './loss';

const ACTION = 'kms:Decrypt';
const KEY_ARN = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\//;

/** The identity policies of both times. */
export interface IdentityPolicies {
  readonly before: readonly Policy[];
  readonly after: readonly Policy[];
  /** Whether every policy of afterwards can be read. */
  readonly isComplete: boolean;
}

/** Keys that the role could read with and cannot any more: whatever they encrypted is out of its reach. */
export function decryptLosses({ before, after, isComplete }: IdentityPolicies): readonly Loss[] {
  return before.flatMap((policy) => {
    const named = keysIn(policy).filter((arn) => allowsOn([policy], ACTION, arn));
    const lost = named.filter((arn) => !allowsOn(after, ACTION, arn));
    if (lost.length === 0) return [];
    const keys = lost.join(', ');
    const detail = isComplete
      ? `the role can no longer read objects that ${keys} encrypted; encryption.former keeps them readable`
      : `whether the role may still read objects that ${keys} encrypted is not known`;
    const evidence = lost.flatMap((arn) => [
      { at: `${policy.name}: ${ACTION} before`, value: arn },
      { at: `${policy.name}: ${ACTION} after`, value: isComplete ? '(not allowed)' : '(unknown)' },
    ]);
    return [{ address: policy.name, what: 'decrypt', detail, isCertain: isComplete, evidence }];
  });
}

function keysIn({ statements }: Policy): readonly string[] {
  const named = statements.flatMap(({ effect, resources }) =>
    effect === 'Allow' && resources !== undefined && !resources.negated ? resources.patterns : [],
  );
  return [...new Set(named)].filter((arn) => KEY_ARN.test(arn));
}
