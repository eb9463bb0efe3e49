import type { PositiveCheck } from '../check-kit/check';
import { blocked, failed, observe, passed, refused } from '../check-kit/outcome';

export const objectGet: PositiveCheck = {
  id: 'object-get',
  title: 'An object can be read back, byte for byte',
  kind: 'positive',
  controls: ['NIST.800-53.r5 CP-9', 'NIST.800-53.r5 CP-10'],
  requires: ['s3:GetObject', 's3:PutObject'],
  alsoUses: ['kms:Decrypt'],
  isRetried: true,
  does: 'Puts a small object below the prefix of this run and gets it.',
  harmless: 'The key is new and is removed at the end.',
  passes: 'GetObject returns the bytes that were put.',
  lookAt: 'The role’s policy for s3:GetObject and, with a KMS key, kms:Decrypt in role policy and key policy.',
  steps: 2,
  run: async ({ s3, samples }) => {
    const { target, body, put } = await samples.small();
    if (!put.ok) return blocked('PutObject', put);
    const read = await s3.getObject(target);
    if (!read.ok) return refused('GetObject', read);
    const seen = [observe('GetObject', read, `${read.value.Body.length} bytes`)];
    if (Buffer.compare(body, read.value.Body) === 0) return passed(seen, 'The object was read as it was written.');
    return failed(seen, 'The bytes that were read are not those that were written.');
  },
};
