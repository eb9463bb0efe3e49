import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import type { Found } from '../../lib/adoption/found/found';
import { createListCount } from '../../lib/adoption/found/inventory-list';
import { readInventories } from '../../lib/adoption/found/read-inventories';
import { readObjects } from '../../lib/adoption/found/read-objects';

const BUCKET = { Bucket: 'acme', ExpectedBucketOwner: '111122223333' };
const FOLDER = 'lists/acme/daily/';
const NEWEST = `${FOLDER}2026-11-28T01-00Z/manifest.json`;
const SCHEMA = 'Bucket, Key, VersionId, IsLatest, IsDeleteMarker, EncryptionStatus, BucketKeyStatus';
const WRITTEN = new Date('2026-11-28T01:00:00Z');

type S3 = Parameters<typeof readInventories>[0];
type Files = Readonly<Record<string, string | Buffer>>;

const granted = (value: object) => Promise.resolve({ ok: true, value, status: 200, requestId: 'R' });
const refused = { ok: false, code: 'AccessDenied', status: 403, requestId: 'R', message: 'no' } as const;

/** A bucket with one list, in a bucket of lists with these files. */
function s3With(files: Files, more: object = {}): S3 {
  const S3BucketDestination = { Bucket: 'arn:aws:s3:::lists-of-acme', AccountId: '111122223333', Prefix: 'lists' };
  const asked: object[] = [];
  return {
    asked,
    listBucketInventoryConfigurations: () =>
      granted({ InventoryConfigurationList: [{ Id: 'daily', Destination: { S3BucketDestination } }] }),
    listObjectsV2: (input: { readonly Prefix: string }) => {
      asked.push(input);
      const folders = Object.keys(files).map((key) => key.slice(0, key.indexOf('/', input.Prefix.length) + 1));
      return granted({ CommonPrefixes: [...new Set(folders)].map((Prefix) => ({ Prefix })) });
    },
    getObject: ({ Key }: { readonly Key: string }) => {
      const content = files[Key];
      return content === undefined ? refused : granted({ Body: Readable.from([Buffer.from(content)]) });
    },
    ...more,
  } as unknown as S3;
}

const manifest = (more: object = {}) =>
  JSON.stringify({
    sourceBucket: 'acme',
    creationTimestamp: String(WRITTEN.getTime()),
    fileFormat: 'CSV',
    fileSchema: SCHEMA,
    files: [{ key: `${FOLDER}data/1.csv.gz` }, { key: `${FOLDER}data/2.csv.gz` }],
    ...more,
  });

const row = (key: string, status: string, { isLatest = true, isMarker = false, bucketKey = '' } = {}) =>
  `"acme","${key}","v1","${isLatest}","${isMarker}","${status}","${bucketKey}"\n`;

const FIRST = gzipSync(
  row('a%2F1+of+2.gz', 'SSE-S3') +
    row('b', 'SSE-KMS', { bucketKey: 'ENABLED' }) +
    row('old', 'SSE-C', { isLatest: false }),
);
const SECOND = gzipSync(
  `${row('c', 'SSE-KMS', { bucketKey: 'DISABLED' })}${row('gone', '', { isMarker: true })}${row('d', 'SSE-C')}${row('e', 'SSE-C')}`,
);
const LIST: Files = {
  [`${FOLDER}2026-11-21T01-00Z/manifest.json`]: '{}',
  [NEWEST]: manifest(),
  [`${FOLDER}hive/dt=2026-11-29-01-00/symlink.txt`]: '',
  [`${FOLDER}data/1.csv.gz`]: FIRST,
  [`${FOLDER}data/2.csv.gz`]: SECOND,
};

async function readOne(s3: S3) {
  const { answer } = await readInventories(s3, BUCKET);
  if (!answer.ok) return answer.code;
  const [one] = answer.value;
  const list = one?.list.answer;
  return { name: one?.name, said: list?.ok ? list.value : list?.code };
}

test('the newest list counts the current objects by their method, over all of its files', async () => {
  expect(await readOne(s3With(LIST))).toEqual({
    name: 'daily to arn:aws:s3:::lists-of-acme',
    said: {
      writtenAt: WRITTEN,
      isCutOff: false,
      groups: [
        { method: 'AES256', count: 1, keys: ['a/1 of 2.gz'] },
        { method: 'aws:kms', bucketKey: true, count: 1, keys: ['b'] },
        { method: 'aws:kms', bucketKey: false, count: 1, keys: ['c'] },
        { method: 'SSE-C', count: 2, keys: ['d', 'e'] },
      ],
    },
  });
});

