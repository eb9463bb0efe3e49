import type { PositiveCheck } from '../check-kit/check';
import { observe, passed, refused } from '../check-kit/outcome';

export const objectPut: PositiveCheck = {
  id: 'object-put',
  title: 'An object can be written',
  kind: 'positive',
  controls: ['NIST.800-53.r5 CP-9'],
  requires: ['s3:PutObject'],
  alsoUses: ['kms:GenerateDataKey'],
  isRetried: true,
  does: 'Puts a small object below the prefix of this run, without an encryption header, as Vault may.',
  harmless: 'The key is new and is removed at the end.',
  passes: 'PutObject succeeds.',
  lookAt: 'The role’s policy for s3:PutObject and, with a KMS key, kms:GenerateDataKey in role policy and key policy.',
  run: async ({ samples }) => {
    const { put } = await samples.small();
    if (!put.ok) return refused('PutObject', put);
    return passed([observe('PutObject', put)], 'The object was written.');
  },
};
