import type { Remains } from '../../lib/verify/cleanup/list-remains';
import { idOf, type Reason, removeAll } from '../../lib/verify/cleanup/remove-remains';
import { guardS3 } from '../../lib/verify/guard/guard';
import { createJournal } from '../../lib/verify/guard/journal';
import { AES_256 } from './configs';
import { fakeAws, type Script } from './fake-aws';
import { granted, refusal } from './fake-bucket';

const version = (key: string, versionId: string): Remains => ({ kind: 'version', key, versionId });
const marker = (key: string, versionId: string): Remains => ({ kind: 'delete-marker', key, versionId });
const upload = (key: string, uploadId: string): Remains => ({ kind: 'upload', key, uploadId });
const NO = { Code: 'AccessDenied', Message: 'No.' };
const DENIED = { code: 'AccessDenied', message: 'No.' };

async function removed(remains: readonly Remains[], script: Script) {
  const aws = fakeAws({ config: AES_256, script });
  const scope = { bucket: 'acme-backup', account: '111122223333', prefix: '', owns: () => true };
  const s3 = guardS3(aws.s3, { scope, journal: createJournal() });
  return { calls: aws.calls, reasons: await removeAll({ s3, scope }, remains) };
}

const errors =
  (...Errors: readonly object[]): Script =>
  ({ name }) =>
    name === 's3.deleteObjects' ? granted({ Errors }) : undefined;

test.each<{ name: string; remains: readonly Remains[]; script: Script; kept: readonly (readonly [Remains, Reason])[] }>(
  [
    {
      name: 'one of the versions of a key',
      remains: [version('a', '1'), version('a', '2'), marker('a', '3')],
      script: errors({ Key: 'a', VersionId: '2', ...NO }),
      kept: [[version('a', '2'), DENIED]],
    },
    {
      name: 'one of the keys with versions of the same name',
      remains: [version('a', '1'), version('b', '1'), version('c', '1')],
      script: errors({ Key: 'b', VersionId: '1', ...NO }, { Key: 'c', ...NO }),
      kept: [
        [version('b', '1'), DENIED],
        [version('c', '1'), DENIED],
      ],
    },
    {
      name: 'one of the uploads, of which another is no longer there',
      remains: [upload('a', '1'), upload('a', '2'), upload('b', '1')],
      script: ({ input }) => {
        if (input.Key === 'b') return refusal('NoSuchUpload', 404);
        return input.UploadId === '2' ? { ...refusal('AccessDenied'), message: 'No.' } : undefined;
      },
      kept: [[upload('a', '2'), expect.objectContaining(DENIED)]],
    },
    {
      name: 'nothing that a plain delete takes away, where a version may not be named',
      remains: [version('a', 'null')],
      script: errors({ Key: 'a', VersionId: 'null', ...NO }),
      kept: [],
    },
    {
      name: 'what a plain delete does not take away either',
      remains: [version('a', 'null')],
      script: (call) =>
        call.name === 's3.deleteObject'
          ? refusal('SlowDown', 503)
          : errors({ Key: 'a', VersionId: 'null', ...NO })(call),
      kept: [[version('a', 'null'), expect.objectContaining({ code: 'SlowDown' })]],
    },
  ],
)('removing keeps $name', async ({ remains, script, kept }) => {
  const { reasons } = await removed(remains, script);
  const notRemoved = remains.filter((one) => reasons.has(idOf(one)));
  expect(notRemoved.map((one) => [one, reasons.get(idOf(one))])).toEqual(kept);
});

test('removing sends a plain delete only where a batch was refused', async () => {
  const { calls } = await removed([version('a', 'null'), version('b', '1')], () => undefined);
  expect(calls.map(({ name }) => name)).toEqual(['s3.deleteObjects']);
});

test('removing takes a thousand versions at a time, which is what S3 takes', async () => {
  const many = Array.from({ length: 1001 }, (_, index) => version('a', `${index}`));
  const { calls } = await removed(many, () => undefined);
  const batches = calls.map(({ input }) => (input.Delete as { Objects: readonly object[] }).Objects);
  expect(batches.map(({ length }) => length)).toEqual([1000, 1]);
  expect(batches.flat()).toEqual(many.map(({ key, versionId }) => ({ Key: key, VersionId: versionId })));
});
