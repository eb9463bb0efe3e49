import { isPublicPolicy } from '../../iam';
import { anyone, service, stranger } from '../rule-kit/callers';
import { exceptHostRole, foreignPrincipals } from '../rule-kit/foreign-principals';
import { factAbout } from '../rule-kit/gathered';
import { judgeKeys, openTo } from '../rule-kit/key-questions';
import { doubt } from '../rule-kit/outcome';
import type { Rule } from '../rule-kit/rule';

export const keyNotPublic: Rule = {
  id: 'key-not-public',
  title: 'No key policy lets in the public, another account but for the role of the host, or a service by itself',
  rationale: 'A key that others can use lets them read the backups.',
  reads: 'key policy, by evaluation of every KMS action for anyone, another account and a service',
  remedy:
    'Name the root of the account as the principal, of the account of the role for what the role gets, and hold it with conditions of fixed values.',
  controls: { fsbp: ['KMS.5'], nist80053r5: ['AC-3', 'AC-6'] },
  equivalents: {
    checkov: ['CKV_AWS_33'],
    prowler: ['kms_key_not_publicly_accessible'],
    beyond: 'scanners look for a wildcard; the rule evaluates who can use the key under the conditions',
  },
  check: (subject) => {
    if (subject.place.account === undefined) {
      const because = 'no input says the account, so nobody can tell who is from outside; name it with --account';
      return subject.keys.map(({ policyAddress }) => doubt(policyAddress, because));
    }
    const actions = subject.catalogue.actionsOf('kms').map(({ name }) => name);
    const callers = [anyone(), stranger(subject), service('s3.amazonaws.com')];
    return judgeKeys(subject, `nobody of outside may do anything with the key${exceptHostRole(subject)}`, (key) => [
      ...callers.flatMap((caller) => {
        const open = openTo(key, caller, actions, subject);
        return open.length === 0 ? [] : [factAbout(open, (actions) => `${caller.title} may ${actions}`, 3)];
      }),
      ...(key.policy.state === 'known' ? foreignPrincipals(key.policy.value, subject) : []),
      ...(key.policy.state === 'known' && isPublicPolicy(key.policy.value) ? ['a statement allows everybody'] : []),
    ]);
  },
};
