import type { Rule } from '../rule-kit/rule';
import { besideEachBucket } from '../rule-kit/settings';

export const bucketAclsDisabled: Rule = {
  id: 'bucket-acls-disabled',
  title: 'No bucket uses ACLs',
  rationale: 'ACLs grant access besides the policies, object by object, where reviews do not look.',
  reads: 'aws_s3_bucket_ownership_controls: rule.object_ownership',
  remedy: 'Set rule.object_ownership to BucketOwnerEnforced.',
  controls: { fsbp: ['S3.12'], nist80053r5: ['AC-2(1)', 'AC-3', 'AC-3(7)', 'AC-3(15)', 'AC-6'] },
  equivalents: {
    checkov: ['CKV2_AWS_65', 'CKV_AWS_20', 'CKV_AWS_57'],
    prowler: ['s3_bucket_acl_prohibited', 's3_bucket_public_list_acl', 's3_bucket_public_write_acl'],
  },
  check: besideEachBucket({
    type: 'aws_s3_bucket_ownership_controls',
    settings: [{ path: 'rule.object_ownership', oneOf: ['BucketOwnerEnforced'], isGraded: true }],
  }),
};
