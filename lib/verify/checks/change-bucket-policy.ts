import type { NegativeCheck } from '../check-kit/check';
import { judgeDenials } from '../check-kit/denial';
import { NOT_A_POLICY } from '../guard/harmless';

export const changeBucketPolicy: NegativeCheck = {
  id: 'change-bucket-policy',
  title: 'The bucket policy cannot be changed',
  kind: 'negative',
  controls: ['S3.6', 'NIST.800-53.r5 AC-6'],
  does: 'Sends text that is no JSON as the new bucket policy.',
  harmless: 'S3 cannot take that text for a policy: whoever may write one gets MalformedPolicy, and the policy stays.',
  passes: 'AccessDenied.',
  lookAt: 'The role’s policy, which must not hold s3:PutBucketPolicy.',
  run: async ({ s3, config }) =>
    judgeDenials([
      {
        call: 'PutBucketPolicy',
        refusal: 'AccessDenied',
        meansAllowed: ['MalformedPolicy'],
        answer: await s3.putBucketPolicy({ Bucket: config.form.bucketName, Policy: NOT_A_POLICY }),
      },
    ]),
};
