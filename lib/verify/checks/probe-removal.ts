import { canaryBody } from '../check-kit/canary-body';
import type { PositiveCheck } from '../check-kit/check';
import { blocked, failed, observe, passed, refused } from '../check-kit/outcome';

export const probeRemoval: PositiveCheck = {
  id: 'probe-removal',
  title: 'Verification can remove what it writes, with every version',
  kind: 'positive',
  controls: ['NIST.800-53.r5 SI-12'],
  requires: ['s3:DeleteObjectVersion', 's3:ListBucketVersions', 's3:PutObject'],
  objectLock: 'excluded',
  isRetried: true,
  does: 'Puts a small object below the prefix of this run, deletes its version and lists the versions of its key.',
  harmless: 'The key is new, and no other version is deleted.',
  passes: 'DeleteObject of the version succeeds, and ListObjectVersions names none.',
  lookAt:
    'The role’s policy for s3:DeleteObjectVersion on the prefix of the probes, and whether the bucket has Object Lock, which the config does not name.',
  steps: 3,
  run: async ({ s3, canary, runId }) => {
    const target = canary();
    const put = await s3.putObject({ ...target, Body: canaryBody(runId) });
    if (!put.ok) return blocked('PutObject', put);
    const VersionId = put.value.VersionId ?? 'null';
    const removed = await s3.deleteObject({ ...target, VersionId });
    if (!removed.ok) return refused('DeleteObject of a version', removed);
    const list = await s3.listObjectVersions({ Bucket: target.Bucket, Prefix: target.Key });
    if (!list.ok) return refused('ListObjectVersions', list);
    const isListed = (list.value.Versions ?? []).some((one) => one.VersionId === VersionId);
    const seen = [observe('DeleteObject of a version', removed), observe('ListObjectVersions', list)];
    if (isListed) return failed(seen, 'The version is still there after it was deleted.');
    return passed(seen, 'The version was removed for good.');
  },
};
