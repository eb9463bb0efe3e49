import type { PositiveCheck } from '../check-kit/check';
import { isKeptByLock } from '../check-kit/object-lock';
import { blocked, failed, observe, passed } from '../check-kit/outcome';
import { versionIn } from '../check-kit/samples';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock.html */
export const versionKept: PositiveCheck = {
  id: 'version-kept',
  title: 'A new version cannot be deleted before its retention is over',
  kind: 'positive',
  controls: ['S3.15', 'NIST.800-53.r5 CP-6(2)'],
  requires: ['s3:DeleteObjectVersion', 's3:PutObject'],
  objectLock: 'required',
  isTriedOnceUnderLock: true,
  // A lock comes with the version, so that waiting does not bring one.
  isRetried: false,
  does: 'Puts a small object below the prefix of this run and deletes its version, without asking to bypass retention.',
  harmless: 'The key is new, and no other version is deleted.',
  passes: 'AccessDenied that blames no policy.',
  lookAt: 'The default retention of Object Lock of the bucket.',
  steps: 2,
  run: async ({ s3, samples }) => {
    const { target, put } = await samples.spare();
    if (!put.ok) return blocked('PutObject', put);
    const removed = await s3.deleteObject({ ...target, ...versionIn(put.value) });
    const seen = [observe('DeleteObject of a version', removed)];
    if (removed.ok) return failed(seen, 'The version was deleted, although Object Lock was to keep it.');
    if (isKeptByLock(removed)) return passed(seen, 'Object Lock kept the version.');
    const detail = `It could not be tried: DeleteObject of a version answered ${removed.code}: ${removed.message}`;
    return { result: 'inconclusive', observed: seen, detail };
  },
};
