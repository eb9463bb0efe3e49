import type { PositiveCheck } from '../check-kit/check';
import { headObject } from '../check-kit/head-object';
import { blocked, failed, observe, passed, refused } from '../check-kit/outcome';

export const objectDelete: PositiveCheck = {
  id: 'object-delete',
  title: 'An object can be deleted',
  kind: 'positive',
  controls: ['NIST.800-53.r5 CP-9', 'NIST.800-53.r5 SI-12'],
  // Without s3:ListBucket a missing object is answered with 403, so that its absence could not be told.
  requires: ['s3:DeleteObject', 's3:GetObject', 's3:ListBucket', 's3:PutObject'],
  isTriedOnceUnderLock: true,
  isRetried: true,
  does: 'Puts a small object below the prefix of this run, deletes it and asks for it again.',
  harmless: 'The key is new, and nothing else is deleted.',
  passes: 'DeleteObject succeeds, and HeadObject then answers 404.',
  lookAt: 'The role’s policy for s3:DeleteObject.',
  steps: 3,
  run: async ({ s3, samples }) => {
    const { target, put } = await samples.spare();
    if (!put.ok) return blocked('PutObject', put);
    const removed = await s3.deleteObject(target);
    if (!removed.ok) return refused('DeleteObject', removed);
    const head = await headObject(s3, target);
    const seen = [observe('DeleteObject', removed), observe('HeadObject', head)];
    if (head.ok) return failed(seen, 'The object is still there after it was deleted.');
    if (head.status === 404) return passed(seen, 'The object was deleted.');
    return { ...refused('HeadObject', head), observed: seen };
  },
};
