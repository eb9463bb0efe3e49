import type { PositiveCheck } from '../check-kit/check';
import { observe, passed, refused } from '../check-kit/outcome';
import { NULL_VERSION } from '../guard/harmless';

export const versionPurge: PositiveCheck = {
  id: 'version-purge',
  title: 'Versions of backups can be deleted',
  kind: 'positive',
  controls: ['NIST.800-53.r5 SI-12'],
  requires: ['s3:DeleteObjectVersion'],
  capability: 'purge-versions',
  isRetried: true,
  does: 'Deletes the version null of an unused key outside the prefix of the probes.',
  harmless: 'There is no version of that key, and a delete that names a version makes no delete marker.',
  passes: 'DeleteObject succeeds.',
  lookAt: 'The role’s policy for s3:DeleteObjectVersion on every object of the bucket.',
  run: async ({ s3, unused, config }) => {
    const answer = await s3.deleteObject({ ...unused, VersionId: NULL_VERSION });
    if (!answer.ok) return refused('DeleteObject of a version', answer);
    const { objectLock } = config.aws;
    const detail = objectLock
      ? `Deleting a version is allowed, once its ${objectLock.retentionDays} days of retention are over.`
      : 'Deleting a version is allowed.';
    return passed([observe('DeleteObject of a version', answer)], detail);
  },
};
