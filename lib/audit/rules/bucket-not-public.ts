import { isPublicPolicy } from '../../iam';
import { actionsWhere, judgeBuckets, OVER_TLS } from '../rule-kit/bucket-questions';
import { anyone } from '../rule-kit/callers';
import { factAbout } from '../rule-kit/gathered';
import type { Rule } from '../rule-kit/rule';

export const bucketNotPublic: Rule = {
  id: 'bucket-not-public',
  title: 'No bucket policy lets in the public',
  rationale: 'The public access block is one guard; the policy must not need it.',
  reads: 'aws_s3_bucket_policy: policy, by evaluation for anyone, and as S3 tells a public policy',
  remedy: 'Name the principals; conditions with wildcards do not make a policy private.',
  controls: { fsbp: ['S3.2', 'S3.3'], nist80053r5: ['AC-3', 'AC-6', 'SC-7'] },
  equivalents: {
    checkov: ['CKV_AWS_70'],
    prowler: ['s3_bucket_policy_public_write_access', 's3_bucket_public_access'],
    beyond: 'scanners look at the principal; the rule evaluates who gets in under the conditions',
  },
  check: (subject) =>
    judgeBuckets(subject, 'nothing is allowed to anyone', (ask, bucket) => [
      ...(['bucket', 'object'] as const).flatMap((on) => {
        const open = actionsWhere(
          subject,
          bucket,
          on,
          (action) => ask({ caller: anyone(), action, on, circumstances: OVER_TLS }).result === 'allowed',
        );
        return open.length === 0 ? [] : [factAbout(open, (actions) => `anyone may ${actions} on the ${on}`)];
      }),
      ...(bucket.policy.state === 'known' && isPublicPolicy(bucket.policy.value) ? ['S3 calls the policy public'] : []),
    ]),
};
