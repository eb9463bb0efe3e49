import type { NegativeCheck } from '../check-kit/check';
import { judgeDenials } from '../check-kit/denial';
import { blocked } from '../check-kit/outcome';

export const objectAcl: NegativeCheck = {
  id: 'object-acl',
  title: 'The ACL of an object cannot be set',
  kind: 'negative',
  controls: ['S3.12', 'NIST.800-53.r5 AC-3', 'NIST.800-53.r5 AC-6'],
  does: 'Puts an object and sets its ACL to private, which it is anyway.',
  harmless: 'The object is its own, the ACL opens nothing, and the object is removed at the end.',
  passes: 'AccessDenied.',
  lookAt: 'The role’s policy, which must not hold s3:PutObjectAcl.',
  run: async ({ s3, samples }) => {
    const { target, put } = await samples.small();
    if (!put.ok) return blocked('PutObject', put);
    return judgeDenials([
      {
        call: 'PutObjectAcl',
        refusal: 'AccessDenied',
        meansAllowed: ['AccessControlListNotSupported'],
        answer: await s3.putObjectAcl({ ...target, ACL: 'private' }),
      },
    ]);
  },
};
