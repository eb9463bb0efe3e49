import { canaryBody } from '../check-kit/canary-body';
import type { NegativeCheck } from '../check-kit/check';
import { judgeDenials } from '../check-kit/denial';
import { blocked } from '../check-kit/outcome';

const DENIAL = { refusal: 'AccessDenied' } as const;
const TAG = { Key: 'vault-env-verify', Value: 'probe' };

export const tagging: NegativeCheck = {
  id: 'tagging',
  title: 'Neither objects nor the bucket can be tagged',
  kind: 'negative',
  controls: ['NIST.800-53.r5 AC-6'],
  does: 'Puts an object and tags it, puts another with a tag, and sends text that is no XML as the tags of the bucket.',
  harmless:
    'The objects are its own and are removed at the end; S3 cannot take that text for tags and answers MalformedXML.',
  passes: 'AccessDenied to each.',
  lookAt: 'The role’s policy, which must hold neither s3:PutObjectTagging nor s3:PutBucketTagging.',
  run: async ({ s3, s3WithMalformedBody, samples, canary, config, runId }) => {
    const { target, put } = await samples.small();
    if (!put.ok) return blocked('PutObject', put);
    const [object, created, bucket] = await Promise.all([
      s3.putObjectTagging({ ...target, Tagging: { TagSet: [TAG] } }),
      s3.putObject({ ...canary('created'), Body: canaryBody(runId), Tagging: `${TAG.Key}=${TAG.Value}` }),
      s3WithMalformedBody.putBucketTagging({ Bucket: config.form.bucketName, Tagging: { TagSet: [] } }),
    ]);
    return judgeDenials([
      { call: 'PutObjectTagging', ...DENIAL, answer: object },
      { call: 'PutObject with a tag', ...DENIAL, answer: created },
      { call: 'PutBucketTagging', ...DENIAL, meansAllowed: ['MalformedXML'], answer: bucket },
    ]);
  },
};
