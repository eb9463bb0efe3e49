import type { PositiveCheck } from '../check-kit/check';
import { failed, observe, passed, refused } from '../check-kit/outcome';

export const versioningState: PositiveCheck = {
  id: 'versioning-state',
  title: 'Versioning of the bucket is on',
  kind: 'positive',
  controls: ['S3.14', 'NIST.800-53.r5 CP-9', 'NIST.800-53.r5 SI-13(5)'],
  requires: ['s3:GetBucketVersioning'],
  isRetried: true,
  does: 'Reads the versioning state of the bucket.',
  harmless: 'GetBucketVersioning only reads.',
  passes: 'Enabled.',
  lookAt: 'Whether somebody suspended versioning on the bucket, and whether the stack was deployed in full.',
  run: async ({ s3, config }) => {
    const answer = await s3.getBucketVersioning({ Bucket: config.form.bucketName });
    if (!answer.ok) return refused('GetBucketVersioning', answer);
    const state = answer.value.Status ?? 'never enabled';
    const seen = [observe('GetBucketVersioning', answer, state)];
    if (state === 'Enabled') return passed(seen, 'Versioning is on.');
    return failed(seen, `Versioning is not on: ${state}.`);
  },
};
