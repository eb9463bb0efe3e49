import type { Rule } from '../rule-kit/rule';
import { besideEachBucket } from '../rule-kit/settings';

const FLAGS = ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'];

export const bucketPublicAccessBlock: Rule = {
  id: 'bucket-public-access-block',
  title: 'Every bucket blocks public access in all four ways',
  rationale: 'One policy or ACL that grants too much must not open the backups to the world.',
  reads: `aws_s3_bucket_public_access_block: ${FLAGS.join(', ')}`,
  remedy: 'Set all four flags of the public access block to true.',
  controls: {
    fsbp: ['S3.8', 'S3.2', 'S3.3'],
    cisV3: ['2.1.4'],
    cisV5: ['2.1.4'],
    nist80053r5: ['AC-3', 'AC-4', 'AC-6', 'AC-21', 'SC-7'],
    pciDss401: ['1.4.4'],
  },
  equivalents: {
    checkov: ['CKV2_AWS_6', 'CKV_AWS_53', 'CKV_AWS_54', 'CKV_AWS_55', 'CKV_AWS_56'],
    prowler: ['s3_bucket_level_public_access_block'],
  },
  check: besideEachBucket({
    type: 'aws_s3_bucket_public_access_block',
    settings: FLAGS.map((path) => ({ path, oneOf: ['true'] })),
  }),
};
