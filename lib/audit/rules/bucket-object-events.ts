import { inherited } from '../rule-kit/outcome';
import type { Rule } from '../rule-kit/rule';

export const bucketObjectEvents: Rule = {
  id: 'bucket-object-events',
  title: 'A trail of the account records who reads and writes objects',
  rationale: 'Data events name the caller of every request, and cannot be changed by whoever holds the bucket.',
  reads: 'nothing: trails belong to the account or the organization',
  remedy: 'Ask the owner of the trails for data events of this bucket.',
  controls: {
    fsbp: ['S3.22', 'S3.23'],
    cisV3: ['3.8', '3.9'],
    cisV5: ['3.8', '3.9'],
    nist80053r5: ['AU-2', 'AU-12'],
    pciDss401: ['10.2.1'],
  },
  check: ({ buckets }) =>
    buckets.map(({ resource }) =>
      inherited(resource.address, 'the trails of the account or the organization answer for it'),
    ),
};
