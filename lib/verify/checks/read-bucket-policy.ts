import type { NegativeCheck } from '../check-kit/check';
import { judgeDenials } from '../check-kit/denial';

export const readBucketPolicy: NegativeCheck = {
  id: 'read-bucket-policy',
  title: 'The bucket policy cannot be read',
  kind: 'negative',
  controls: ['NIST.800-53.r5 AC-6'],
  does: 'Asks for the bucket policy.',
  harmless: 'GetBucketPolicy only reads, and what it reads is thrown away.',
  passes: 'AccessDenied.',
  lookAt: 'The role’s policy, which must not hold s3:GetBucketPolicy.',
  run: async ({ s3, config }) =>
    judgeDenials([
      {
        call: 'GetBucketPolicy',
        refusal: 'AccessDenied',
        meansAllowed: ['NoSuchBucketPolicy'],
        answer: await s3.getBucketPolicy({ Bucket: config.form.bucketName }),
      },
    ]),
};
