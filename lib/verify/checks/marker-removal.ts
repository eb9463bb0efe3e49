import type { PositiveCheck } from '../check-kit/check';
import { blocked, failed, observe, passed, refused } from '../check-kit/outcome';
import { versionIn } from '../check-kit/samples';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html */
export const markerRemoval: PositiveCheck = {
  id: 'marker-removal',
  title: 'Verification can remove what it makes and Object Lock does not keep',
  kind: 'positive',
  controls: ['NIST.800-53.r5 SI-12'],
  requires: ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:ListBucketVersions'],
  objectLock: 'required',
  isRetried: true,
  does: 'Makes a delete marker of a key below the prefix of this run, deletes it and lists the versions of the key.',
  harmless: 'The key is new, and a delete marker is never locked.',
  passes: 'DeleteObject of the delete marker succeeds, and ListObjectVersions names none.',
  lookAt: 'The role’s policy for s3:DeleteObjectVersion on the prefix of the probes.',
  steps: 3,
  run: async ({ s3, canary }) => {
    const target = canary();
    const marker = await s3.deleteObject(target);
    if (!marker.ok) return blocked('DeleteObject', marker);
    const removed = await s3.deleteObject({ ...target, ...versionIn(marker.value) });
    if (!removed.ok) return refused('DeleteObject of a delete marker', removed);
    const list = await s3.listObjectVersions({ Bucket: target.Bucket, Prefix: target.Key });
    if (!list.ok) return refused('ListObjectVersions', list);
    const { Versions = [], DeleteMarkers = [] } = list.value;
    const seen = [observe('DeleteObject of a delete marker', removed), observe('ListObjectVersions', list)];
    if (Versions.length + DeleteMarkers.length === 0) return passed(seen, 'The delete marker was removed for good.');
    return failed(seen, 'The delete marker is still there after it was deleted.');
  },
};
