import type { PositiveCheck } from '../check-kit/check';
import { observe, passed, refused } from '../check-kit/outcome';

export const bucketList: PositiveCheck = {
  id: 'bucket-list',
  title: 'Buckets can be listed',
  kind: 'positive',
  controls: ['NIST.800-53.r5 CP-9'],
  requires: ['s3:ListAllMyBuckets'],
  isRetried: true,
  does: 'Lists at most one bucket of the account.',
  harmless: 'ListBuckets only reads.',
  passes: 'ListBuckets succeeds.',
  lookAt: 'The role’s policy for s3:ListAllMyBuckets, which is granted on *.',
  run: async ({ s3 }) => {
    const answer = await s3.listBuckets({ MaxBuckets: 1 });
    if (!answer.ok) return refused('ListBuckets', answer);
    return passed([observe('ListBuckets', answer)], 'Listing buckets is allowed.');
  },
};
