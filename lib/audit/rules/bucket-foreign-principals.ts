import { readDeclaredKept } from '../policies/declared-kept';
import {
  actionsWhere,
  type BucketQuestion,
  type Circumstances,
  judgeBuckets,
  OVER_TLS,
} from '../rule-kit/bucket-questions';
import { stranger } from '../rule-kit/callers';
import { exceptHostRole, foreignPrincipals } from '../rule-kit/foreign-principals';
import { type Fact, factAbout } from '../rule-kit/gathered';
import { grantedCircumstances } from '../rule-kit/granted-circumstances';
import { doubt } from '../rule-kit/outcome';
import type { Rule } from '../rule-kit/rule';
import type { BucketSubject, Subject } from '../subject/subject';

export const bucketForeignPrincipals: Rule = {
  id: 'bucket-foreign-principals',
  title: 'No bucket policy lets in another account, but for the role of the host and what somebody answers for',
  rationale: 'Whoever may change the policy, the encryption or the ACLs of a bucket owns what is in it.',
  reads: 'aws_s3_bucket_policy: policy, by evaluation for other accounts, and the principals that it names',
  remedy:
    'Take the principals of other accounts out of the bucket policy; hold what the role of the host gets to it by ArnEquals aws:PrincipalArn, and keep on purpose what has to stay (bucketPolicy.keep).',
  controls: { fsbp: ['S3.6'], nist80053r5: ['CA-9(1)', 'CM-2'] },
  equivalents: {
    prowler: ['s3_bucket_cross_account_access'],
    beyond:
      'scanners look for account ids; the rule evaluates every other account, under any condition that it can meet',
  },
  check: (subject) => {
    const named = subject.buckets.find((bucket) => namedElsewhere(bucket, subject).length > 0);
    if (subject.place.account === undefined && named !== undefined) {
      const because = 'no input says the account, so nobody can tell whose the principals are; name it with --account';
      return [doubt(named.resource.address, because)];
    }
    return judgeBuckets(subject, `nothing is allowed to another account${exceptHostRole(subject)}`, (ask, bucket) => {
      const circumstances = circumstancesOf(bucket);
      const openOn = (on: BucketQuestion['on']) => {
        const open = actionsWhere(subject, bucket, on, (action) =>
          circumstances.some(
            (some) => ask({ caller: stranger(subject), action, on, circumstances: some }).result === 'allowed',
          ),
        );
        return open.length === 0 ? [] : [factAbout(open, (actions) => `other accounts may ${actions} on the ${on}`)];
      };
      return [...openOn('bucket'), ...openOn('object'), ...namedElsewhere(bucket, subject)];
    });
  },
};

/** Over TLS, by itself and as each statement would have it. */
function circumstancesOf({ policy }: BucketSubject): readonly Circumstances[] {
  const granted = policy.state === 'known' ? grantedCircumstances(policy.value) : [];
  return [OVER_TLS, ...granted.map((circumstances) => ({ ...circumstances, ...OVER_TLS }))];
}

function namedElsewhere({ policy }: BucketSubject, subject: Subject): readonly Fact[] {
  if (policy.state !== 'known') return [];
  const kept = readDeclaredKept(subject.stack).map(({ sid }) => sid);
  const statements = policy.value.statements.filter(({ id }) => !kept.includes(id));
  return foreignPrincipals({ ...policy.value, statements }, subject);
}
