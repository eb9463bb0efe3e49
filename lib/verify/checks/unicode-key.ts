import { canaryBody } from '../check-kit/canary-body';
import type { PositiveCheck } from '../check-kit/check';
import { blocked, failed, observe, passed, refused } from '../check-kit/outcome';

/** Letters of two, three and four bytes, and characters that a URL, a form or XML would write differently. */
const NAME = "Größe 日本語 🗄/a+b=c&d%20e'#?.gz";

export const unicodeKey: PositiveCheck = {
  id: 'unicode-key',
  title: 'A key beyond plain letters survives the way there and back',
  kind: 'positive',
  controls: ['NIST.800-53.r5 CP-9'],
  requires: ['s3:GetObject', 's3:ListBucket', 's3:PutObject'],
  isTriedOnceUnderLock: true,
  isRetried: true,
  does: 'Puts an object whose key has letters of other scripts and reserved characters, lists that key and gets it.',
  harmless: 'The key is new and is removed at the end.',
  passes: 'ListObjectsV2 names the key as it was written, and GetObject returns the bytes that were put.',
  lookAt: 'Whether a proxy on the way rewrites URLs.',
  steps: 2,
  run: async ({ s3, canary, runId }) => {
    const target = canary(NAME);
    const body = canaryBody(runId);
    const put = await s3.putObject({ ...target, Body: body });
    if (!put.ok) return blocked('PutObject', put);
    const [list, read] = await Promise.all([
      s3.listObjectsV2({ Bucket: target.Bucket, Prefix: target.Key }),
      s3.getObject(target),
    ]);
    if (!list.ok) return refused('ListObjectsV2', list);
    if (!read.ok) return refused('GetObject', read);
    const keys = (list.value.Contents ?? []).map(({ Key }) => Key);
    const seen = [observe('ListObjectsV2', list, keys.join(', ')), observe('GetObject', read)];
    if (!keys.includes(target.Key)) return failed(seen, 'The list does not name the key as it was written.');
    if (Buffer.compare(body, read.value.Body) === 0) return passed(seen, 'The key is the one that was written.');
    return failed(seen, 'The bytes that were read are not those that were written.');
  },
};
