import { notApplicable } from '../rule-kit/outcome';
import type { Rule } from '../rule-kit/rule';
import { checkSettings } from '../rule-kit/settings';

const TYPE = 'aws_s3_access_point';
const FLAGS = ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'];

export const accessPointBlock: Rule = {
  id: 'access-point-block',
  title: 'Every access point blocks public access in all four ways',
  rationale: 'An access point is a second door to the bucket, with a block of its own.',
  reads: `${TYPE}: public_access_block_configuration`,
  remedy: 'Leave public_access_block_configuration out, or set all four flags.',
  controls: { fsbp: ['S3.19'], nist80053r5: ['AC-3', 'AC-4', 'AC-6', 'AC-21', 'SC-7'], pciDss401: ['1.4.4'] },
  equivalents: { checkov: ['CKV_AWS_392'], prowler: ['s3_access_point_public_access_block'] },
  check: (subject) => {
    const points = subject.ofType(TYPE);
    if (points.length === 0) return [notApplicable(TYPE, 'the stack makes no access point')];
    const settings = FLAGS.map((flag) => ({
      path: `public_access_block_configuration.${flag}`,
      oneOf: ['true'],
      byDefault: 'true',
    }));
    return points.map((point) => checkSettings(point, settings, subject));
  },
};
