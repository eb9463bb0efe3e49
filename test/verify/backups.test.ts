import { sampleOf } from '../../lib/verify/check-kit/backups';
import { BACKUP_RULES } from '../../lib/verify/guard/guard-rules';
import { AWS_KMS } from './configs';
import type { Script } from './fake-aws';
import { granted, refusal } from './fake-bucket';
import { resultOf } from './run';

const CURRENT = AWS_KMS.aws.keyArn ?? '';
const FORMER = CURRENT.replace(/key\/.*/, 'key/former');
const OTHER = CURRENT.replace(/key\/.*/, 'key/other');
const config = { ...AWS_KMS, aws: { ...AWS_KMS.aws, formerKeyArns: [FORMER] } };

interface Backup {
  readonly key: string;
  readonly under?: string;
  readonly storageClass?: string;
  /** In bytes. @default 8 */
  readonly size?: number;
}

/** A bucket with these backups, the first the newest, in pages of two keys; what is asked of it is noted. */
function bucketWith(backups: readonly Backup[], answers: { readonly get?: Script; readonly head?: Script } = {}) {
  const asked: string[] = [];
  const script: Script = (call) => {
    const { name, input } = call;
    if (name === 's3.listObjectsV2' && input.Prefix === undefined) {
      asked.push('list');
      const from = Number(input.ContinuationToken ?? 0);
      return granted({
        Contents: backups.slice(from, from + 2).map(({ key, storageClass, size = 8 }, index) => ({
          Key: key,
          Size: size,
          LastModified: new Date(Date.parse('2026-01-01') - (from + index) * 1000),
          ...(storageClass && { StorageClass: storageClass }),
        })),
        IsTruncated: from + 2 < backups.length,
        NextContinuationToken: String(from + 2),
      });
    }
    const backup = backups.find(({ key }) => key === input.Key);
    if (backup === undefined) return undefined;
    asked.push(`${name.slice(3, 7)} ${backup.key}`);
    if (name === 's3.getObject') return answers.get?.(call) ?? granted({ Body: Buffer.from('a') });
    const { under } = backup;
    const encryption = under
      ? { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: under }
      : { ServerSideEncryption: 'AES256' };
    return answers.head?.(call) ?? granted(encryption);
  };
  return { script, asked };
}

const checked = (backups: readonly Backup[], answers = {}) =>
  resultOf('backup-encryption', bucketWith(backups, answers).script, config);

