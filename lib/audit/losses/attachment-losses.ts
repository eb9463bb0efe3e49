import type { PlannedChange } from '../stack/stack-document';
import type { Loss } from './loss';

/** Policies that a plan takes from a role, which the hosts that have that role then lack. */
export function attachmentLosses(changes: readonly PlannedChange[]): readonly Loss[] {
  // Of a policy that goes itself, what it allowed is compared.
  const gonePolicies = new Set(
    changes
      .filter(({ type, actions }) => type === 'aws_iam_policy' && isGone(actions))
      .map(({ before }) => before?.arn),
  );
  // The loss of the role says more.
  const goneRoles = new Set(
    changes
      .filter(({ type, actions }) => type === 'aws_iam_role' && actions.includes('delete'))
      .map(({ before }) => before?.name),
  );
  return changes.flatMap(({ address, type, actions, before, after }): readonly Loss[] => {
    if (type !== 'aws_iam_role_policy_attachment' || before === undefined || !actions.includes('delete')) return [];
    if (goneRoles.has(before.role)) return [];
    if (after === undefined ? gonePolicies.has(before.policy_arn) : after.role === before.role) return [];
    const [was, is] = [String(before.role), after === undefined ? '(no role)' : String(after.role)];
    const evidence = [
      { at: `${address}: role before`, value: was },
      { at: `${address}: role after`, value: is },
    ];
    const detail = `the role ${was} no longer carries ${String(before.policy_arn)}, so that every host that has this role is locked out`;
    return [{ address, what: 'another-role', detail, isCertain: true, evidence }];
  });
}

function isGone(actions: PlannedChange['actions']): boolean {
  return actions.includes('delete') && !actions.includes('create');
}
