import { judgeIdentityPolicies } from '../rule-kit/identity-policies';
import type { Rule } from '../rule-kit/rule';

export const iamNoFullAccess: Rule = {
  id: 'iam-no-full-access',
  title: 'No policy allows everything',
  rationale: 'Anyone who gets it gets the account.',
  reads: 'identity policies: Action, NotAction, Resource of Allow statements',
  remedy: 'List the actions, and name the resources.',
  controls: {
    fsbp: ['IAM.1'],
    cisV3: ['1.16'],
    cisV5: ['1.15'],
    nist80053r5: ['AC-2', 'AC-3', 'AC-5', 'AC-6', 'AC-6(2)', 'AC-6(3)', 'AC-6(10)'],
  },
  equivalents: {
    checkov: ['CKV2_AWS_40', 'CKV2_AWS_56', 'CKV_AWS_62', 'CKV_AWS_63', 'CKV_AWS_274'],
    prowler: [
      'iam_customer_attached_policy_no_administrative_privileges',
      'iam_customer_unattached_policy_no_administrative_privileges',
      'iam_inline_policy_no_administrative_privileges',
    ],
  },
  check: (subject) =>
    judgeIdentityPolicies(subject, 'no statement allows every action', ({ actions }) => {
      if (actions.negated) return ['allows everything but some actions'];
      return actions.patterns.some((pattern) => /^(\*+|\*:\*)$/.test(pattern)) ? ['allows every action'] : [];
    }),
};
