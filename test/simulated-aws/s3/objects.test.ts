import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import * as S3 from '@aws-sdk/client-s3';
import { importBucket } from '../../../lib/simulated-aws/s3';
import { computeChecksum } from '../../../lib/simulated-aws/s3/checksums/checksum';
import { Account, allowAll, failure, outcome } from './account';

const Bucket = 'acme-backup';
const Key = 'data/1';
const md5 = (text: string | Buffer) => createHash('md5').update(text).digest();

let account: Account;
let client: S3.S3Client;

beforeEach(() => {
  account = new Account();
  client = account.s3();
  importBucket(account.state, Bucket);
});

type Command = Parameters<S3.S3Client['send']>[0];

const send = (command: unknown): Promise<unknown> => client.send(command as Command);
const put = (input: Partial<S3.PutObjectCommandInput> = {}) =>
  client.send(new S3.PutObjectCommand({ Bucket, Key, Body: 'hello', ...input }));
const get = (input: Partial<S3.GetObjectCommandInput> = {}) =>
  client.send(new S3.GetObjectCommand({ Bucket, Key, ...input }));
const head = (input: Partial<S3.HeadObjectCommandInput> = {}) =>
  client.send(new S3.HeadObjectCommand({ Bucket, Key, ...input }));
const version = (Status: 'Enabled' | 'Suspended') =>
  client.send(new S3.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));

async function textOf(answer: Promise<S3.GetObjectCommandOutput>): Promise<string> {
  return (await (await answer).Body?.transformToString()) ?? '';
}

test('an object comes back as it was put, with its metadata', async () => {
  const said = { ContentType: 'text/plain', CacheControl: 'no-cache', Metadata: { owner: 'jürgen' } };
  const { ETag } = await put({ ...said, Tagging: 'a=b&c=d', StorageClass: 'STANDARD_IA' });
  const answer = await get();
  expect(ETag).toBe(`"${md5('hello').toString('hex')}"`);
  expect(answer).toMatchObject({
    ...said,
    ETag,
    ContentLength: 5,
    AcceptRanges: 'bytes',
    LastModified: account.clock,
    ServerSideEncryption: 'AES256',
    StorageClass: 'STANDARD_IA',
    TagCount: 2,
  });
  expect(await answer.Body?.transformToString()).toBe('hello');
  expect(await head()).toMatchObject({ ...said, ContentLength: 5, ETag });
});

test.each([
  ['bytes=0-0', 'h', 'bytes 0-0/5'],
  ['bytes=1-3', 'ell', 'bytes 1-3/5'],
  ['bytes=3-', 'lo', 'bytes 3-4/5'],
  ['bytes=-2', 'lo', 'bytes 3-4/5'],
  ['bytes=2-99', 'llo', 'bytes 2-4/5'],
  ['bytes=4-2', 'hello', undefined],
  ['lines=1-2', 'hello', undefined],
])('range %s is %j', async (Range, text, contentRange) => {
  await put();
  expect([await textOf(get({ Range })), (await head({ Range })).ContentRange]).toEqual([text, contentRange]);
});

test.each(['bytes=5-', 'bytes=-0', 'bytes=9-10'])('range %s cannot be satisfied', async (Range) => {
  await put();
  expect(await failure(get({ Range }))).toMatchObject({ code: 'InvalidRange', status: 416 });
});

const earlier = new Date('2026-01-01T00:00:00Z');
const later = new Date('2026-12-01T00:00:00Z');
const etag = `"${md5('hello').toString('hex')}"`;

test.each<[conditions: Partial<S3.GetObjectCommandInput>, status: number]>([
  [{ IfMatch: etag }, 200],
  [{ IfMatch: '"other"' }, 412],
  [{ IfNoneMatch: etag }, 304],
  [{ IfNoneMatch: '"other"' }, 200],
  [{ IfModifiedSince: later }, 304],
  [{ IfModifiedSince: earlier }, 200],
  [{ IfUnmodifiedSince: earlier }, 412],
  [{ IfMatch: etag, IfUnmodifiedSince: earlier }, 200],
  [{ IfNoneMatch: '"other"', IfModifiedSince: later }, 200],
])('a read under the condition %j answers %d', async (conditions, status) => {
  await put();
  expect((await failure(get(conditions))).status).toBe(status);
});

