import { lifecycleOf } from '../rule-kit/lifecycle';
import { inherited, notApplicable } from '../rule-kit/outcome';
import type { Rule } from '../rule-kit/rule';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/MultiFactorAuthenticationDelete.html */
export const bucketMfaDelete: Rule = {
  id: 'bucket-mfa-delete',
  title: 'Deleting a version needs a second factor, or is out of reach',
  rationale: 'Only the root user can turn MFA delete on, and S3 does not take it together with a lifecycle.',
  reads: 'aws_s3_bucket_lifecycle_configuration; the rule versions-protected makes up for it',
  remedy: 'Keep the role from deleting versions, or turn Object Lock on.',
  controls: {
    fsbp: ['S3.20'],
    cisV3: ['2.1.2'],
    cisV5: ['2.1.2'],
    nist80053r5: ['CA-9(1)', 'CM-2', 'CM-3', 'SC-5(2)'],
  },
  equivalents: {
    prowler: ['s3_bucket_no_mfa_delete'],
    beyond: 'scanners want it beside a lifecycle too, where S3 refuses it',
  },
  check: ({ buckets, read }) =>
    buckets.map((bucket) =>
      lifecycleOf(bucket, read).state === 'known'
        ? notApplicable(
            bucket.resource.address,
            'the bucket has a lifecycle, which excludes MFA delete; versions-protected makes up for it',
          )
        : inherited(bucket.resource.address, 'only the root user of the account can turn MFA delete on'),
    ),
};
