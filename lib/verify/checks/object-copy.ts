import type { PositiveCheck } from '../check-kit/check';
import { blocked, failed, observe, passed, refused } from '../check-kit/outcome';
import { copySourceText } from '../guard/copy-source';

export const objectCopy: PositiveCheck = {
  id: 'object-copy',
  title: 'An object can be copied within the bucket',
  kind: 'positive',
  controls: ['NIST.800-53.r5 CP-9'],
  requires: ['s3:GetObject', 's3:PutObject'],
  alsoUses: ['kms:Decrypt', 'kms:GenerateDataKey'],
  isTriedOnceUnderLock: true,
  isRetried: true,
  does: 'Puts a small object below the prefix of this run, copies it to another key there and gets the copy.',
  harmless: 'Both keys are new and are removed at the end.',
  passes: 'CopyObject succeeds, and the copy has the bytes that were put.',
  lookAt:
    'The role’s policy for s3:GetObject and s3:PutObject and, with a KMS key, kms:Decrypt and kms:GenerateDataKey.',
  steps: 3,
  run: async ({ s3, samples, canary }) => {
    const { target: source, body, put } = await samples.small();
    const target = canary();
    if (!put.ok) return blocked('PutObject', put);
    const CopySource = copySourceText({ bucket: source.Bucket, key: source.Key });
    const copied = await s3.copyObject({ ...target, CopySource });
    if (!copied.ok) return refused('CopyObject', copied);
    const read = await s3.getObject(target);
    if (!read.ok) return refused('GetObject of the copy', read);
    const seen = [observe('CopyObject', copied), observe('GetObject', read, `${read.value.Body.length} bytes`)];
    if (Buffer.compare(body, read.value.Body) === 0) return passed(seen, 'The copy is the object that was written.');
    return failed(seen, 'The copy is not the object that was written.');
  },
};
