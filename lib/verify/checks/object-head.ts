import type { PositiveCheck } from '../check-kit/check';
import { headObject } from '../check-kit/head-object';
import { blocked, failed, observe, passed, refused } from '../check-kit/outcome';

export const objectHead: PositiveCheck = {
  id: 'object-head',
  title: 'The size of an object can be asked for',
  kind: 'positive',
  controls: ['NIST.800-53.r5 CP-9'],
  requires: ['s3:GetObject', 's3:PutObject'],
  isRetried: true,
  does: 'Puts a small object below the prefix of this run and asks for its metadata.',
  harmless: 'The key is new and is removed at the end.',
  passes: 'HeadObject tells the size that was put.',
  lookAt: 'The role’s policy for s3:GetObject, which HeadObject needs as well.',
  steps: 2,
  run: async ({ s3, samples }) => {
    const { target, body, put } = await samples.small();
    if (!put.ok) return blocked('PutObject', put);
    const head = await headObject(s3, target);
    if (!head.ok) return refused('HeadObject', head);
    const seen = [observe('HeadObject', head, `${head.value.ContentLength} bytes`)];
    if (head.value.ContentLength === body.length) return passed(seen, 'The size is the one that was written.');
    return failed(seen, `The size is ${head.value.ContentLength} bytes, and not ${body.length}.`);
  },
};
