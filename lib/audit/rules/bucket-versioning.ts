import type { Rule } from '../rule-kit/rule';
import { besideEachBucket } from '../rule-kit/settings';

export const bucketVersioning: Rule = {
  id: 'bucket-versioning',
  title: 'Every bucket keeps the versions of its objects',
  rationale: 'An overwritten or deleted backup can only be brought back from an older version.',
  reads: 'aws_s3_bucket_versioning: versioning_configuration.status',
  remedy: 'Set versioning_configuration.status to Enabled.',
  controls: {
    fsbp: ['S3.14'],
    nist80053r5: ['AU-9(2)', 'CP-6', 'CP-9', 'CP-10', 'SI-12', 'SI-13(5)'],
  },
  equivalents: { checkov: ['CKV_AWS_21'], prowler: ['s3_bucket_object_versioning'] },
  check: besideEachBucket({
    type: 'aws_s3_bucket_versioning',
    settings: [{ path: 'versioning_configuration.status', oneOf: ['Enabled'] }],
    inline: 'versioning',
  }),
};
