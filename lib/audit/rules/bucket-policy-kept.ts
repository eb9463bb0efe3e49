import { isPublicPolicy, type Policy } from '../../iam';
import { declaredEntries, isWhole, KEPT_OUTPUT } from '../policies/declared-kept';
import { doubt, fail, pass } from '../rule-kit/outcome';
import type { Outcome, Rule } from '../rule-kit/rule';

const AT = `output.${KEPT_OUTPUT}`;

export const bucketPolicyKept: Rule = {
  id: 'bucket-policy-kept',
  title: 'Every statement of the bucket policy that is kept has a reason and an owner, and opens nothing to the public',
  rationale: 'A statement that nobody answers for stays for ever, and no reason justifies letting in the public.',
  reads: `${AT}; aws_s3_bucket_policy: policy`,
  remedy: 'Name reason and owner under bucketPolicy.keep in the environment file, and the principals one by one.',
  controls: { nist80053r5: ['AC-3', 'AC-6', 'PM-10'] },
  check: ({ stack, buckets: [bucket] }) => {
    const entries = declaredEntries(stack);
    if (entries.length === 0 || bucket === undefined) return [];
    if (bucket.policy.state === 'unknown') return [doubt(AT, `the policy is not known: ${bucket.policy.because}`)];
    const policy = bucket.policy.state === 'known' ? bucket.policy.value : undefined;
    return entries.map((entry, index) => ({ about: nameOf(entry, index), ...judge(entry, policy) }));
  },
};

function judge(entry: unknown, policy: Policy | undefined): Outcome {
  if (!isWhole(entry)) return fail(AT, 'a kept statement needs a sid, a reason and an owner');
  const { sid, reason, owner } = entry;
  const statements = policy?.statements.filter(({ id }) => id === sid) ?? [];
  if (policy === undefined || statements.length === 0) return fail(AT, `the policy has no statement '${sid}'`);
  if (isPublicPolicy({ ...policy, statements })) return fail(AT, `'${sid}' opens the bucket to the public`);
  return pass(AT, `'${sid}' is kept by ${owner}: ${reason}`);
}

function nameOf(entry: unknown, index: number): string {
  return isWhole(entry) ? entry.sid : String(index);
}