describe('the encryption of backups', () => {
  test('passes with the current key, a former one and AES-256, and tells how many are under each', async () => {
    const backups = [{ key: 'c', under: CURRENT }, { key: 'b', under: FORMER }, { key: 'a' }];
    expect(await checked(backups)).toEqual({
      result: 'pass',
      detail: `3 of 3 backups were looked at. Under the current key: 1; under the former key ${FORMER}: 1; with AES-256, an earlier method: 1.`,
    });
  });

  test('tells when no backup was seen under a former key', async () => {
    expect((await checked([{ key: 'a', under: CURRENT }])).detail).toContain(`former key ${FORMER}: none seen.`);
  });

  test.each([
    { of: 'an empty bucket', backups: [] },
    { of: 'a bucket with probes alone', backups: [{ key: 'vault-env-verification/x', under: OTHER }] },
  ])('passes in $of, and says so', async ({ backups }) => {
    expect(await checked(backups)).toEqual({
      result: 'pass',
      detail: 'The bucket holds no backup that could be looked at.',
    });
  });

  test('skips a backup that disappears before it is looked at', async () => {
    const head: Script = ({ input }) => (input.Key === 'b' ? refusal('NotFound', 404) : undefined);
    const { result, detail } = await checked([{ key: 'b', under: OTHER }, { key: 'a' }], { head });
    expect([result, detail]).toEqual(['pass', expect.stringContaining('1 of 2 backups were looked at')]);
  });

  test('fails when a backup is under another key, such as aws/s3', async () => {
    const { result, detail } = await checked([
      { key: 'b', under: OTHER },
      { key: 'a', under: CURRENT },
    ]);
    expect(result).toBe('fail');
    expect(detail).toContain(`neither the current nor a former one: ${OTHER}. A put that asks for aws:kms without`);
  });

  test.each(['KMS.DisabledException', 'KMS.KMSInvalidStateException', 'AccessDenied'])(
    'fails when KMS answers %s to a read under a former key',
    async (code) => {
      const get: Script = ({ input }) => (input.Key === 'a' ? refusal(code, 400) : undefined);
      const backups = [
        { key: 'b', under: CURRENT },
        { key: 'a', under: FORMER },
      ];
      const { result, detail } = await checked(backups, { get });
      expect([result, detail]).toEqual(['fail', `GetObject of a backup under ${FORMER} answered ${code}: ${code}.`]);
    },
  );

  test('leaves it to other checks to fail where the role may not list or not read at all', async () => {
    const nothing: Script = () => refusal('AccessDenied');
    expect(await resultOf('backup-encryption', nothing)).toMatchObject({ result: 'inconclusive' });
    const head: Script = () => refusal('Http403');
    expect(await checked([{ key: 'a' }], { head, get: nothing })).toMatchObject({ result: 'inconclusive' });
  });

  test('fails when KMS refuses the headers of a backup', async () => {
    const head: Script = () => refusal('Http403');
    const message =
      'User: x is not authorized to perform: kms:Decrypt on resource: "y" because no identity-based policy allows the kms:Decrypt action';
    const get: Script = () => ({ ...refusal('AccessDenied'), message });
    expect(await checked([{ key: 'a' }], { head, get })).toMatchObject({ result: 'fail' });
  });

  test('asks for four pages, the ten newest and the ten oldest, and reads the newest under each key', async () => {
    const many = Array.from({ length: 60 }, (_, index) => ({
      key: `k${String(index).padStart(2, '0')}`,
      under: CURRENT,
    }));
    // The newest are archived or empty, so that they cannot be read.
    const unreadable = [{ storageClass: 'GLACIER' }, { storageClass: 'DEEP_ARCHIVE' }, { size: 0 }].map(
      (one, index) => ({
        ...{ key: `unreadable ${index}`, under: CURRENT },
        ...one,
      }),
    );
    const { script, asked } = bucketWith([...unreadable, ...many]);
    const { detail } = await resultOf('backup-encryption', script, { ...config });
    expect(detail).toContain('8 of 8 and more backups were looked at');
    const once = asked.slice(0, asked.length / 2);
    expect(once.filter((one) => one === 'list').length).toBe(4);
    expect(once.filter((one) => one.startsWith('head')).length).toBe(8);
    expect(once.filter((one) => one.startsWith('getO'))).toEqual(['getO k00']);
  });
});

test.each([
  { count: 4, sampled: [4, 3, 2, 1] },
  { count: 5, sampled: [5, 4, 2, 1] },
])('of $count backups, the two newest and the two oldest are looked at', ({ count, sampled }) => {
  const backups = Array.from({ length: count }, (_, index) => ({
    key: `${index + 1}`,
    modifiedAt: new Date(index + 1),
    isReadable: true,
  }));
  expect(sampleOf(backups, 2).map(({ key }) => Number(key))).toEqual(sampled);
});

describe('the guard of backups', () => {
  const scope = { bucket: 'b', account: '1', prefix: 'p/', owns: () => false };

  test.each([
    { call: 'listObjectsV2', input: { Bucket: 'b', MaxKeys: 1000 }, isAdmitted: true },
    { call: 'listObjectsV2', input: { Bucket: 'other', MaxKeys: 1000 }, isAdmitted: false },
    { call: 'listObjectsV2', input: { Bucket: 'b' }, isAdmitted: false },
    { call: 'listObjectsV2', input: { Bucket: 'b', MaxKeys: 1000, Prefix: 'x' }, isAdmitted: false },
    { call: 'headObject', input: { Bucket: 'b', Key: 'backup' }, isAdmitted: true },
    { call: 'headObject', input: { Bucket: 'other', Key: 'backup' }, isAdmitted: false },
    { call: 'getObject', input: { Bucket: 'b', Key: 'backup', Range: 'bytes=0-0' }, isAdmitted: true },
    { call: 'getObject', input: { Bucket: 'b', Key: 'backup' }, isAdmitted: false },
    { call: 'getObject', input: { Bucket: 'b', Key: 'backup', Range: 'bytes=0-1' }, isAdmitted: false },
    { call: 'getObject', input: { Bucket: 'other', Key: 'backup', Range: 'bytes=0-0' }, isAdmitted: false },
  ] as const)('admits $call with $input: $isAdmitted', ({ call, input, isAdmitted }) => {
    expect(BACKUP_RULES[call](input, scope)).toBe(isAdmitted);
  });

  test('has no call that writes', () => {
    expect(Object.keys(BACKUP_RULES)).toEqual(['getObject', 'headObject', 'listObjectsV2']);
  });
});