test.each<[conditions: Partial<S3.PutObjectCommandInput>, code: string]>([
  [{ IfNoneMatch: '*' }, 'PreconditionFailed'],
  [{ IfNoneMatch: '*', Key: 'new' }, 'ok'],
  [{ IfMatch: etag }, 'ok'],
  [{ IfMatch: '"other"' }, 'PreconditionFailed'],
  [{ IfMatch: etag, Key: 'new' }, 'NoSuchKey'],
  [{ IfNoneMatch: etag }, 'NotImplemented'],
])('a write under the condition %j is %s', async (conditions, code) => {
  await put();
  expect(await outcome(put(conditions))).toBe(code);
});

test.each([
  ['CRC32', { ChecksumCRC32: 'NhCmhg==' }],
  ['CRC32C', { ChecksumCRC32C: 'mnG7TA==' }],
  ['CRC64NVME', { ChecksumCRC64NVME: 'M3eFcAZSQlc=' }],
  ['SHA1', { ChecksumSHA1: 'qvTGHdzF6KLavt4PO0gs2a6pQ00=' }],
  ['SHA256', { ChecksumSHA256: 'LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=' }],
])('%s is verified, kept and given back', async (_algorithm, right) => {
  expect(await put(right)).toMatchObject({ ...right, ChecksumType: 'FULL_OBJECT' });
  expect(await head({ ChecksumMode: 'ENABLED' })).toMatchObject(right);
  const [name = ''] = Object.keys(right);
  expect(Object.keys(await head())).not.toContain(name);
  const [value = ''] = Object.values(right);
  const wrong = { [name]: `${value.startsWith('A') ? 'B' : 'A'}${value.slice(1)}` };
  expect(await outcome(put({ Key: 'wrong', ...wrong }))).toBe('BadDigest');
  expect(await outcome(put({ Key: 'wrong', [name]: 'c2hvcnQ=' }))).toBe('InvalidRequest');
  expect(await outcome(get({ Key: 'wrong' }))).toBe('NoSuchKey');
});

test.each(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const)(
  '%s of the SDK matches the one that S3 computes, even for a stream',
  async (ChecksumAlgorithm) => {
    const text = 'quick brown fox '.repeat(1000);
    await put({ Body: text, ChecksumAlgorithm });
    const stream = Readable.from([Buffer.from(text)]);
    await put({ Key: 'stream', Body: stream, ContentLength: text.length, ChecksumAlgorithm });
    expect(await textOf(get({ Key: 'stream' }))).toBe(text);
    const { ChecksumType, [`Checksum${ChecksumAlgorithm}` as const]: sum } = await head({ ChecksumMode: 'ENABLED' });
    expect([ChecksumType, typeof sum]).toEqual(['FULL_OBJECT', 'string']);
  },
);

test.each(['CRC32C', 'CRC64NVME'] as const)(
  '%s depends on the bytes alone, not on where they lie in memory',
  (algorithm) => {
    const memory = Buffer.concat([Buffer.from('abc'), Buffer.from('The quick brown fox')]);
    const sums = [0, 1, 2, 3].map((shift) =>
      computeChecksum(
        algorithm,
        Buffer.from(memory)
          .fill('x', 0, 3)
          .subarray(shift + 3),
      ),
    );
    const copies = [0, 1, 2, 3].map((shift) => computeChecksum(algorithm, Buffer.from(memory.subarray(shift + 3))));
    expect(sums).toEqual(copies);
  },
);

test.each([
  ['the right digest', md5('hello').toString('base64'), 200],
  ['the digest of something else', md5('other').toString('base64'), 400],
  ['no digest at all', 'nonsense', 400],
])('Content-MD5 with %s', async (_title, digest, status) => {
  const headers = { 'content-md5': digest };
  expect((await account.signed('PUT', `/${Bucket}/k`, { headers, body: 'hello' })).status).toBe(status);
});

