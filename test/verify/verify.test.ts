import { NEGATIVE_CHECKS, POSITIVE_CHECKS } from '../../lib/verify/checks';
import { countsOf, type Result, verdictOf } from '../../lib/verify/result/verification';
import type { Progress } from '../../lib/verify/run/progress';
import { AES_256, AWS_KMS, SESSION_ARN } from './configs';
import { fakeAws, type Script } from './fake-aws';
import { refusal } from './fake-bucket';
import { always, resultOf, run } from './run';

const NOT_ASKED_HERE = ['versioning-write', 'version-purge', 'bucket-list', 'marker-removal', 'version-kept'];

describe('a good environment', () => {
  test.each([
    { name: 'AES-256', config: AES_256 },
    { name: 'AWS-KMS', config: AWS_KMS },
  ])('passes with $name, runs every check once and leaves nothing behind', async ({ config }) => {
    const aws = fakeAws({ config });
    const { verification, waits } = await run(aws, { config, timeoutMs: 60_000 });

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

  test('that have run out are refused before anything is written', async () => {
    const aws = fakeAws({ config: AES_256, script: always('sts.getCallerIdentity', refusal('ExpiredToken')) });
    await expect(run(aws)).rejects.toMatchObject({ code: 'ExpiredCredentials' });
    expect(aws.calls.map((call) => call.name)).toEqual(['sts.getCallerIdentity']);
  });
});

test('a run that is stopped before it knows who it is asks nothing more, and throws the reason', async () => {
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
