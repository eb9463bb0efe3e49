import { canaryBody } from '../check-kit/canary-body';
import type { NegativeCheck } from '../check-kit/check';
import { judgeDenials } from '../check-kit/denial';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/specifying-kms-encryption.html */
export const keyLeftOut: NegativeCheck = {
  id: 'key-left-out',
  title: 'An upload under KMS that names no key is refused to a role of another account',
  kind: 'negative',
  controls: ['S3.17', 'NIST.800-53.r5 SC-12', 'NIST.800-53.r5 SC-28'],
  does: 'Puts an object that asks for SSE-KMS and names no key, so that S3 would take one that AWS manages.',
  harmless: 'The key of the object is new and is removed at the end.',
  passes: 'AccessDenied to s3:PutObject. A refusal by KMS comes after S3 let the put through.',
  lookAt: 'The statement DenyKeyLeftOut of the bucket policy.',
  run: async ({ s3, canary, runId }) => {
    const put = { ...canary(), Body: canaryBody(runId), ServerSideEncryption: 'aws:kms' } as const;
    const answer = await s3.putObject(put);
    return judgeDenials([
      { call: 'PutObject under KMS with no key', refusal: 'AccessDenied', action: 's3:PutObject', answer },
    ]);
  },
};
