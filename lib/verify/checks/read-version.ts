import type { NegativeCheck } from '../check-kit/check';
import { judgeDenials } from '../check-kit/denial';
import { NULL_VERSION } from '../guard/harmless';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/RetrievingObjectVersions.html */
export const readVersion: NegativeCheck = {
  id: 'read-version',
  title: 'No version of a backup can be read by its id',
  kind: 'negative',
  controls: ['NIST.800-53.r5 AC-6'],
  does: 'Gets the version null of an unused key outside the prefix of the probes.',
  harmless: 'There is no version of that key.',
  passes: 'AccessDenied.',
  lookAt: 'The role’s policy, which holds s3:GetObjectVersion only with the capability read-versions.',
  run: async ({ s3, unused }) =>
    judgeDenials([
      {
        call: 'GetObject of a version',
        refusal: 'AccessDenied',
        meansAllowed: ['NoSuchVersion'],
        answer: await s3.getObject({ ...unused, VersionId: NULL_VERSION }),
      },
    ]),
};