test.each<[name: string, files: Files, said: unknown]>([
  ['not written yet', {}, 'S3 has not written it yet'],
  ['of Parquet', { ...LIST, [NEWEST]: manifest({ fileFormat: 'Parquet' }) }, expect.stringContaining('as Parquet')],
  ['of ORC', { ...LIST, [NEWEST]: manifest({ fileFormat: 'ORC' }) }, expect.stringContaining('as ORC')],
  [
    'without methods',
    { ...LIST, [NEWEST]: manifest({ fileSchema: 'Bucket, Key' }) },
    'it has no field EncryptionStatus',
  ],
  [
    'of another bucket',
    { ...LIST, [NEWEST]: manifest({ sourceBucket: 'b' }) },
    expect.stringContaining('another bucket, b'),
  ],
  ['whose manifest is no JSON', { ...LIST, [NEWEST]: '<html>' }, 'SyntaxError'],
  ['whose manifest names a thing twice', { ...LIST, [NEWEST]: `{"files":[],${manifest().slice(1)}` }, 'SyntaxError'],
  ['whose manifest lacks its files', { ...LIST, [NEWEST]: manifest({ files: undefined }) }, 'ZodError'],
  ['with a file that nobody may read', { ...LIST, [NEWEST]: manifest({ files: [{ key: 'x' }] }) }, 'AccessDenied'],
  ['with a file that is cut short', { ...LIST, [`${FOLDER}data/2.csv.gz`]: SECOND.subarray(0, 40) }, 'Z_BUF_ERROR'],
])('a list %s is told as such', async (_, files, said) => {
  expect(await readOne(s3With(files))).toMatchObject({ said });
});

test.each([
  ['the configurations', { listBucketInventoryConfigurations: () => refused }, 'AccessDenied'],
  ['the bucket of lists', { listObjectsV2: () => refused }, { said: 'AccessDenied' }],
])('a refusal of %s is told as such', async (_, more, said) => {
  const read = await readOne(s3With(LIST, more));
  if (typeof said === 'string') expect(read).toBe(said);
  else expect(read).toMatchObject(said);
});

test('the bucket of lists is asked as its owner’s, for the lists of this bucket', async () => {
  const s3 = s3With(LIST) as S3 & { readonly asked: readonly object[] };
  await readInventories(s3, BUCKET);
  expect(s3.asked).toEqual([
    { Bucket: 'lists-of-acme', ExpectedBucketOwner: '111122223333', Prefix: FOLDER, Delimiter: '/' },
  ]);
});

test('a list with more objects than are counted is cut off', async () => {
  const count = createListCount(SCHEMA, 3);
  const whole = [await count.addFile(Readable.from([FIRST])), await count.addFile(Readable.from([SECOND]))];
  expect({ whole, counted: count.groups().map((group) => group.count) }).toEqual({
    whole: [true, false],
    counted: [1, 1],
  });
});

test('of many objects, keys are kept evenly', async () => {
  const rows = Array.from({ length: 1000 }, (__, index) => row(`k${index}`, 'SSE-S3')).join('');
  const files = { ...LIST, [`${FOLDER}data/1.csv.gz`]: gzipSync(rows), [`${FOLDER}data/2.csv.gz`]: gzipSync('') };
  const keys = Array.from({ length: 10 }, (__, index) => `k${index * 64}`);
  expect(await readOne(s3With(files))).toMatchObject({ said: { groups: [{ method: 'AES256', count: 1000, keys }] } });
});

test('objects that only a list tells of are looked at beside those of the listing', async () => {
  const heads: string[] = [];
  const s3 = s3With(LIST, {
    headObject: ({ Key }: { readonly Key: string }) => {
      heads.push(Key);
      return Key === 'd' || Key === 'e' ? { ...refused, status: 400 } : granted({ ServerSideEncryption: 'AES256' });
    },
  });
  const listed = [{ key: 'a/1 of 2.gz', modifiedAt: WRITTEN, isLatest: true, isMarker: false }];
  const versions = {
    call: '',
    answer: { ok: true, value: { listed, isCutOff: true } },
  } as unknown as Found['versions'];
  const { answer } = await readObjects(s3, BUCKET, { versions, inventories: await readInventories(s3, BUCKET) });
  expect(heads).toEqual(['a/1 of 2.gz', 'b', 'c', 'd', 'e']);
  expect(answer.ok && answer.value.filter(({ method }) => method === 'SSE-C').map(({ key }) => key)).toEqual([
    'd',
    'e',
  ]);
});