test('an upload without a checksum gets CRC-64/NVME', async () => {
  const { headers } = await account.signed('PUT', `/${Bucket}/${Key}`, { body: '123456789' });
  expect(headers).toMatchObject({ 'x-amz-checksum-crc64nvme': 'rosUhgp5mIg=', 'x-amz-checksum-type': 'FULL_OBJECT' });
});

test.each([
  ['a key of 1,025 bytes', { Key: 'ü'.repeat(513) }, 'KeyTooLongError'],
  ['more than 2 KB of metadata', { Metadata: { a: 'x'.repeat(2048) } }, 'MetadataTooLarge'],
  ['an unknown storage class', { StorageClass: 'TAPE' as 'GLACIER' }, 'InvalidStorageClass'],
  ['an unknown algorithm', { ServerSideEncryption: 'ROT13' as 'AES256' }, 'InvalidArgument'],
  ['a key id without aws:kms', { SSEKMSKeyId: 'k' }, 'InvalidArgument'],
  ['eleven tags', { Tagging: Array.from({ length: 11 }, (_unused, index) => `k${index}=`).join('&') }, 'BadRequest'],
  ['the same tag twice', { Tagging: 'a=1&a=2' }, 'InvalidArgument'],
  [
    'dual-layer encryption with a bucket key',
    { ServerSideEncryption: 'aws:kms:dsse' as const, BucketKeyEnabled: true },
    'NotImplemented',
  ],
  ['retention without Object Lock', { ObjectLockLegalHoldStatus: 'ON' as const }, 'InvalidRequest'],
])('%s is refused', async (_what, input, code) => {
  expect(await outcome(put(input))).toBe(code);
});

test('an archived object is not read before it is restored', async () => {
  await put({ StorageClass: 'GLACIER' });
  expect(await failure(get())).toMatchObject({ code: 'InvalidObjectState', status: 403 });
  expect(await head()).toMatchObject({ StorageClass: 'GLACIER' });
});

test('SSE-C objects are read with their own key only', async () => {
  const allowed = { Rules: [{ BlockedEncryptionTypes: { EncryptionType: ['NONE' as const] } }] };
  await send(new S3.PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: allowed }));
  const key = (letter: string) => ({ SSECustomerAlgorithm: 'AES256', SSECustomerKey: letter.repeat(32) });
  await put(key('a'));
  await put({ Key: 'plain' });
  const overHttp = account.s3([allowAll], { isSecure: false });
  expect([
    await outcome(get(key('a'))),
    await outcome(get()),
    await failure(get(key('b'))),
    await outcome(get({ Key: 'plain', ...key('a') })),
    await outcome(overHttp.send(new S3.GetObjectCommand({ Bucket, Key, ...key('a') }))),
  ]).toMatchObject(['ok', 'InvalidRequest', { code: 'AccessDenied', status: 403 }, 'InvalidRequest', 'InvalidRequest']);
});

