import type { BackupEnvironment } from '../../lib/backup-environment/schema';
import { NEGATIVE_CHECKS, POSITIVE_CHECKS } from '../../lib/verify/checks';
import { countsOf, type Result, verdictOf } from '../../lib/verify/result/verification';
import type { Progress } from '../../lib/verify/run/progress';
import { allBut } from './all-but';
import { AES_256, AWS_KMS, SESSION_ARN } from './configs';
import { type FakeAwsOptions, fakeAws, type Script } from './fake-aws';
import { granted, refusal } from './fake-bucket';
import { always, resultOf, run } from './run';

const NOT_ASKED_HERE = [
  'versioning-write',
  'version-get',
  'version-purge',
  'bucket-list',
  'marker-removal',
  'version-kept',
];

describe('a good environment', () => {
  test.each([
    { name: 'AES-256', config: AES_256 },
    { name: 'AWS-KMS', config: AWS_KMS },
  ])('passes with $name, runs every check once and leaves nothing behind', async ({ config }) => {
    const aws = fakeAws({ config });
    const { verification, waits } = await run(aws, { config, timeoutMs: 60_000, without: [] });

    const expected = [
      ...POSITIVE_CHECKS.filter(({ id }) => !NOT_ASKED_HERE.includes(id)),
      ...NEGATIVE_CHECKS.filter(({ id }) => isForbidden(config, id)),
    ];
    expect(verification.checks.map(({ id, result }) => `${id} ${result}`)).toEqual(
      expected.map(({ id }) => `${id} pass`),
    );
    expect(verification).toMatchObject({
      version: 1,
      verdict: 'pass',
      environment: 'acme',
      account: '111122223333',
      role: SESSION_ARN,
      startedAt: '2026-03-01T10:00:00.000Z',
      counts: { total: expected.length, pass: expected.length, fail: 0, inconclusive: 0 },
      notExercised: [],
      leftovers: [],
    });
    expect(verification).not.toHaveProperty('simulated');
    expect(waits).toEqual([]);
    expect(aws.bucket.versions).toEqual([]);
    expect(aws.bucket.uploads).toEqual([]);
  });

  test('says who answered and where the credentials came from', async () => {
    const { verification } = await run(fakeAws({ config: AES_256 }));
    expect(verification).toMatchObject({
      answeredBy: [{ service: 'S3', url: 'https://s3.us-east-2.amazonaws.com', isAws: true }],
      credentials: { source: 'the instance metadata service' },
    });
    expect(verification).not.toHaveProperty('doubts');
    expect(verification).not.toHaveProperty('notAsked');
  });

  const elsewhere = [{ service: 'S3', url: 'https://s3.example', isAws: false }];
  const { permissions } = AES_256;
  const cut = { ...AES_256, permissions: { ...permissions, forbidden: permissions.forbidden.slice(0, 1) } };
  const [location] = permissions.allowed;
  const shortened = { ...AES_256, permissions: { ...permissions, allowed: location === undefined ? [] : [location] } };
  const withoutKey = { ...AWS_KMS, permissions };
  const { bucketArn } = AES_256.aws;
  const onWholeBucket = ({ action, resource }: { readonly action: string; readonly resource: string }) => {
    return { action, resource: action === 's3:DeleteObjectVersion' ? `${bucketArn}/*` : resource };
  };

  test.each<{ name: string; aws: Partial<FakeAwsOptions>; config?: BackupEnvironment; doubt: string }>([
    { name: 'something that is not AWS by name answered', aws: { endpoints: elsewhere }, doubt: 'https://s3.example' },
    {
      name: 'the credentials are a copy in the environment',
      aws: { credentials: { mark: 'CREDENTIALS_ENV_VARS', source: 'the environment variables' } },
      doubt: 'The credentials came from the environment variables',
    },
    {
      name: 'the credentials are a copy in a profile',
      aws: { credentials: { mark: 'CREDENTIALS_PROFILE', source: 'a profile' } },
      doubt: 'The credentials came from a profile',
    },
    {
      name: 'prohibitions were cut out of the config',
      aws: {},
      config: cut,
      doubt: 'does not ask for presigned-plain',
    },
    {
      name: 'permissions were cut out of the config',
      aws: {},
      config: shortened,
      doubt: 'does not ask for object-put',
    },
    {
      name: 'a permission was widened in the config',
      aws: {},
      config: { ...AES_256, permissions: { ...permissions, allowed: permissions.allowed.map(onWholeBucket) } },
      doubt: `The config lacks s3:DeleteObjectVersion on ${bucketArn}/vault-env-verification/*, has s3:DeleteObjectVersion on ${bucketArn}/*, other than`,
    },
    {
      name: 'the permission for a former key is missing',
      aws: {},
      config: { ...AWS_KMS, aws: { ...AWS_KMS.aws, formerKeyArns: [`${AWS_KMS.aws.keyArn}0`] } },
      doubt: `The config lacks kms:Decrypt on ${AWS_KMS.aws.keyArn}0, other than`,
    },
    { name: 'the prohibitions of a key are missing', aws: {}, config: withoutKey, doubt: 'does not ask for wrong-key' },
  ])('does not pass where $name', async ({ aws, config = AES_256, doubt }) => {
    const { verification } = await run(fakeAws({ config, ...aws }), { config });
    expect(verification.counts).toMatchObject({ fail: 0, inconclusive: 0 });
    expect(verification).toMatchObject({ verdict: 'inconclusive', doubts: [expect.stringContaining(doubt)] });
  });

  const certificate = { subject: { CN: ['host.example'] } };
  /** A session of a certificate is named after its serial number. */
  const script = always('sts.getCallerIdentity', granted({ Arn: SESSION_ARN.replace(/[^/]+$/, '0a1b') }));
  const HOSTS_OF: Readonly<Record<string, object>> = {
    ec2: AES_256.host,
    'on-premises, process': { kind: 'on-premises', certificate, helper: 'process' },
    'on-premises, serve': { kind: 'on-premises', certificate, helper: 'serve' },
    'existing-role': { kind: 'existing-role' },
  };
  const EVERY_SOURCE = [
    'IMDS',
    'CREDENTIALS_ENV_VARS',
    'CREDENTIALS_PROFILE',
    'CREDENTIALS_SSO',
    'CREDENTIALS_HTTP',
    'CREDENTIALS_STS_ASSUME_ROLE_WEB_ID',
    'CREDENTIALS_STS_ASSUME_ROLE',
    'CREDENTIALS_PROFILE_PROCESS',
    'CREDENTIALS_PROCESS',
  ];

  test.each([
    { kind: 'ec2', own: ['IMDS'] },
    { kind: 'on-premises, process', own: ['CREDENTIALS_PROFILE_PROCESS', 'CREDENTIALS_PROCESS'] },
    { kind: 'on-premises, serve', own: ['IMDS'] },
    { kind: 'existing-role', own: EVERY_SOURCE.filter((one) => !/ENV_VARS|PROFILE$|SSO/.test(one)) },
  ])('accepts credentials only from sources of the kind $kind', async ({ kind, own }) => {
    const config = { ...AES_256, host: HOSTS_OF[kind] } as BackupEnvironment;
    const without = allBut('role-identity');
    const passing = [];
    for (const mark of EVERY_SOURCE) {
      const aws = fakeAws({ config, script, credentials: { mark, source: mark } });
      const { verification } = await run(aws, { config, without });
      if (verification.verdict === 'pass') passing.push(mark);
      else expect(verification.doubts).toEqual([expect.stringContaining(`The credentials came from ${mark}`)]);
    }
    expect(passing).toEqual(own);
  });

  test('passes at endpoints other than AWS where the caller accepts that, and says so', async () => {
    const aws = fakeAws({ config: AES_256, endpoints: elsewhere });
    const { verification } = await run(aws, { acceptsOtherEndpoints: true });
    expect(verification).toMatchObject({ verdict: 'pass', acceptedOtherEndpoints: true, answeredBy: elsewhere });
  });

  test('stays a failure whatever else is in doubt', async () => {
    const aws = fakeAws({ config: AES_256, endpoints: elsewhere, script: always('s3.getBucketPolicy', granted()) });
    expect((await run(aws)).verification).toMatchObject({ verdict: 'fail', doubts: [expect.any(String)] });
  });

  test('is marked as simulated where the Server header says so', async () => {
    const { verification } = await run(fakeAws({ config: AES_256, server: 'simulated-aws' }));
    expect(verification.simulated).toBe(true);
  });

  test('passes in a bucket without versioning only where the config does not ask for it', async () => {
    const { verification } = await run(fakeAws({ config: AES_256, isVersioned: false }));
    expect(verification.verdict).toBe('pass');
    expect(verification.leftovers).toEqual([]);
  });

  test('reports counts that only grow, and ends at the total', async () => {
    const seen: Progress[] = [];
    const { verification } = await run(fakeAws({ config: AES_256 }), { onProgress: (one) => seen.push(one) });
    const done = seen.map((one) => one.done);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(seen.at(-1)).toEqual({
      phase: 'cleanup',
      done: verification.counts.total,
      total: verification.counts.total,
      counts: { pass: verification.counts.total, fail: 0, inconclusive: 0 },
      running: [],
    });
  });
});

