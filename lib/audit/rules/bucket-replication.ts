import { doubt, inherited, pass } from '../rule-kit/outcome';
import type { Rule } from '../rule-kit/rule';

const TYPE = 'aws_s3_bucket_replication_configuration';

export const bucketReplication: Rule = {
  id: 'bucket-replication',
  title: 'The organization decides whether backups are copied to another Region',
  rationale: 'A copy in another Region survives the loss of one, but is a second place to guard.',
  reads: TYPE,
  remedy: 'Decide it in the disaster recovery plan; replication of the bucket belongs in a stack of its own.',
  controls: {
    fsbp: ['S3.7'],
    nist80053r5: ['AU-9(2)', 'CP-6', 'CP-9', 'CP-10', 'SC-5(2)', 'SI-13(5)'],
  },
  equivalents: { checkov: ['CKV_AWS_144'], prowler: ['s3_bucket_cross_region_replication'] },
  check: ({ buckets }) =>
    buckets.map(({ resource, companions }) => {
      const { found, doubtful } = companions(TYPE);
      if (found[0] !== undefined) return pass(found[0].address, 'the bucket is replicated');
      if (doubtful[0] !== undefined)
        return doubt(resource.address, `nobody can tell which bucket ${doubtful[0].address} is about`);
      return inherited(
        resource.address,
        'nothing is replicated by this stack: a second Region is a decision of the organization',
      );
    }),
};