describe('versions', () => {
  const listed = async () => {
    const answer = await client.send(new S3.ListObjectVersionsCommand({ Bucket }));
    const entries = [...(answer.Versions ?? []), ...(answer.DeleteMarkers ?? [])];
    return entries.map(({ VersionId, IsLatest }) => (IsLatest ? `${VersionId} latest` : VersionId));
  };

  test('an old version stays, and a delete marker hides the key', async () => {
    await put({ Body: 'null' });
    await version('Enabled');
    const first = await put({ Body: 'first' });
    const second = await put({ Body: 'second' });
    const marker = await client.send(new S3.DeleteObjectCommand({ Bucket, Key }));
    expect(await listed()).toEqual([second.VersionId, first.VersionId, 'null', `${marker.VersionId} latest`]);
    expect(marker.DeleteMarker).toBe(true);
    expect([await textOf(get({ VersionId: first.VersionId })), await textOf(get({ VersionId: 'null' }))]).toEqual([
      'first',
      'null',
    ]);
    expect(await outcome(get())).toBe('NoSuchKey');
    expect(await failure(get({ VersionId: marker.VersionId }))).toMatchObject({
      code: 'MethodNotAllowed',
      status: 405,
    });
    await client.send(new S3.DeleteObjectCommand({ Bucket, Key, VersionId: marker.VersionId }));
    expect(await textOf(get())).toBe('second');
  });

  test('while versioning is suspended, writes and deletes replace the null version', async () => {
    await version('Enabled');
    const kept = await put({ Body: 'kept' });
    await version('Suspended');
    await put({ Body: 'a' });
    await put({ Body: 'b' });
    expect(await listed()).toEqual(['null latest', kept.VersionId]);
    await client.send(new S3.DeleteObjectCommand({ Bucket, Key }));
    expect(await listed()).toEqual([kept.VersionId, 'null latest']);
  });

  test('an unknown version is not there, and a malformed one is refused', async () => {
    await put();
    expect([
      await outcome(get({ VersionId: 'a'.repeat(32) })),
      await outcome(get({ VersionId: 'short' })),
      await outcome(client.send(new S3.DeleteObjectCommand({ Bucket, Key, VersionId: 'a'.repeat(32) }))),
    ]).toEqual(['NoSuchVersion', 'InvalidArgument', 'ok']);
  });

  test('a batch delete answers for each key', async () => {
    await version('Enabled');
    const { VersionId } = await put();
    const Objects = [{ Key }, { Key, VersionId }, { Key: 'never' }];
    const { Deleted = [] } = await client.send(new S3.DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
    expect(Deleted.map(({ Key: key, VersionId: id, DeleteMarker }) => [key, id, DeleteMarker])).toEqual([
      [Key, undefined, true],
      [Key, VersionId, undefined],
      ['never', undefined, true],
    ]);
    const quiet = await client.send(new S3.DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
    expect(quiet.Deleted).toBeUndefined();
  });

  test('a batch delete has to prove that it is intact', async () => {
    const body = `<Delete><Object><Key>${Key}</Key></Object></Delete>`;
    const status = async (headers: Record<string, string>) =>
      (await account.signed('POST', `/${Bucket}?delete`, { headers, body })).status;
    expect([await status({}), await status({ 'content-md5': md5(body).toString('base64') })]).toEqual([400, 200]);
  });
});

describe('Object Lock', () => {
  beforeEach(async () => {
    await version('Enabled');
    await send(
      new S3.PutObjectLockConfigurationCommand({
        Bucket,
        ObjectLockConfiguration: {
          ObjectLockEnabled: 'Enabled',
          Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 10 } },
        },
      }),
    );
  });

  const remove = (VersionId: string | undefined, more: object = {}) =>
    outcome(client.send(new S3.DeleteObjectCommand({ Bucket, Key, VersionId, ...more })));

  test('default retention holds versions for its days, and lets the key be hidden', async () => {
    const { VersionId } = await put();
    expect(await head()).toMatchObject({
      ObjectLockMode: 'GOVERNANCE',
      ObjectLockRetainUntilDate: new Date(account.clock.getTime() + 10 * 86_400_000),
    });
    expect([await remove(undefined), await remove(VersionId)]).toEqual(['ok', 'AccessDenied']);
    account.advanceDays(11);
    client = account.s3();
    expect(await remove(VersionId)).toBe('ok');
  });

  test('governance yields to the right to bypass it, and only when the request uses it', async () => {
    const { VersionId } = await put();
    const bypass = { BypassGovernanceRetention: true };
    client = account.s3([{ Effect: 'Allow', Action: 's3:DeleteObjectVersion', Resource: '*' }]);
    expect(await remove(VersionId, bypass)).toBe('AccessDenied');
    client = account.s3();
    expect([await remove(VersionId), await remove(VersionId, bypass)]).toEqual(['AccessDenied', 'ok']);
  });

  test('compliance and legal hold yield to no one', async () => {
    const ObjectLockRetainUntilDate = new Date(account.clock.getTime() + 86_400_000);
    const strict = await put({ ObjectLockMode: 'COMPLIANCE', ObjectLockRetainUntilDate });
    const held = await put({ ObjectLockLegalHoldStatus: 'ON' });
    const bypass = { BypassGovernanceRetention: true };
    expect([await remove(strict.VersionId, bypass), await remove(held.VersionId, bypass)]).toEqual([
      'AccessDenied',
      'AccessDenied',
    ]);
    const shorter = { Mode: 'GOVERNANCE' as const, RetainUntilDate: ObjectLockRetainUntilDate };
    const at = { Bucket, Key, VersionId: strict.VersionId };
    expect(await outcome(send(new S3.PutObjectRetentionCommand({ ...at, Retention: shorter, ...bypass })))).toBe(
      'AccessDenied',
    );
    const off = { Bucket, Key, VersionId: held.VersionId, LegalHold: { Status: 'OFF' as const } };
    await send(new S3.PutObjectLegalHoldCommand(off));
    expect(await remove(held.VersionId, bypass)).toBe('ok');
  });

  test('an upload has to prove that it is intact, and versioning stays on', async () => {
    expect((await account.signed('PUT', `/${Bucket}/k`, { body: 'x' })).body).toContain(
      'Content-MD5 OR x-amz-checksum-',
    );
    expect(await outcome(version('Suspended'))).toBe('InvalidBucketState');
  });
});

