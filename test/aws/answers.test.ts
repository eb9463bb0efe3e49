import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ask, refusalOf } from '../../lib/aws/ask';
import { resolveCredentials } from '../../lib/aws/credentials/resolve-credentials';
import { iamRegion } from '../../lib/aws/iam-region';

const NO_WAIT = [0, 0];
const metadata = { httpStatusCode: 200, requestId: 'R1' };

function failure(name: string, properties: object = {}): Error {
  return Object.assign(new Error(`${name} happened.`), { name }, properties);
}

describe('an answer', () => {
  test('carries the value, the status and the request id', async () => {
    const output = { $metadata: metadata, Arn: 'arn' };
    expect(await ask(async () => output)).toEqual({ ok: true, value: output, status: 200, requestId: 'R1' });
  });

  test.each([
    {
      name: "AWS's own code",
      error: failure('AccessDenied', { $metadata: { httpStatusCode: 403, requestId: 'R2' } }),
      expected: { code: 'AccessDenied', status: 403, requestId: 'R2', message: 'AccessDenied happened.' },
    },
    {
      name: 'the code on the wire, not the name that the SDK gives it',
      error: failure('NoSuchEntityException', { Code: 'NoSuchEntity', $metadata: { httpStatusCode: 404 } }),
      expected: { code: 'NoSuchEntity', status: 404, requestId: undefined, message: 'NoSuchEntityException happened.' },
    },
    {
      name: 'the status of a HEAD request, which has no code',
      error: failure('Unknown', { $metadata: { httpStatusCode: 403, requestId: 'R3' } }),
      expected: { code: 'Http403', status: 403, requestId: 'R3', message: 'Unknown happened.' },
    },
    {
      name: 'the system’s code where there was no response',
      error: failure('Error', { code: 'ECONNREFUSED' }),
      expected: { code: 'ECONNREFUSED', status: undefined, requestId: undefined, message: 'Error happened.' },
    },
    {
      name: 'the name of the error where there is no code',
      error: failure('TimeoutError'),
      expected: { code: 'TimeoutError', status: undefined, requestId: undefined, message: 'TimeoutError happened.' },
    },
    {
      name: 'the thrown value where it is not an error',
      error: 'gone',
      expected: { code: 'Error', status: undefined, requestId: undefined, message: 'gone' },
    },
  ])('that refuses names $name', ({ error, expected }) => {
    expect(refusalOf(error)).toEqual({ ok: false, ...expected });
  });
});

describe('asking', () => {
  test.each([
    { name: 'SlowDown', status: 503 },
    { name: 'Throttling', status: 400 },
    { name: 'ThrottlingException', status: 400 },
    { name: 'KMS.ThrottlingException', status: 400 },
    { name: 'TooManyRequestsException', status: 429 },
  ])('again after $name with status $status', async ({ name, status }) => {
    const errors = [failure(name, { $metadata: { httpStatusCode: status } })];
    const send = jest.fn(async () => {
      const error = errors.pop();
      if (error !== undefined) throw error;
      return { $metadata: metadata };
    });
    expect(await ask(send, undefined, NO_WAIT)).toMatchObject({ ok: true });
    expect(send).toHaveBeenCalledTimes(2);
  });

  test('ends one attempt after the last wait', async () => {
    const send = jest.fn(async () => Promise.reject(failure('SlowDown')));
    expect(await ask(send, undefined, NO_WAIT)).toMatchObject({ ok: false, code: 'SlowDown' });
    expect(send).toHaveBeenCalledTimes(3);
  });

  test('ends with the signal, even while the SDK waits for credentials', async () => {
    const stop = new AbortController();
    const answer = ask(() => new Promise<never>(() => undefined), stop.signal, NO_WAIT);
    stop.abort();
    expect(await answer).toMatchObject({ ok: false, code: 'AbortError' });
    expect(await ask(() => new Promise<never>(() => undefined), stop.signal, NO_WAIT)).toMatchObject({
      code: 'AbortError',
    });
  });

  test('as many at once as there are things to read is no leak to Node, which else warns on the terminal', () => {
    const script = `
      const { ask } = require('./lib/aws/ask');
      const { signal } = new AbortController();
      const send = () => new Promise((resolve) => setTimeout(resolve, 10, { $metadata: ${JSON.stringify(metadata)} }));
      Promise.all(Array.from({ length: 40 }, () => ask(send, signal))).then(({ length }) => console.log(length));`;
    const { stdout, stderr } = spawnSync(process.execPath, ['-r', 'tsx/cjs', '-e', script], {
      cwd: join(__dirname, '../..'),
      encoding: 'utf8',
    });
    expect({ stdout, stderr }).toEqual({ stdout: '40\n', stderr: '' });
  });

  test.each(['AccessDenied', 'InternalError', 'TimeoutError', 'ECONNRESET'])('never hides %s', async (name) => {
    const send = jest.fn(async () => Promise.reject(failure(name)));
    expect(await ask(send, undefined, NO_WAIT)).toMatchObject({ ok: false, code: name });
    expect(send).toHaveBeenCalledTimes(1);
  });
});

