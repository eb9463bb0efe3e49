import { canaryBody } from '../check-kit/canary-body';
import type { PositiveCheck } from '../check-kit/check';
import { headObject } from '../check-kit/head-object';
import { blocked, failed, observe, passed, refused } from '../check-kit/outcome';

export const objectBatchDelete: PositiveCheck = {
  id: 'object-batch-delete',
  title: 'Several objects can be deleted by one request',
  kind: 'positive',
  controls: ['NIST.800-53.r5 CP-9', 'NIST.800-53.r5 SI-12'],
  // Without s3:ListBucket a missing object is answered with 403, so that its absence could not be told.
  requires: ['s3:DeleteObject', 's3:GetObject', 's3:ListBucket', 's3:PutObject'],
  isTriedOnceUnderLock: true,
  isRetried: true,
  does: 'Puts two small objects below the prefix of this run, deletes both by one request and asks for them again.',
  harmless: 'The keys are new, and no other key is in the request.',
  passes: 'DeleteObjects reports no error, and HeadObject then answers 404 for both.',
  lookAt: 'The role’s policy for s3:DeleteObject, which DeleteObjects needs for each key.',
  steps: 3,
  run: async ({ s3, canary, runId }) => {
    const targets = [canary('first'), canary('second')] as const;
    const puts = await Promise.all(targets.map((target) => s3.putObject({ ...target, Body: canaryBody(runId) })));
    for (const put of puts) if (!put.ok) return blocked('PutObject', put);
    const { Bucket } = targets[0];
    const removed = await s3.deleteObjects({ Bucket, Delete: { Objects: targets.map(({ Key }) => ({ Key })) } });
    if (!removed.ok) return refused('DeleteObjects', removed);
    const errors = removed.value.Errors ?? [];
    const answer = errors.map(({ Code }) => Code).join(', ');
    const seen = [observe('DeleteObjects', removed, answer === '' ? 'OK' : answer)];
    if (errors.length > 0) return failed(seen, `DeleteObjects did not delete every key: ${errors[0]?.Message}`);
    const heads = await Promise.all(targets.map((target) => headObject(s3, target)));
    for (const head of heads) {
      if (head.ok) return failed(seen, 'An object is still there after it was deleted.');
      if (head.status !== 404) return refused('HeadObject', head);
    }
    return passed(seen, 'Both objects were deleted.');
  },
};
