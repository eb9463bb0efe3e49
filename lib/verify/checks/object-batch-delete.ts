import { canaryBody } from '../check-kit/canary-body';
import type { PositiveCheck } from '../check-kit/check';
import { headObject } from '../check-kit/head-object';
import { blocked, failed, observe, passed, refused } from '../check-kit/outcome';
import type { CanaryTarget } from '../guard/run-scope';

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
  run: async ({ s3, samples, canary, runId, config }) => {
    const write = async (target: CanaryTarget) => {
      return { target, put: await s3.putObject({ ...target, Body: canaryBody(runId) }) };
    };
    // Where each version is kept for years, one of the two is an object that other checks delete as well.
    const second = config.aws.objectLock === undefined ? write(canary('second')) : samples.spare();
    const written = await Promise.all([write(canary('first')), second]);
    for (const { put } of written) if (!put.ok) return blocked('PutObject', put);
    const targets = written.map(({ target }) => target);
    const { Bucket } = written[0].target;
    const removed = await s3.deleteObjects({ Bucket, Delete: { Objects: targets.map(({ Key }) => ({ Key })) } });
    if (!removed.ok) return refused('DeleteObjects', removed);
    const errors = removed.value.Errors ?? [];
    const seen = [observe('DeleteObjects', removed)];
    const [error] = errors;
    if (error !== undefined) {
      const { Code = 'no code', Message = '' } = error;
      const refusal = { ...observe('DeleteObjects', removed, Code), message: Message };
      return failed([refusal], `DeleteObjects did not delete every key: ${Message}`);
    }
    const heads = await Promise.all(targets.map((target) => headObject(s3, target)));
    for (const head of heads) {
      if (head.ok) return failed(seen, 'An object is still there after it was deleted.');
      if (head.status !== 404) return refused('HeadObject', head);
    }
    return passed(seen, 'Both objects were deleted.');
  },
};
