import type { PositiveCheck } from '../check-kit/check';
import { blocked, failed, observe, passed, refused } from '../check-kit/outcome';

export const objectList: PositiveCheck = {
  id: 'object-list',
  title: 'Objects can be listed',
  kind: 'positive',
  controls: ['NIST.800-53.r5 CP-9'],
  requires: ['s3:ListBucket', 's3:PutObject'],
  isRetried: true,
  does: 'Puts a small object below the prefix of this run and lists its key.',
  harmless: 'The key is new and is removed at the end; nothing else is listed.',
  passes: 'ListObjectsV2 names the object.',
  lookAt: 'The role’s policy for s3:ListBucket, which is granted on the bucket and not on its objects.',
  steps: 2,
  run: async ({ s3, samples }) => {
    const { target, put } = await samples.small();
    if (!put.ok) return blocked('PutObject', put);
    const list = await s3.listObjectsV2({ Bucket: target.Bucket, Prefix: target.Key });
    if (!list.ok) return refused('ListObjectsV2', list);
    const keys = (list.value.Contents ?? []).map((object) => object.Key);
    const seen = [observe('ListObjectsV2', list, `${keys.length} keys`)];
    if (keys.includes(target.Key)) return passed(seen, 'The list names the object that was written.');
    return failed(seen, `The list leaves out ${target.Key}, which was written before.`);
  },
};
