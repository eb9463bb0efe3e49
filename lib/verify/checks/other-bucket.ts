import type { NegativeCheck } from '../check-kit/check';
import { judgeDenials } from '../check-kit/denial';
import { explainMissingBucket, NO_OTHER_BUCKET } from '../check-kit/other-bucket';
import { tryToReach } from '../check-kit/reach';

export const otherBucket: NegativeCheck = {
  id: 'other-bucket',
  title: 'Another bucket of the account is out of reach',
  kind: 'negative',
  controls: ['NIST.800-53.r5 AC-3', 'NIST.800-53.r5 AC-6'],
  does: 'Lists at most one key of another bucket that is named for this purpose, reads an unused key there, and puts an object there whose body does not match its digest.',
  harmless: 'No more than one key is listed, the object that is read is not there, and the write cannot come about.',
  passes: 'AccessDenied to each.',
  lookAt: 'The resources of the role’s policies, and the policy of the other bucket.',
  run: async (probe) => {
    const Bucket = probe.otherBucket;
    if (Bucket === undefined) return NO_OTHER_BUCKET;
    const attempts = await tryToReach(probe, { place: Bucket, Bucket, Key: probe.unused.Key });
    return explainMissingBucket(judgeDenials(attempts), Bucket);
  },
};
