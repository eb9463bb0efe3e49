import type { NegativeCheck } from '../check-kit/check';
import { judgeDenials } from '../check-kit/denial';
import { explainMissingBucket, NO_OTHER_BUCKET } from '../check-kit/other-bucket';
import { blocked } from '../check-kit/outcome';
import { copySourceText } from '../guard/copy-source';
import { ETAG_OF_NO_OBJECT } from '../guard/harmless';

/** S3's answers to a caller who may copy: the source is not there, or it is another. */
const MISSING = ['NoSuchKey', 'PreconditionFailed'] as const;

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html */
export const crossBucketCopy: NegativeCheck = {
  id: 'cross-bucket-copy',
  title: 'Objects can be copied neither out of the bucket nor into it',
  kind: 'negative',
  controls: ['NIST.800-53.r5 AC-4', 'NIST.800-53.r5 AC-6'],
  does: 'Copies an object to an unused key in another bucket, under an ETag condition that can never hold; and copies an unused key of the other bucket to a key of its own.',
  harmless: 'The copy out of the bucket cannot come about, and there is nothing that could be copied into it.',
  passes: 'AccessDenied to both.',
  lookAt: 'The resources of the role’s policies, and the policy of the other bucket.',
  run: async ({ s3, samples, canary, unused, otherBucket }) => {
    if (otherBucket === undefined) return NO_OTHER_BUCKET;
    const { target: own, put } = await samples.small();
    if (!put.ok) return blocked('PutObject', put);
    const denial = { refusal: 'AccessDenied', meansAllowed: MISSING } as const;
    const elsewhere = { Bucket: otherBucket, Key: unused.Key };
    const CopySource = copySourceText({ bucket: own.Bucket, key: own.Key });
    const [out, into] = await Promise.all([
      s3.copyObject({ ...elsewhere, CopySource, CopySourceIfMatch: ETAG_OF_NO_OBJECT }),
      s3.copyObject({ ...canary('into'), CopySource: copySourceText({ bucket: otherBucket, key: unused.Key }) }),
    ]);
    const outcome = judgeDenials([
      { call: `CopyObject to ${otherBucket}`, ...denial, action: 's3:PutObject', answer: out },
      { call: `CopyObject from ${otherBucket}`, ...denial, action: 's3:GetObject', answer: into },
    ]);
    return explainMissingBucket(outcome, otherBucket);
  },
};
