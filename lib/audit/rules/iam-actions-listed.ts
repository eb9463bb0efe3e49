import { factAbout } from '../rule-kit/gathered';
import { judgeIdentityPolicies } from '../rule-kit/identity-policies';
import type { Rule } from '../rule-kit/rule';

export const iamActionsListed: Rule = {
  id: 'iam-actions-listed',
  title: 'Every policy lists its actions singly',
  rationale: 'A pattern like s3:Put* holds ACLs, retention and whatever AWS adds next year.',
  reads: 'identity policies: Action of Allow statements',
  remedy: 'Write out each action, without * and ?.',
  controls: { fsbp: ['IAM.21'], nist80053r5: ['AC-2', 'AC-3', 'AC-5', 'AC-6', 'AC-6(2)', 'AC-6(3)', 'AC-6(10)'] },
  check: (subject) =>
    judgeIdentityPolicies(subject, 'every action is listed singly', ({ actions }) => {
      const wild = actions.patterns.filter((pattern) => /[*?]/.test(pattern));
      return wild.length === 0 && !actions.negated
        ? []
        : [actions.negated ? 'allows all but what it lists' : factAbout(wild, (names) => `allows ${names}`)];
    }),
};