describe('listing', () => {
  const keys = ['a/1', 'a/2', 'b', 'c/1', 'c!', '\u{1F600}', '\uFFFD', 'é'];
  const inOrder = ['a/1', 'a/2', 'b', 'c!', 'c/1', 'é', '\uFFFD', '\u{1F600}'];

  beforeEach(async () => {
    for (const one of keys) await put({ Key: one });
  });

  type V2 = Partial<S3.ListObjectsV2CommandInput>;

  async function pagesV2(input: V2): Promise<readonly (readonly string[])[]> {
    const pages: string[][] = [];
    let token: string | undefined;
    do {
      const page = await client.send(new S3.ListObjectsV2Command({ Bucket, ...input, ContinuationToken: token }));
      const entries = [...(page.Contents ?? []), ...(page.CommonPrefixes ?? [])];
      pages.push(entries.map((entry) => ('Key' in entry ? entry.Key : `${(entry as S3.CommonPrefix).Prefix}…`) ?? ''));
      expect(page.KeyCount).toBe(entries.length);
      token = page.NextContinuationToken;
    } while (token !== undefined);
    return pages;
  }

  test.each<[title: string, input: V2, pages: readonly (readonly string[])[]]>([
    ['in UTF-8 order', {}, [inOrder]],
    ['in pages', { MaxKeys: 3 }, [inOrder.slice(0, 3), inOrder.slice(3, 6), inOrder.slice(6)]],
    ['under a prefix', { Prefix: 'a/' }, [['a/1', 'a/2']]],
    [
      'rolled up',
      { Delimiter: '/', MaxKeys: 4 },
      [
        ['b', 'c!', 'a/…', 'c/…'],
        ['é', '\uFFFD', '\u{1F600}'],
      ],
    ],
    ['one common prefix a page', { Delimiter: '/', MaxKeys: 1, Prefix: 'a' }, [['a/…']]],
    ['after a key', { StartAfter: 'c!' }, [inOrder.slice(4)]],
    ['none at all', { MaxKeys: 0 }, [[]]],
  ])('keys are listed %s', async (_title, input, pages) => {
    expect(await pagesV2(input)).toEqual(pages);
  });

  test('the first version of listing pages by marker', async () => {
    const list = (input: Partial<S3.ListObjectsCommandInput>) =>
      client.send(new S3.ListObjectsCommand({ Bucket, ...input }));
    const first = await list({ Delimiter: '/', MaxKeys: 2 });
    expect([first.NextMarker, first.IsTruncated]).toEqual(['b', true]);
    const prefix = await list({ Delimiter: '/', MaxKeys: 1 });
    expect(prefix.NextMarker).toBe('a/');
    const second = await list({ Delimiter: '/', MaxKeys: 2, Marker: 'a/' });
    expect(second.Contents?.map(({ Key: key }) => key)).toEqual(['b', 'c!']);
  });

  test('keys are percent-encoded on request', async () => {
    await put({ Key: 'x/a b+c~(1).txt' });
    const { body } = await account.signed('GET', `/${Bucket}?list-type=2&encoding-type=url&prefix=x/a%20b`, {});
    expect(body).toContain('<Prefix>x/a+b</Prefix>');
    expect(body).toContain('<Key>x/a+b%2Bc%7E%281%29.txt</Key>');
  });

  test('versions are listed in pages that begin in the middle of a key', async () => {
    await version('Enabled');
    await put({ Key: 'b' });
    await client.send(new S3.DeleteObjectCommand({ Bucket, Key: 'b' }));
    const seen: string[] = [];
    let marker: S3.ListObjectVersionsCommandOutput | undefined;
    do {
      const { NextKeyMarker: KeyMarker, NextVersionIdMarker: VersionIdMarker } = marker ?? {};
      const input = { Bucket, MaxKeys: 2, Prefix: 'b', KeyMarker, VersionIdMarker };
      marker = await client.send(new S3.ListObjectVersionsCommand(input));
      seen.push(...(marker.DeleteMarkers ?? []).map(() => 'marker'));
      seen.push(...(marker.Versions ?? []).map(({ VersionId }) => (VersionId === 'null' ? 'null' : 'version')));
    } while (marker.IsTruncated);
    expect(seen).toEqual(['marker', 'version', 'null']);
  });

  test.each([
    ['max-keys=-1', 'InvalidArgument'],
    ['max-keys=x', 'InvalidArgument'],
    ['encoding-type=base64', 'InvalidArgument'],
    ['list-type=3', 'InvalidArgument'],
    ['list-type=2&continuation-token=!', 'InvalidArgument'],
    ['versions&version-id-marker=x', 'InvalidArgument'],
  ])('listing with %s is %s', async (query, code) => {
    expect((await account.signed('GET', `/${Bucket}?${query}`, {})).body).toContain(`<Code>${code}</Code>`);
  });
});

