import type { NegativeCheck } from '../check-kit/check';
import { judgeDenials } from '../check-kit/denial';
import { tryToReach } from '../check-kit/reach';

export const otherPrefix: NegativeCheck = {
  id: 'other-prefix',
  title: 'Other prefixes of the bucket are out of reach',
  kind: 'negative',
  controls: ['NIST.800-53.r5 AC-3', 'NIST.800-53.r5 AC-6'],
  does: 'Lists, reads and writes an unused key outside the prefixes of the role; the body of the write does not match its digest.',
  harmless: 'There is nothing to list or to read, and the write cannot come about.',
  passes: 'AccessDenied to each.',
  lookAt: 'The resources of the role’s policy, and its condition s3:prefix on s3:ListBucket.',
  run: async (probe) => {
    const { Bucket, Key } = probe.unused;
    return judgeDenials(await tryToReach(probe, { place: 'another prefix', prefix: Key, Bucket, Key }));
  },
};
