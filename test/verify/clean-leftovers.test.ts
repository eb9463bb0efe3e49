import { isCanary } from '../../lib/verify/cleanup/canary-key';
import { type Cleaning, cleanLeftovers } from '../../lib/verify/cleanup/clean-leftovers';
import { renderCleaningText } from '../../lib/verify/cleanup/cleaning-text';
import { listUploads, listVersions } from '../../lib/verify/cleanup/list-remains';
import { cleaningSchema } from '../../lib/verify/cleanup/schema';
import { guardS3 } from '../../lib/verify/guard/guard';
import { createJournal } from '../../lib/verify/guard/journal';
import { AES_256 } from './configs';
import { type FakeAws, fakeAws, type Script } from './fake-aws';
import { granted, refusal, type StoredVersion } from './fake-bucket';
import { always } from './run';

const PREFIX = AES_256.permissions.verificationPrefix;
const NOW = new Date('2026-03-01T12:00:00Z');
const OLD = new Date('2026-03-01T10:00:00Z');
const YOUNG = new Date('2026-03-01T11:59:00Z');
const HOUR_MS = 3_600_000;

const version = (key: string, madeAt = OLD): StoredVersion => ({
  key,
  versionId: `v-${key}`,
  body: Buffer.from('x'),
  madeAt,
});

const CANARIES = [version(`${PREFIX}11111111-aaaa/object-put`), version(`${PREFIX}22222222-bbbb/unicode-key/a/b c`)];
const OTHERS = [
  version('backups/2024.gz'),
  version(`${PREFIX}readme.txt`),
  version(`${PREFIX}11111111-aaaa/notes.txt`),
  version(`${PREFIX}11111111-aaaa/object-put-2`),
  version(`${PREFIX}short/object-put`),
  version(`${PREFIX}11111111-aaaa/object-put/`),
];

function seeded(script?: Script): FakeAws {
  const aws = fakeAws({ config: AES_256, ...(script && { script }) });
  aws.bucket.versions = [...CANARIES, ...OTHERS, { key: CANARIES[0]?.key ?? '', versionId: 'marker', madeAt: OLD }];
  aws.bucket.uploads = [
    { key: `${PREFIX}11111111-aaaa/multipart-abort`, uploadId: 'u1', parts: new Map(), madeAt: OLD },
    { key: 'backups/2025.gz', uploadId: 'u2', parts: new Map(), madeAt: OLD },
  ];
  return aws;
}

const clean = (aws: FakeAws, olderThanMs = HOUR_MS, signal?: AbortSignal) =>
  cleanLeftovers({ config: AES_256, aws, now: () => NOW, olderThanMs, ...(signal && { signal }) });

