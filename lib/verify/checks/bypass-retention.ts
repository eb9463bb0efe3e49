import type { NegativeCheck } from '../check-kit/check';
import { judgeDenials } from '../check-kit/denial';
import { blocked } from '../check-kit/outcome';
import { versionIn } from '../check-kit/samples';
import { readDenial } from '../diagnosis/denial-message';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html */
export const bypassRetention: NegativeCheck = {
  id: 'bypass-retention',
  title: 'Retention cannot be bypassed',
  kind: 'negative',
  controls: ['S3.15', 'NIST.800-53.r5 CP-6(2)', 'NIST.800-53.r5 AC-6'],
  does: 'Puts an object and deletes its version with the request to bypass governance retention.',
  harmless: 'The version is its own; no other version is ever deleted with that request.',
  passes: 'AccessDenied.',
  lookAt: 'The role’s policy, which must not hold s3:BypassGovernanceRetention, and Object Lock of the bucket.',
  run: async ({ s3, samples }) => {
    const { target, put } = await samples.spare();
    if (!put.ok) return blocked('PutObject', put);
    const answer = await s3.deleteObject({ ...target, ...versionIn(put.value), BypassGovernanceRetention: true });
    // Who may not delete the version at all is not asked about its retention.
    if (!answer.ok && readDenial(answer).action === 's3:DeleteObjectVersion') return blocked('DeleteObject', answer);
    return judgeDenials([{ call: 'DeleteObject with a bypass', refusal: 'AccessDenied', answer }]);
  },
};
