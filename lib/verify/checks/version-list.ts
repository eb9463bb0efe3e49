import type { PositiveCheck } from '../check-kit/check';
import { blocked, failed, observe, passed, refused } from '../check-kit/outcome';

export const versionList: PositiveCheck = {
  id: 'version-list',
  title: 'Versions of an object can be listed',
  kind: 'positive',
  controls: ['S3.14', 'NIST.800-53.r5 CP-9'],
  requires: ['s3:ListBucketVersions', 's3:PutObject'],
  isRetried: true,
  does: 'Puts a small object below the prefix of this run and lists the versions of its key.',
  harmless: 'The key is new and is removed at the end; nothing else is listed.',
  passes: 'ListObjectVersions names the version that was put.',
  lookAt: 'The role’s policy for s3:ListBucketVersions, which is granted on the bucket and not on its objects.',
  steps: 2,
  run: async ({ s3, samples }) => {
    const { target, put } = await samples.small();
    if (!put.ok) return blocked('PutObject', put);
    const list = await s3.listObjectVersions({ Bucket: target.Bucket, Prefix: target.Key });
    if (!list.ok) return refused('ListObjectVersions', list);
    const versions = list.value.Versions ?? [];
    const seen = [observe('ListObjectVersions', list, `${versions.length} versions`)];
    // A bucket that never had versioning calls its only version `null` in lists and nothing in the answer to a put.
    const versionId = put.value.VersionId ?? 'null';
    const isListed = versions.some((one) => one.Key === target.Key && one.VersionId === versionId);
    if (isListed) return passed(seen, 'The list names the version that was written.');
    return failed(seen, `The list leaves out version ${versionId} of ${target.Key}, which was written before.`);
  },
};
