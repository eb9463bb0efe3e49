import type { Proof } from '../../lib/audit/permission-proof/proof';
import { provePermissions } from '../../lib/audit/permission-proof/prove';
import { readStackPolicies } from '../../lib/audit/policies/stack-policies';
import type { Catalogue } from '../../lib/catalogue';
import type { Mutation } from './mutations';

/** The proof of a stack that was changed. */
export function proofOf(stackText: string, catalogue: Catalogue): Proof {
  return provePermissions({ policies: readStackPolicies(stackText, 'mutation'), catalogue });
}

/** Whether the proof fails, and names the statement that was changed, as it is or as missing. */
export function isBlamed(mutation: Mutation, catalogue: Catalogue): boolean {
  const { verdict, items } = proofOf(mutation.stackText, catalogue);
  const failures = items.filter(({ result }) => result === 'fail').map(({ evidence }) => evidence);
  return (
    verdict === 'fail' &&
    failures.some(
      ({ by, lacking = [] }) =>
        lacking.includes(mutation.statement) ||
        by.some(({ policy, statement }) => statement === mutation.statement && policy === mutation.address),
    )
  );
}