function isForbidden(config: typeof AES_256, id: string): boolean {
  return config.permissions.forbidden.some((one) => one === id);
}

describe('credentials', () => {
  test('of a user are refused before anything is sent', async () => {
    const aws = fakeAws({ config: AES_256, credentials: { isTemporary: false, source: 'a profile' } });
    await expect(run(aws)).rejects.toMatchObject({
      code: 'LongTermCredentials',
      message: expect.stringContaining('probably from a profile'),
    });
    expect(aws.calls).toEqual([]);
  });

  test.each(['ExpiredToken', 'ExpiredTokenException'])(
    'that have expired, which STS tells by %s, are refused before anything is written',
    async (code) => {
      const aws = fakeAws({ config: AES_256, script: always('sts.getCallerIdentity', refusal(code)) });
      await expect(run(aws)).rejects.toMatchObject({ code: 'ExpiredCredentials' });
      expect(aws.calls.map((call) => call.name)).toEqual(['sts.getCallerIdentity']);
    },
  );
});

test('a run that is stopped before it knows its identity asks nothing more, and throws the reason', async () => {
  const stop = new AbortController();
  const aws = fakeAws({
    config: AES_256,
    script: ({ name }) => {
      if (name === 'sts.getCallerIdentity') stop.abort();
      return undefined;
    },
  });
  await expect(run(aws, { signal: stop.signal })).rejects.toMatchObject({ name: 'AbortError' });
  expect(aws.calls.map(({ name }) => name)).toEqual(['sts.getCallerIdentity']);
});

test.each(['ThrottlingException', 'KMS.ThrottlingException', 'RequestTimeout', 'InvalidToken'])(
  'a put that AWS answers with %s and status 400 is a doubt, not a no',
  async (code) => {
    expect(await resultOf('object-put', always('s3.putObject', refusal(code, 400)))).toMatchObject({
      result: 'inconclusive',
    });
  },
);

test('nothing passes where AWS answers everything with an unknown error', async () => {
  const script: Script = () => refusal('SomethingNew', 418);
  const { verification } = await run(fakeAws({ config: AWS_KMS, script }), { config: AWS_KMS });
  const results = new Set<Result>(verification.checks.map((one) => one.result));
  expect([...results].filter((one) => one === 'pass')).toEqual([]);
});

test.each<{ results: readonly Result[]; verdict: Result }>([
  { results: [], verdict: 'inconclusive' },
  { results: ['pass'], verdict: 'pass' },
  { results: ['pass', 'inconclusive'], verdict: 'inconclusive' },
  { results: ['inconclusive', 'fail', 'pass'], verdict: 'fail' },
])('the verdict of $results is $verdict', ({ results, verdict }) => {
  expect(verdictOf(results)).toBe(verdict);
  expect(countsOf(results).total).toBe(results.length);
});