describe('cleaning', () => {
  test('removes every version, marker and upload of earlier runs, and nothing else', async () => {
    const aws = seeded();
    const cleaning = await clean(aws);
    expect(cleaning.removed.map(({ kind, key }) => `${kind} ${key}`).sort()).toEqual([
      `delete-marker ${PREFIX}11111111-aaaa/object-put`,
      `upload ${PREFIX}11111111-aaaa/multipart-abort`,
      `version ${PREFIX}11111111-aaaa/object-put`,
      `version ${PREFIX}22222222-bbbb/unicode-key/a/b c`,
    ]);
    expect(cleaning).toMatchObject({ leftovers: [], tooYoung: 0, notProbes: 5 });
    expect(cleaningSchema.parse(cleaning)).toEqual(cleaning);
    expect(aws.bucket.versions).toEqual(OTHERS);
    expect(aws.bucket.uploads.map(({ key }) => key)).toEqual(['backups/2025.gz']);
  });

  test('keeps what a run in progress may have written', async () => {
    const aws = seeded();
    aws.bucket.versions = [version(`${PREFIX}33333333-cccc/object-put`, YOUNG)];
    aws.bucket.uploads = [
      { key: `${PREFIX}33333333-cccc/multipart-abort`, uploadId: 'u3', parts: new Map(), madeAt: YOUNG },
    ];
    expect(await clean(aws)).toMatchObject({ removed: [], tooYoung: 2 });
    expect(aws.bucket.versions.length).toBe(1);
    const ageMs = NOW.getTime() - YOUNG.getTime();
    expect(await clean(aws, ageMs)).toMatchObject({ removed: [{ kind: 'version' }, { kind: 'upload' }], tooYoung: 0 });
  });

  test('asks about nothing but the prefix, and never sends a plain delete', async () => {
    const aws = seeded();
    await clean(aws);
    const prefixes = aws.calls.flatMap(({ input }) => ('Prefix' in input ? [input.Prefix] : []));
    expect(new Set(prefixes)).toEqual(new Set([PREFIX]));
    expect(aws.calls.some(({ name }) => name === 's3.deleteObject')).toBe(false);
  });

  test('names what it could not remove, with the command for it', async () => {
    const denied: Script = ({ name, input }) => {
      const { Objects = [] } = (input.Delete ?? {}) as { Objects?: readonly object[] };
      const Errors = Objects.map((one) => ({ ...one, Code: 'AccessDenied', Message: 'No.' }));
      return name === 's3.deleteObjects' ? granted({ Errors }) : undefined;
    };
    const cleaning = await clean(seeded(denied));
    expect(cleaning.leftovers).toContainEqual({
      kind: 'version',
      key: `${PREFIX}22222222-bbbb/unicode-key/a/b c`,
      versionId: `v-${PREFIX}22222222-bbbb/unicode-key/a/b c`,
      reason: 'AccessDenied: No.',
      command:
        `aws s3api delete-object --bucket acme-backup --key '${PREFIX}22222222-bbbb/unicode-key/a/b c' ` +
        `--version-id 'v-${PREFIX}22222222-bbbb/unicode-key/a/b c' ` +
        '--expected-bucket-owner 111122223333 --region us-east-2',
    });
    expect(renderCleaningText(cleaning)).toMatch(
      /^Leftovers .*: 1\.\nKept, below .*: 5\.\nNot removed: 3\. .*\n {2}aws s3api delete-object/,
    );
  });

  const LOCK = { mode: 'GOVERNANCE', retentionDays: 30 } as const;
  const byLock = 'Access Denied because object protected by object lock.';
  const byPolicy =
    'User: x is not authorized to perform: s3:DeleteObjectVersion on resource: "y" because no identity-based policy allows the s3:DeleteObjectVersion action';
  const [canary = version('')] = CANARIES;
  const { key, versionId } = canary;
  const leftover = (message: string) => ({ kind: 'version', key, versionId, reason: `AccessDenied: ${message}` });
  const locked = { versions: 1, mode: 'GOVERNANCE', until: '2026-03-31T10:00:00.000Z' };

  test.each<{ name: string; lock?: typeof LOCK; madeAt?: Date; message: string; outcome: object }>([
    { name: 'the lock of the config', lock: LOCK, message: byLock, outcome: { locked, leftovers: [] } },
    { name: 'a lock that the config does not name', message: byLock, outcome: { leftovers: [leftover(byLock)] } },
    {
      name: 'a policy, while its retention lasts',
      lock: LOCK,
      message: byPolicy,
      outcome: { leftovers: [leftover(byPolicy)] },
    },
    {
      name: 'a policy, once its retention is over',
      lock: LOCK,
      madeAt: new Date(NOW.getTime() - 30 * 24 * HOUR_MS),
      message: byPolicy,
      outcome: { leftovers: [{ ...leftover(byPolicy), command: expect.stringMatching(/^aws s3api delete-object /) }] },
    },
  ])('tells of a version that is kept by $name', async ({ lock, madeAt = OLD, message, outcome }) => {
    const Errors = [{ Key: key, VersionId: versionId, Code: 'AccessDenied', Message: message }];
    const aws = fakeAws({ config: AES_256, script: always('s3.deleteObjects', granted({ Errors })) });
    aws.bucket.versions = [{ ...canary, madeAt }];
    const config = { ...AES_256, aws: { ...AES_256.aws, ...(lock && { objectLock: lock }) } };
    const cleaning = await cleanLeftovers({ config, aws, now: () => NOW, olderThanMs: HOUR_MS });
    expect(cleaningSchema.parse(cleaning)).toEqual(cleaning);
    const { version: _, bucket, account, ...rest } = cleaning;
    expect(rest).toEqual({ removed: [], tooYoung: 0, notProbes: 0, ...outcome });
  });

  test('sends nothing with credentials of a user', async () => {
    const aws = fakeAws({ config: AES_256, credentials: { isTemporary: false } });
    await expect(clean(aws)).rejects.toMatchObject({ code: 'LongTermCredentials' });
    expect(aws.calls).toEqual([]);
  });

  test.each([
    { during: 'sts.getCallerIdentity', error: { name: 'AbortError' } },
    {
      during: 's3.listObjectVersions',
      error: {
        code: 'LeftoversNotListed',
        message: expect.stringMatching(/^unfinished uploads of .* must be listed .*: AbortError/),
      },
    },
  ])('removes nothing when it is stopped during $during', async ({ during, error }) => {
    const stop = new AbortController();
    const aws = seeded(({ name }) => {
      if (name === during) stop.abort();
      return undefined;
    });
    await expect(clean(aws, HOUR_MS, stop.signal)).rejects.toMatchObject(error);
    expect(aws.bucket.versions.length).toBe(CANARIES.length + OTHERS.length + 1);
  });

  test('refuses to guess where it may not list', async () => {
    const aws = seeded(always('s3.listObjectVersions', refusal('AccessDenied')));
    await expect(clean(aws)).rejects.toMatchObject({
      code: 'LeftoversNotListed',
      message: expect.stringContaining("versions of 'acme-backup/vault-env-verification/' must be listed"),
    });
    expect(aws.bucket.uploads.length).toBe(2);
  });
});

