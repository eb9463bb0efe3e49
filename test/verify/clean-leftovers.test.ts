import { isCanary } from '../../lib/verify/cleanup/canary-key';
import { cleanLeftovers } from '../../lib/verify/cleanup/clean-leftovers';
import { renderCleaningText } from '../../lib/verify/cleanup/cleaning-text';
import { cleaningSchema } from '../../lib/verify/cleanup/schema';
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

const clean = (aws: FakeAws, olderThanMs = HOUR_MS) =>
  cleanLeftovers({ config: AES_256, aws, now: () => NOW, olderThanMs });

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
    aws.bucket.uploads = [];
    expect(await clean(aws)).toMatchObject({ removed: [], tooYoung: 1 });
    expect(aws.bucket.versions.length).toBe(1);
    expect(await clean(aws, 0)).toMatchObject({ removed: [{ kind: 'version' }], tooYoung: 0 });
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

  test('refuses to guess where it may not list', async () => {
    const aws = seeded(always('s3.listObjectVersions', refusal('AccessDenied')));
    await expect(clean(aws)).rejects.toMatchObject({
      code: 'LeftoversNotListed',
      message: expect.stringContaining("versions of 'acme-backup/vault-env-verification/' must be listed"),
    });
    expect(aws.bucket.uploads.length).toBe(2);
  });
});

test.each<{ key: string; is: boolean }>([
  { key: 'vault-env-verification/run-00000001/object-put', is: true },
  { key: 'vault-env-verification/run-00000001/plain-http/get', is: true },
  { key: 'vault-env-verification/run-00000001/plain-http/', is: false },
  { key: 'vault-env-verification/run-00000001/', is: false },
  { key: 'vault-env-verification/run-00000001/constructor', is: false },
  { key: 'vault-env-verification/a b c d e f/object-put', is: false },
  { key: 'backups/vault-env-verification/run-00000001/object-put', is: false },
])("takes '$key' for a probe: $is", ({ key, is }) => {
  expect(isCanary(key, PREFIX)).toBe(is);
});
