import { failed, passed } from '../../check-kit/outcome';
import type { ConfigurationCheck } from '../comparison/configuration-check';
import { whenRead } from '../comparison/judge';

export const bucketCopies: ConfigurationCheck = {
  id: 'bucket-copies',
  title: 'Objects are not replicated to another bucket',
  controls: ['NIST.800-53.r5 AC-4'],
  reads: ['GetBucketReplication'],
  passes: 'No replication: the stack sets none up.',
  lookAt: 'Replication rules, under Management: each of them copies backups out of the bucket.',
  judge: ({ live }) =>
    whenRead(live.bucket.replicatesTo, (targets, seen) =>
      targets.length === 0
        ? passed(seen, 'There is no replication.')
        : failed(seen, `Objects are replicated to ${targets.join(', ')}, which was not audited.`),
    ),
};
