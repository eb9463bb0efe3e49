import { administrator } from '../rule-kit/callers';
import { grantingFact } from '../rule-kit/key-grants';
import { DATA_ACTIONS, judgeKeys, openTo } from '../rule-kit/key-questions';
import { doubt, listing } from '../rule-kit/outcome';
import type { Rule } from '../rule-kit/rule';

export const keyAdministration: Rule = {
  id: 'key-administration',
  title: 'Administrators of the account keep the key in order, and cannot read data with it',
  rationale: 'With kms:* for the account, everyone whose IAM policies are wide enough can decrypt the backups.',
  reads: 'key policy, by evaluation for an administrator, directly and through S3',
  remedy:
    'List the administrative actions for the root of the account; allow Decrypt and GenerateDataKey to the role only.',
  controls: { nist80053r5: ['AC-5', 'AC-6', 'SC-12'], pciDss401: ['3.6.1.2'] },
  check: (subject) => {
    if (subject.place.account === undefined) {
      return subject.keys.map(({ policyAddress }) =>
        doubt(policyAddress, 'no input says the account; name it with --account'),
      );
    }
    return judgeKeys(subject, 'no administrator may read or write data with the key', (key) => {
      const open = openTo(key, administrator(subject), DATA_ACTIONS, subject);
      if (open.length === 0 || key.policy.state !== 'known') return [];
      return [grantingFact(key.policy.value, open, `an administrator may ${listing(open, DATA_ACTIONS.length)}`)];
    });
  },
};
