import { randomBytes } from 'node:crypto';
import {
  CHECKSUM_ALGORITHMS,
  computeChecksum,
  isChecksumAlgorithm,
  loadXxhash,
} from '../../../lib/simulated-aws/s3/checksums/checksum';
import { joined, sizeOf, sliceOf } from '../../../lib/simulated-aws/state/services/object-table';

beforeAll(loadXxhash);

const pieces = ['ab', '', 'cde', 'f'].map((text) => Buffer.from(text));

test.each([
  [0, 6, 'abcdef'],
  [0, 2, 'ab'],
  [1, 3, 'bc'],
  [2, 5, 'cde'],
  [3, 4, 'd'],
  [5, 6, 'f'],
])('bytes %i to %i are %s, whether a body is in pieces or whole', (start, end, expected) => {
  const whole = joined(pieces);
  expect([sizeOf(pieces), whole.toString()]).toEqual([6, 'abcdef']);
  expect([pieces, whole].map((body) => Buffer.concat(sliceOf(body, { start, end })).toString())).toEqual([
    expected,
    expected,
  ]);
});

test.each(Object.keys(CHECKSUM_ALGORITHMS).filter(isChecksumAlgorithm))(
  'the %s of a body does not depend on the pieces it comes in',
  (algorithm) => {
    const whole = randomBytes(1000);
    const cuts = [0, 1, 4, 9, 500, 999, 1000];
    const cut = cuts.slice(1).map((end, index) => whole.subarray(cuts[index], end));
    expect(computeChecksum(algorithm, cut)).toBe(computeChecksum(algorithm, whole));
  },
);
