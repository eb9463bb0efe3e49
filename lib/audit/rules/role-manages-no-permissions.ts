import { factAbout, failFor } from '../rule-kit/gathered';
import { allowedActions } from '../rule-kit/identity-questions';
import { doubtOver, pass } from '../rule-kit/outcome';
import type { Rule } from '../rule-kit/rule';

/** Not of AWS's access level, and yet a way to other rights. */
const FURTHER = [
  'sts:AssumeRole',
  'iam:PassRole',
  'kms:CreateGrant',
  's3:PutBucketPolicy',
  's3:PutObjectAcl',
  'lambda:UpdateFunctionCode',
];

export const roleManagesNoPermissions: Rule = {
  id: 'role-manages-no-permissions',
  title: 'The role manages no permissions',
  rationale: 'A role that can change permissions can give itself all of them.',
  reads: "the role's policies, by evaluation of every action whose access level is permissions management",
  remedy: 'Take these actions out of the role; the deployer manages permissions.',
  controls: { nist80053r5: ['AC-5', 'AC-6', 'AC-6(10)'] },
  equivalents: {
    checkov: ['CKV_AWS_286', 'CKV_AWS_289'],
    prowler: ['iam_inline_policy_allows_privilege_escalation', 'iam_policy_allows_privilege_escalation'],
    beyond: 'scanners compare with lists of actions; the rule evaluates every action of permissions management',
  },
  check: ({ roles, catalogue }) =>
    roles.map(({ resource, identity }) => {
      if (identity.state !== 'known') return doubtOver(identity, resource.address, 'what the role may do is not known');
      const managing = catalogue.summary.permissionsManagement;
      const mayNamed = allowedActions(identity.value);
      const open = [...new Set([...FURTHER, ...managing])].filter(mayNamed);
      if (open.length > 0) return failFor(resource.address, [factAbout(open, (actions) => `it may ${actions}`)]);
      return pass(resource.address, `none of ${managing.length} actions that manage permissions`);
    }),
};