describe('copying', () => {
  const copy = (input: Partial<S3.CopyObjectCommandInput> = {}) =>
    client.send(new S3.CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/data%2F1`, ...input }));

  beforeEach(() => put({ ContentType: 'text/plain', Metadata: { a: '1' }, Tagging: 't=1' }));

  test('a copy takes everything along', async () => {
    const { CopyObjectResult } = await copy();
    expect(CopyObjectResult).toMatchObject({ ETag: etag, ChecksumCRC32: 'NhCmhg==' });
    expect(await head({ Key: 'copy' })).toMatchObject({ ContentType: 'text/plain', Metadata: { a: '1' }, TagCount: 1 });
  });

  test('a copy replaces what the request tells it to', async () => {
    await copy({ MetadataDirective: 'REPLACE', Metadata: { b: '2' }, TaggingDirective: 'REPLACE' });
    const { Metadata, TagCount } = await head({ Key: 'copy' });
    expect([Metadata, TagCount]).toEqual([{ b: '2' }, undefined]);
  });

  test.each<[title: string, input: Partial<S3.CopyObjectCommandInput>, code: string]>([
    ['onto itself without a change', { Key }, 'InvalidRequest'],
    ['onto itself with other metadata', { Key, MetadataDirective: 'REPLACE' }, 'ok'],
    ['of a missing key', { CopySource: `${Bucket}/missing` }, 'NoSuchKey'],
    ['from a missing bucket', { CopySource: 'nowhere-at-all/x' }, 'NoSuchBucket'],
    ['of a source that is not an object', { CopySource: 'nonsense' }, 'InvalidArgument'],
    ['on a condition that fails', { CopySourceIfMatch: '"other"' }, 'PreconditionFailed'],
    ['of a version that is not there', { CopySource: `${Bucket}/data/1?versionId=${'a'.repeat(32)}` }, 'NoSuchVersion'],
    [
      'under SSE-C while that is blocked',
      { SSECustomerAlgorithm: 'AES256', SSECustomerKey: 'a'.repeat(32) },
      'AccessDenied',
    ],
  ])('a copy %s', async (_title, input, code) => {
    expect(await outcome(copy(input))).toBe(code);
  });
});

describe('multipart uploads', () => {
  const fiveMiB = Buffer.alloc(5 * 1024 * 1024, 'a');
  const start = async (input: Partial<S3.CreateMultipartUploadCommandInput> = {}) =>
    (await client.send(new S3.CreateMultipartUploadCommand({ Bucket, Key, ...input }))).UploadId ?? '';
  const part = async (UploadId: string, PartNumber: number, Body: Buffer | string, more: object = {}) => {
    const command = new S3.UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body, ...more });
    const { $metadata, ServerSideEncryption, ...answer } = await client.send(command);
    return { PartNumber, ...answer };
  };
  const complete = (UploadId: string, Parts: S3.CompletedPart[], more: object = {}) =>
    client.send(new S3.CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts }, ...more }));

  test('parts become one object with a composite ETag', async () => {
    const UploadId = await start({ ContentType: 'text/plain', Metadata: { a: '1' }, Tagging: 't=1' });
    const second = await part(UploadId, 7, 'end');
    const first = await part(UploadId, 2, fiveMiB);
    const { ETag } = await complete(UploadId, [first, second]);
    expect(ETag).toBe(`"${md5(Buffer.concat([md5(fiveMiB), md5('end')])).toString('hex')}-2"`);
    expect(await head()).toMatchObject({ ETag, ContentLength: fiveMiB.length + 3, ContentType: 'text/plain' });
    expect(await head({ PartNumber: 2 })).toMatchObject({
      PartsCount: 2,
      ContentLength: 3,
      ContentRange: `bytes ${fiveMiB.length}-${fiveMiB.length + 2}/${fiveMiB.length + 3}`,
    });
    expect(await textOf(get({ PartNumber: 2 }))).toBe('end');
    expect(await outcome(head({ PartNumber: 3 }))).not.toBe('ok');
    expect(await outcome(complete(UploadId, [first, second]))).toBe('NoSuchUpload');
  });

  test.each([
    ['127.0.0.1', `/${Bucket}`],
    [`${Bucket}.s3.localhost:4566`, ''],
  ])('the location of what was uploaded at %s leads there', async (host, before) => {
    const UploadId = await start();
    const { ETag } = await part(UploadId, 1, 'x');
    const body = `<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>${ETag}</ETag></Part></CompleteMultipartUpload>`;
    const target = `${before}/${Key}?uploadId=${UploadId}`;
    const answer = await account.signed('POST', target, { headers: { host }, body });
    expect(/<Location>(.*)<\/Location>/.exec(answer.body)?.[1]).toBe(
      `https://${host}${before}/${encodeURIComponent(Key)}`,
    );
  });

  test.each([
    ['SHA256', 'COMPOSITE', /^.{44}-1$/],
    ['CRC32', 'COMPOSITE', /^.{8}-1$/],
    ['CRC64NVME', 'FULL_OBJECT', /^.{12}$/],
  ] as const)('%s of an upload is %s', async (ChecksumAlgorithm, ChecksumType, form) => {
    const UploadId = await start({ ChecksumAlgorithm });
    const one = await part(UploadId, 1, 'hello', { ChecksumAlgorithm });
    const answer: S3.CompleteMultipartUploadCommandOutput = await complete(UploadId, [one]);
    expect(answer.ChecksumType).toBe(ChecksumType);
    expect(answer[`Checksum${ChecksumAlgorithm}`]).toMatch(form);
    const attributes = new S3.GetObjectAttributesCommand({
      Bucket,
      Key,
      ObjectAttributes: ['Checksum', 'ObjectParts', 'ObjectSize'],
    });
    expect(await client.send(attributes)).toMatchObject({
      Checksum: { ChecksumType },
      ObjectParts: { TotalPartsCount: 1 },
      ObjectSize: 5,
    });
  });

  test('an upload that is incomplete, out of order or too small is refused', async () => {
    const UploadId = await start();
    const one = await part(UploadId, 1, 'small');
    const two = await part(UploadId, 2, 'end');
    expect([
      await failure(complete(UploadId, [one, two])),
      await outcome(complete(UploadId, [two, one])),
      await outcome(complete(UploadId, [one, { ...two, PartNumber: 3 }])),
      await outcome(complete(UploadId, [{ ...one, ETag: two.ETag }])),
      await outcome(complete(UploadId, [])),
      await outcome(complete(UploadId, [two], { MpuObjectSize: 99 })),
      await outcome(complete(UploadId, [two], { IfMatch: '"x"' })),
      await outcome(part(UploadId, 10_001, 'x')),
      await outcome(part('nonsense', 1, 'x')),
      await outcome(complete(UploadId, [two])),
    ]).toMatchObject([
      { code: 'EntityTooSmall', status: 400 },
      'InvalidPartOrder',
      'InvalidPart',
      'InvalidPart',
      'MalformedXML',
      'InvalidRequest',
      'NoSuchKey',
      'InvalidArgument',
      'NoSuchUpload',
      'ok',
    ]);
  });

  test('uploads and parts are listed until they are aborted', async () => {
    const UploadId = await start();
    const other = await start({ Key: 'other/2' });
    for (const number of [3, 1, 2]) await part(UploadId, number, `part ${number}`);
    const page = await client.send(new S3.ListPartsCommand({ Bucket, Key, UploadId, MaxParts: 2 }));
    expect([page.Parts?.map(({ PartNumber }) => PartNumber), page.IsTruncated, page.NextPartNumberMarker]).toEqual([
      [1, 2],
      true,
      '2',
    ]);
    const uploads = await client.send(new S3.ListMultipartUploadsCommand({ Bucket, Delimiter: '/', Prefix: 'data/' }));
    expect(uploads.Uploads?.map(({ UploadId: id }) => id)).toEqual([UploadId]);
    const first = await client.send(new S3.ListMultipartUploadsCommand({ Bucket, MaxUploads: 1 }));
    const { NextKeyMarker: KeyMarker, NextUploadIdMarker: UploadIdMarker } = first;
    const rest = await client.send(new S3.ListMultipartUploadsCommand({ Bucket, KeyMarker, UploadIdMarker }));
    expect(rest.Uploads?.map(({ UploadId: id }) => id)).toEqual([other]);
    await send(new S3.AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
    expect(await outcome(send(new S3.ListPartsCommand({ Bucket, Key, UploadId })))).toBe('NoSuchUpload');
  });

  test('a part is copied from a range of an object', async () => {
    await put({ Key: 'source', Body: '0123456789' });
    const UploadId = await start();
    const copyPart = (CopySourceRange?: string) =>
      client.send(
        new S3.UploadPartCopyCommand({
          Bucket,
          Key,
          UploadId,
          PartNumber: 1,
          CopySource: `${Bucket}/source`,
          CopySourceRange,
        }),
      );
    expect(await outcome(copyPart('bytes=5-99'))).toBe('InvalidArgument');
    const { CopyPartResult } = await copyPart('bytes=2-4');
    await complete(UploadId, [{ PartNumber: 1, ETag: CopyPartResult?.ETag }]);
    expect(await textOf(get())).toBe('234');
  });
});

test('tags of an object are put, read and removed', async () => {
  await put();
  const at = { Bucket, Key };
  await send(new S3.PutObjectTaggingCommand({ ...at, Tagging: { TagSet: [{ Key: 'a', Value: 'b' }] } }));
  const tags = async () => (await client.send(new S3.GetObjectTaggingCommand(at))).TagSet;
  const before = await tags();
  await send(new S3.DeleteObjectTaggingCommand(at));
  expect([before, await tags()]).toEqual([[{ Key: 'a', Value: 'b' }], []]);
});
