import type { PositiveCheck } from '../check-kit/check';
import { blocked, failed, observe, passed, refused } from '../check-kit/outcome';
import { versionIn } from '../check-kit/samples';

export const versionGet: PositiveCheck = {
  id: 'version-get',
  title: 'A version of a backup can be read by its id',
  kind: 'positive',
  controls: ['NIST.800-53.r5 CP-10'],
  requires: ['s3:GetObjectVersion', 's3:PutObject'],
  capability: 'read-versions',
  alsoUses: ['kms:Decrypt'],
  isRetried: true,
  does: 'Puts a small object below the prefix of this run and gets it by the id of its version.',
  harmless: 'The key is new and is removed at the end.',
  passes: 'GetObject answers with exactly those bytes.',
  lookAt: 'The role’s policy for s3:GetObjectVersion on every object of the bucket.',
  steps: 2,
  run: async ({ s3, samples }) => {
    const { target, body, put } = await samples.small();
    if (!put.ok) return blocked('PutObject', put);
    const read = await s3.getObject({ ...target, ...versionIn(put.value) });
    if (!read.ok) return refused('GetObject of a version', read);
    const seen = [observe('GetObject of a version', read, `${read.value.Body.length} bytes`)];
    if (Buffer.compare(body, read.value.Body) === 0) return passed(seen, 'The bytes are those that were put.');
    return failed(seen, 'The bytes that were read are not those that were put.');
  },
};