const NOTHING: Cleaning = {
  version: 1,
  bucket: 'b',
  account: '111122223333',
  removed: [],
  leftovers: [],
  tooYoung: 0,
  notProbes: 0,
};

test.each<{ name: string; cleaning: Partial<Cleaning>; lines: readonly string[] }>([
  { name: 'nothing', cleaning: {}, lines: ['Leftovers of earlier verifications removed from b: 0.'] },
  {
    name: 'one of each',
    cleaning: {
      removed: [{ kind: 'version', key: 'k' }],
      locked: { versions: 1, mode: 'COMPLIANCE', until: '2026-03-31T10:00:00.000Z' },
      leftovers: [{ kind: 'version', key: 'k', reason: 'No.', command: 'aws s3api …' }],
      tooYoung: 1,
      notProbes: 1,
    },
    lines: [
      'Leftovers of earlier verifications removed from b: 1.',
      'Kept, younger than --older-than and perhaps of a run under way: 1.',
      'Kept, below the prefix of the probes but not a probe: 1.',
      '1 version of the probes stays until 2026-03-31 10:00 UTC, locked by Object Lock (COMPLIANCE); vault-env verify --clean removes them after that.',
      'Not removed: 1. An operator removes each with:',
      '  aws s3api …',
      '    No.',
    ],
  },
])('the text about $name has a line for it', ({ cleaning, lines }) => {
  expect(renderCleaningText({ ...NOTHING, ...cleaning })).toBe(`${lines.join('\n')}\n`);
});

test('what is left is listed page by page', async () => {
  const first = { IsTruncated: true, NextKeyMarker: 'b', NextVersionIdMarker: 'v', NextUploadIdMarker: 'u' };
  const entries = (Key: string) => ({ Versions: [{ Key, VersionId: '1' }], Uploads: [{ Key, UploadId: '1' }] });
  const script: Script = ({ input }) =>
    granted('KeyMarker' in input ? { ...entries('c'), IsTruncated: false } : { ...entries('a'), ...first });
  const aws = fakeAws({ config: AES_256, script });
  const scope = { bucket: 'acme-backup', account: '111122223333', prefix: PREFIX, owns: () => true };
  const s3 = guardS3(aws.s3, { scope, journal: createJournal() });
  expect(await listVersions(s3, scope)).toEqual(['a', 'c'].map((key) => ({ kind: 'version', key, versionId: '1' })));
  expect(await listUploads(s3, scope)).toEqual(['a', 'c'].map((key) => ({ kind: 'upload', key, uploadId: '1' })));
  const asked = { Bucket: scope.bucket, Prefix: PREFIX, ExpectedBucketOwner: scope.account };
  expect(aws.calls.map(({ input }) => input)).toEqual([
    asked,
    { ...asked, KeyMarker: 'b', VersionIdMarker: 'v' },
    asked,
    { ...asked, KeyMarker: 'b', UploadIdMarker: 'u' },
  ]);
});

test.each<{ key: string; is: boolean }>([
  { key: 'vault-env-verification/run-00000001/object-put', is: true },
  { key: 'vault-env-verification/run-00000001/plain-http/get', is: true },
  { key: 'vault-env-verification/run-00000001/plain-http/', is: false },
  { key: 'vault-env-verification/run-00000001/', is: false },
  { key: 'vault-env-verification/run-00000001/constructor', is: false },
  { key: 'vault-env-verification/a b c d e f/object-put', is: false },
  { key: 'vault-env-verification/of-somebody/run-00000001/object-put', is: false },
  { key: 'Vault-env-verification/run-00000001/object-put', is: false },
  { key: 'backups/vault-env-verification/run-00000001/object-put', is: false },
])("takes '$key' for a probe: $is", ({ key, is }) => {
  expect(isCanary(key, PREFIX)).toBe(is);
});
