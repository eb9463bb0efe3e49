import type { NegativeCheck } from '../check-kit/check';
import { judgeDenials } from '../check-kit/denial';

/** @see https://docs.aws.amazon.com/general/latest/gr/rande.html */
export const otherRegion: NegativeCheck = {
  id: 'other-region',
  title: 'The role is of no use at the endpoints of another region',
  kind: 'negative',
  asks: ['S3 elsewhere', 'KMS elsewhere'],
  controls: ['NIST.800-53.r5 AC-4', 'NIST.800-53.r5 AC-6'],
  does: 'Lists at most one key at KMS of another region and, unless the role may list buckets, one bucket at S3 there.',
  harmless: 'It only reads, and no more than one name.',
  passes: 'AccessDeniedException from KMS, AccessDenied from S3.',
  lookAt: 'The role’s policies, which must hold no kms: action on * and no s3:ListAllMyBuckets.',
  run: async ({ elsewhere, config }) => {
    const mayList = config.permissions.allowed.some(({ action }) => action === 's3:ListAllMyBuckets');
    const [keys, buckets] = await Promise.all([
      elsewhere.kms.listKeys({ Limit: 1 }),
      mayList ? undefined : elsewhere.s3.listBuckets({ MaxBuckets: 1 }),
    ]);
    return judgeDenials([
      { call: `ListKeys in ${elsewhere.region}`, refusal: 'AccessDeniedException', answer: keys },
      ...(buckets === undefined
        ? []
        : [{ call: `ListBuckets in ${elsewhere.region}`, refusal: 'AccessDenied' as const, answer: buckets }]),
    ]);
  },
};
