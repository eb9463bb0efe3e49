import type { PositiveCheck } from '../check-kit/check';
import { blocked, failed, observe, passed, refused } from '../check-kit/outcome';

const FIRST = 5;
const LAST = 14;

export const objectRange: PositiveCheck = {
  id: 'object-range',
  title: 'A part of an object can be read',
  kind: 'positive',
  controls: ['NIST.800-53.r5 CP-10'],
  requires: ['s3:GetObject', 's3:PutObject'],
  alsoUses: ['kms:Decrypt'],
  isRetried: true,
  does: 'Puts a small object below the prefix of this run and gets ten bytes out of its middle.',
  harmless: 'The key is new and is removed at the end.',
  passes: 'GetObject answers 206 with exactly those bytes.',
  lookAt: 'The role’s policy for s3:GetObject, and whether a proxy on the way leaves out the header Range.',
  steps: 2,
  run: async ({ s3, samples }) => {
    const { target, body, put } = await samples.small();
    if (!put.ok) return blocked('PutObject', put);
    const read = await s3.getObject({ ...target, Range: `bytes=${FIRST}-${LAST}` });
    if (!read.ok) return refused('GetObject of a range', read);
    const seen = [observe('GetObject of a range', read, `${read.value.Body.length} bytes`)];
    const isRange = Buffer.compare(body.slice(FIRST, LAST + 1), read.value.Body) === 0;
    if (isRange) return passed(seen, 'The bytes are those that were asked for.');
    return failed(seen, 'The bytes that were read are not those that were asked for.');
  },
};
