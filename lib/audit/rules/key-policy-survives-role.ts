import type { Statement } from '../../iam';
import { judgeKeys } from '../rule-kit/key-questions';
import { doubt } from '../rule-kit/outcome';
import type { Rule } from '../rule-kit/rule';

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-roles */
export const keyPolicySurvivesRole: Rule = {
  id: 'key-policy-survives-role',
  title: 'The key policy survives a role that is deleted and made again',
  rationale:
    'AWS pins a role that a policy names as principal to its id: a role made again under the same name is locked out of every backup.',
  reads: 'key policy: Principal of each Allow statement',
  remedy: 'Name the root of the account as the principal, and the role with ArnEquals aws:PrincipalArn.',
  controls: { nist80053r5: ['CP-9', 'CP-10'] },
  check: (subject) => {
    if (subject.place.account === undefined) {
      return subject.keys.map(({ policyAddress }) =>
        doubt(policyAddress, 'no input says the account; name it with --account'),
      );
    }
    return judgeKeys(subject, 'roles are named by aws:PrincipalArn, not as principals', ({ policy }) =>
      policy.state === 'known' ? policy.value.statements.flatMap(pinned) : [],
    );
  },
};

function pinned({ id, effect, principals }: Statement): readonly string[] {
  if (effect === 'Deny') return [];
  const names = principals?.byType.AWS ?? [];
  return names
    .filter((name) => /:(role|user|assumed-role)\//.test(name) || /^A[A-Z]{2}A[A-Z0-9]{12,}$/.test(name))
    .map((name) => `'${id}' names ${name} as its principal`);
}
