import { failFor } from '../rule-kit/gathered';
import { inherited, pass } from '../rule-kit/outcome';
import type { Rule } from '../rule-kit/rule';

export const iamNoInlinePolicies: Rule = {
  id: 'iam-no-inline-policies',
  title: 'The role has managed policies of this stack only, none inline',
  rationale: "A managed policy has versions and an ARN to look at; an inline policy, or one of AWS's, changes unseen.",
  reads: 'aws_iam_role_policy, aws_iam_role_policy_attachment, aws_iam_role: inline_policy, managed_policy_arns',
  remedy: 'Write customer-managed policies (aws_iam_policy) and attach them.',
  controls: { fsbp: ['KMS.2'], nist80053r5: ['AC-2', 'AC-3', 'AC-6'] },
  check: ({ roles, stack }) =>
    roles.map(({ resource, exists, inline, elsewhere }) => {
      const inArguments = ['inline_policy', 'managed_policy_arns'].filter(
        (name) => (resource.arguments[name] ?? undefined) !== undefined,
      );
      const unread = stack.resources.filter(({ type }) => type === 'aws_iam_policy_attachment');
      const found = [
        ...[...inline, ...unread].map(({ address }) => address),
        ...elsewhere,
        ...inArguments.map((name) => `the argument '${name}'`),
      ];
      if (found.length > 0) return failFor(resource.address, [`it gets policies from ${found.join(', ')}`]);
      if (exists)
        return inherited(resource.address, 'the role exists already: whoever owns it answers for its other policies');
      return pass(resource.address, 'every policy is attached and of this stack');
    }),
};
