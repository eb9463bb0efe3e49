import { checkDeletionGuard } from '../rule-kit/deletion-guard';
import type { Rule } from '../rule-kit/rule';

export const bucketDeletionGuard: Rule = {
  id: 'bucket-deletion-guard',
  title: 'Terraform neither empties nor destroys a bucket',
  rationale: 'One changed argument that forces a new bucket, or one mistaken destroy, must not delete the backups.',
  reads: 'aws_s3_bucket: force_destroy, lifecycle.prevent_destroy',
  remedy: 'Leave force_destroy false, and set deletionProtection (lifecycle.prevent_destroy) to true.',
  controls: { nist80053r5: ['CP-9', 'SI-12'] },
  check: (subject) =>
    subject.buckets.map(({ resource }) =>
      checkDeletionGuard(resource, [{ path: 'force_destroy', oneOf: ['false'], byDefault: 'false' }], subject),
    ),
};
