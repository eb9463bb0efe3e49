import type { NegativeCheck } from '../check-kit/check';
import { judgeDenials } from '../check-kit/denial';
import { blocked } from '../check-kit/outcome';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObjectRetention.html */
export const changeRetention: NegativeCheck = {
  id: 'change-retention',
  title: 'The retention of an object can be neither shortened nor extended',
  kind: 'negative',
  controls: ['S3.15', 'NIST.800-53.r5 CP-6(2)', 'NIST.800-53.r5 AC-6'],
  does: 'Puts an object and sends text that is no XML in place of its retention.',
  harmless:
    'The object is its own, and S3 cannot take that text for a retention: whoever may set one gets MalformedXML.',
  passes: 'AccessDenied.',
  lookAt: 'The role’s policy, which must not hold s3:PutObjectRetention.',
  run: async ({ s3WithMalformedBody, samples }) => {
    const { target, put } = await samples.small();
    if (!put.ok) return blocked('PutObject', put);
    return judgeDenials([
      {
        call: 'PutObjectRetention',
        refusal: 'AccessDenied',
        // S3 says InvalidRequest where the bucket has no Object Lock.
        meansAllowed: ['MalformedXML', 'InvalidRequest'],
        answer: await s3WithMalformedBody.putObjectRetention(target),
      },
    ]);
  },
};