describe('credentials', () => {
  const temporary = { accessKeyId: 'ASIAQWERTYUIOPASDFGH', secretAccessKey: 's3cret', sessionToken: 't0ken' };

  test.each([
    { name: 'instance metadata leaves no mark', $source: {}, source: 'the instance metadata service' },
    { name: 'environment', $source: { CREDENTIALS_ENV_VARS: 'g' }, source: /AWS_ACCESS_KEY_ID/ },
    { name: 'container', $source: { CREDENTIALS_HTTP: 'z' }, source: 'the container credentials endpoint' },
    {
      name: 'a role assumed with a profile',
      $source: { CREDENTIALS_PROFILE: 'n', CREDENTIALS_STS_ASSUME_ROLE: 'i' },
      source: 'a profile that assumes a role',
    },
  ])('say where they come from: $name', async ({ $source, source }) => {
    const facts = await resolveCredentials(async () => ({ ...temporary, $source }));
    expect(facts).toEqual({
      isTemporary: true,
      accessKeyIdHint: 'ASIA…DFGH',
      expiration: undefined,
      source: expect.stringMatching(source),
      mark: Object.keys($source).at(-1) ?? 'IMDS',
    });
    expect(JSON.stringify(facts)).not.toMatch(/s3cret|t0ken|ASIAQWERTY/);
  });

  test.each([undefined, ''])('are long-term ones with the session token %p', async (sessionToken) => {
    expect(await resolveCredentials(async () => ({ ...temporary, sessionToken }))).toMatchObject({
      isTemporary: false,
    });
  });

  test('that are empty count as none, not as a long-term key', async () => {
    const env = { AWS_EC2_METADATA_SERVICE_ENDPOINT: 'http://127.0.0.1:1' };
    const empty = { accessKeyId: '', secretAccessKey: '', sessionToken: '' };
    await expect(resolveCredentials(async () => empty, { env })).rejects.toMatchObject({
      code: 'NoCredentials',
      message: expect.stringContaining('The keys that came are empty'),
    });
  });

  test('that have expired are an error', async () => {
    const expiration = new Date('2020-01-01T00:00:00Z');
    await expect(resolveCredentials(async () => ({ ...temporary, expiration }))).rejects.toMatchObject({
      code: 'ExpiredCredentials',
      message: expect.stringContaining('got: ASIA…DFGH from the instance metadata service, expired at 2020-01-01'),
    });
  });
});

test.each([
  { region: 'us-east-2', expected: 'us-east-1' },
  { region: 'eu-central-1', expected: 'us-east-1' },
  { region: 'us-gov-east-1', expected: 'us-gov-west-1' },
  { region: 'cn-northwest-1', expected: 'cn-north-1' },
])('requests to IAM from $region are signed for $expected', ({ region, expected }) => {
  expect(iamRegion(region)).toBe(expected);
});
