import type { NegativeCheck } from '../check-kit/check';
import { judgeDenials } from '../check-kit/denial';
import { NULL_VERSION } from '../guard/harmless';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeletingObjectVersions.html */
export const versionDelete: NegativeCheck = {
  id: 'version-delete',
  title: 'No version of a backup can be deleted',
  kind: 'negative',
  controls: ['S3.14', 'NIST.800-53.r5 CP-9', 'NIST.800-53.r5 SI-12'],
  does: 'Deletes the version null of an unused key outside the prefix of the probes.',
  harmless: 'There is no version of that key, and a delete that names a version makes no delete marker.',
  passes: 'AccessDenied.',
  lookAt: 'The role’s policy, which may hold s3:DeleteObjectVersion on the prefix of the probes alone.',
  run: async ({ s3, unused }) =>
    judgeDenials([
      {
        call: 'DeleteObject of a version',
        refusal: 'AccessDenied',
        meansAllowed: ['NoSuchVersion'],
        answer: await s3.deleteObject({ ...unused, VersionId: NULL_VERSION }),
      },
    ]),
};
