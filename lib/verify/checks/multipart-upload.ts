import type { PositiveCheck } from '../check-kit/check';
import { failed, observe, passed, refused } from '../check-kit/outcome';

export const multipartUpload: PositiveCheck = {
  id: 'multipart-upload',
  title: 'An object of several parts can be written and read back',
  kind: 'positive',
  controls: ['NIST.800-53.r5 CP-9'],
  requires: ['s3:GetObject', 's3:PutObject'],
  alsoUses: ['kms:Decrypt', 'kms:GenerateDataKey'],
  isTriedOnceUnderLock: true,
  isRetried: true,
  does: 'Uploads a part of 5 MiB and a short one, completes the upload and gets the object.',
  harmless: 'The key is new; the object, or the unfinished upload, is removed at the end.',
  passes: 'Every part and its completion succeed, and GetObject returns the bytes of all parts in order.',
  lookAt: 'kms:Decrypt as well as kms:GenerateDataKey in role policy and key policy: S3 needs both to join parts.',
  steps: 4,
  run: async ({ s3, samples }) => {
    const { target, body, stopped } = await samples.joined();
    if (stopped !== undefined) return refused(stopped.call, stopped.refusal);
    const read = await s3.getObject(target);
    if (!read.ok) return refused('GetObject of the joined parts', read);
    const seen = [observe('GetObject', read, `${read.value.Body.length} bytes`)];
    if (Buffer.compare(body, read.value.Body) !== 0)
      return failed(seen, 'The bytes that were read are not those of the parts.');
    return passed(seen, 'Two parts were written, joined and read back.');
  },
};
