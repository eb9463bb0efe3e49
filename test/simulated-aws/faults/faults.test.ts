import { CreateRoleCommand, GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { KMSClient, ListKeysCommand } from '@aws-sdk/client-kms';
import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Fault, SimulatedAccount } from '../../../lib/simulated-aws';
import { FAULT_KINDS, Faults } from '../../../lib/simulated-aws';
import { accountId, clientConfig, failure, region, startAccount, trustPolicy } from '../account';

const Bucket = 'example-bucket';
const subject = { service: 's3', operation: 'PutObject', host: 'example-bucket.localhost' };
const throttling: Fault = { kind: 'throttling' };

/** Which of so many like requests are hit. */
function hits(faults: Faults, count: number, of = subject): readonly number[] {
  return Array.from({ length: count }, (_, index) => (faults.choose(of).fault === undefined ? [] : [index + 1])).flat();
}

describe('a fault rule', () => {
  test.each([
    { name: 'every request', rule: {}, expected: [1, 2, 3, 4, 5] },
    { name: 'the second request', rule: { from: 2, times: 1 }, expected: [2] },
    { name: 'all from the fourth', rule: { from: 4 }, expected: [4, 5] },
    { name: 'the first two', rule: { times: 2 }, expected: [1, 2] },
    { name: 'none', rule: { probability: 0 }, expected: [] },
    { name: 'its service', rule: { match: { service: 's3' } }, expected: [1, 2, 3, 4, 5] },
    { name: 'no other service', rule: { match: { service: 'kms' } }, expected: [] },
    { name: 'operations like its pattern', rule: { match: { operation: 'Put*' } }, expected: [1, 2, 3, 4, 5] },
    { name: 'no other operation', rule: { match: { operation: 'Put' } }, expected: [] },
    { name: 'its host', rule: { match: { host: '*.LOCALHOST' } }, expected: [1, 2, 3, 4, 5] },
    { name: 'no other host', rule: { match: { host: '127.0.0.1' } }, expected: [] },
  ])('hits $name', ({ rule, expected }) => {
    expect(hits(new Faults('seed', [{ ...rule, fault: throttling }]), 5)).toEqual(expected);
  });

  test('with a probability hits the same requests with the same seed, and others with another', () => {
    const rules = [{ probability: 0.3, fault: throttling }];
    const first = hits(new Faults('a', rules), 200);
    expect(first.length).toBeGreaterThan(30);
    expect(first.length).toBeLessThan(90);
    expect(hits(new Faults('a', rules), 200)).toEqual(first);
    expect(hits(new Faults('b', rules), 200)).not.toEqual(first);
  });

  test('waits its turn behind a rule that hit; latencies add up', () => {
    const reset: Fault = { kind: 'connection-reset', when: 'before-operation' };
    const latency: Fault = { kind: 'latency', latencyMs: 5 };
    const faults = new Faults('seed', [
      { name: 'first', times: 1, fault: throttling },
      { name: 'slow', fault: latency },
      { times: 1, fault: reset },
      { fault: latency },
    ]);
    const latencies = [
      { rule: 'slow', fault: latency },
      { rule: '#4', fault: latency },
    ];
    expect([faults.choose(subject), faults.choose(subject), faults.choose(subject)]).toEqual([
      { latencies, fault: { rule: 'first', fault: throttling } },
      { latencies, fault: { rule: '#3', fault: reset } },
      { latencies },
    ]);
  });

  test.each([
    { rule: { from: 0 }, message: "'from' of the fault rule 'odd' must be a number from 1, got: 0" },
    { rule: { times: 1.5 }, message: "'times' of the fault rule 'odd' must be a number from 1, got: 1.5" },
    { rule: { probability: 2 }, message: "'probability' of the fault rule 'odd' must be a number from 0 to 1, got: 2" },
    {
      rule: { fault: { kind: 'latency', latencyMs: 2 ** 31 } as const },
      message: "'latencyMs' of the fault rule 'odd' must be a number from 0 to 2147483647, got: 2147483648",
    },
    {
      rule: { fault: { kind: 'slowness' } as never },
      message: `'kind' of the fault rule 'odd' must be one of ${FAULT_KINDS.join(', ')}, got: slowness`,
    },
  ])('is refused when it makes no sense: $message', ({ rule, message }) => {
    const make = () => new Faults('seed', [{ name: 'odd', fault: throttling, ...rule }]);
    expect(make).toThrow(expect.objectContaining({ code: 'BadFaultRule', message }));
  });
});

describe('a fault on the wire', () => {
  let account: SimulatedAccount;
  let config: ReturnType<typeof clientConfig>;
  let s3: S3Client;

  beforeAll(async () => {
    account = await startAccount();
    config = clientConfig(account);
    s3 = new S3Client(config);
    const CreateBucketConfiguration = { LocationConstraint: region } as const;
    await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration }));
    await put('key', 'text');
    const AssumeRolePolicyDocument = trustPolicy({ AWS: accountId });
    await new IAMClient(config).send(new CreateRoleCommand({ RoleName: 'example', AssumeRolePolicyDocument }));
  });

  afterEach(() => account.faults.clear());

  afterAll(async () => {
    s3.destroy();
    await account.stop();
  });

  const put = (Key: string, Body: string) => s3.send(new PutObjectCommand({ Bucket, Key, Body }));
  const head = (Key: string) => s3.send(new HeadObjectCommand({ Bucket, Key }));
  const read = async (Key: string) =>
    await (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body?.transformToString();

  /** From now on, with a name that the log must tell. */
  function inject(fault: Fault): void {
    account.faults.set([{ name: 'test', fault }]);
  }

  function lastEntry() {
    const { httpStatusCode, errorCode, faults } = account.requestLog.last ?? {};
    return { httpStatusCode, errorCode, faults };
  }

  const ask = {
    s3: () => put('refused', 'text'),
    iam: () => new IAMClient(config).send(new GetRoleCommand({ RoleName: 'example' })),
    sts: () => new STSClient(config).send(new GetCallerIdentityCommand({})),
    kms: () => new KMSClient(config).send(new ListKeysCommand({})),
  };

  test.each([
    { service: 's3', kind: 'throttling', status: 503, code: 'SlowDown' },
    { service: 's3', kind: 'internal-error', status: 500, code: 'InternalError' },
    { service: 's3', kind: 'service-unavailable', status: 503, code: 'ServiceUnavailable' },
    { service: 'iam', kind: 'throttling', status: 400, code: 'Throttling' },
    { service: 'iam', kind: 'internal-error', status: 500, code: 'ServiceFailure' },
    { service: 'sts', kind: 'throttling', status: 400, code: 'Throttling' },
    { service: 'sts', kind: 'internal-error', status: 500, code: 'InternalFailure' },
    { service: 'sts', kind: 'service-unavailable', status: 503, code: 'ServiceUnavailable' },
    { service: 'kms', kind: 'throttling', status: 400, code: 'ThrottlingException' },
    { service: 'kms', kind: 'internal-error', status: 500, code: 'KMSInternalException' },
  ] as const)(
    'of kind $kind is $code from $service, and is marked in the log',
    async ({ service, kind, status, code }) => {
      inject({ kind });
      // The SDK has a name of its own for IAM's ServiceFailure.
      expect(await failure(ask[service]())).toMatchObject({ status, code: expect.stringContaining(code) });
      const faults = [{ rule: 'test', fault: { kind } }];
      expect(lastEntry()).toEqual({ httpStatusCode: status, errorCode: code, faults });
      account.faults.clear();
      expect(await failure(head('refused'))).toMatchObject({ status: 404 });
    },
  );

  test.each([
    { when: 'before-operation', status: undefined, isStored: false },
    { when: 'after-operation', status: 200, isStored: true },
  ] as const)('resets the connection $when', async ({ when, status, isStored }) => {
    for (const endpoint of [account.endpoint, account.plainEndpoint]) {
      const client = new S3Client({ ...config, endpoint });
      const Key = `${when} ${endpoint.split(':')[0]}`;
      inject({ kind: 'connection-reset', when });
      const sent = client.send(new PutObjectCommand({ Bucket, Key, Body: 'text' }));
      await expect(sent).rejects.toThrow(/socket hang up|ECONNRESET|aborted/);
      const faults = [{ rule: 'test', fault: { kind: 'connection-reset', when } }];
      expect(lastEntry()).toEqual({ httpStatusCode: status, errorCode: undefined, faults });
      account.faults.clear();
      client.destroy();
      expect(
        await head(Key).then(
          () => true,
          () => false,
        ),
      ).toBe(isStored);
    }
  });

  test('ends the connection in the middle of a body', async () => {
    inject({ kind: 'truncated-body' });
    await expect(read('key')).rejects.toThrow(/socket hang up|ECONNRESET|aborted/);
    expect(lastEntry()).toMatchObject({ httpStatusCode: 200, faults: [{ fault: { kind: 'truncated-body' } }] });
  });

  test('leaves an answer without a body intact, and is not marked', async () => {
    inject({ kind: 'truncated-body' });
    await put('whole', 'text');
    expect(lastEntry()).toEqual({ httpStatusCode: 200, errorCode: undefined, faults: undefined });
  });

  test('delays a request', async () => {
    inject({ kind: 'latency', latencyMs: 20 });
    expect(await read('key')).toBe('text');
    expect(lastEntry()).toMatchObject({ faults: [{ rule: 'test', fault: { kind: 'latency', latencyMs: 20 } }] });
  });

  test('sets the clock wrong, and the client corrects it and tries again', async () => {
    inject({ kind: 'clock-skew', skewMs: 3_600_000 });
    const once = new S3Client(config);
    expect(await failure(once.send(new ListBucketsCommand({})))).toMatchObject({
      status: 403,
      code: 'RequestTimeTooSkewed',
    });
    const retrying = new S3Client({ ...config, maxAttempts: 2 });
    const { $metadata } = await retrying.send(new ListBucketsCommand({}));
    expect($metadata.attempts).toBe(2);
    expect(lastEntry()).toMatchObject({ httpStatusCode: 200, faults: [{ fault: { kind: 'clock-skew' } }] });
    for (const client of [once, retrying]) client.destroy();
  });

  test('lets temporary credentials expire, and no others', async () => {
    const sts = new STSClient(config);
    const RoleArn = `arn:aws:iam::${accountId}:role/example`;
    const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'session' }));
    const credentials = {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    };
    inject({ kind: 'expired-token' });
    const asRole = { ...config, credentials };
    expect(await failure(new STSClient(asRole).send(new GetCallerIdentityCommand({})))).toMatchObject({
      status: 403,
      code: 'ExpiredToken',
    });
    expect(await failure(new KMSClient(asRole).send(new ListKeysCommand({})))).toMatchObject({
      status: 400,
      code: 'ExpiredTokenException',
    });
    expect(await read('key')).toBe('text');
    expect(lastEntry()).toEqual({ httpStatusCode: 200, errorCode: undefined, faults: undefined });
  });

  test('is chosen by operation, and may be set from the start', async () => {
    const faulty = await startAccount(undefined, {
      faults: [{ match: { service: 's3', operation: 'ListBuckets' }, fault: throttling }],
      faultSeed: 'seed',
    });
    const client = new S3Client(clientConfig(faulty));
    expect(await failure(client.send(new HeadObjectCommand({ Bucket, Key: 'key' })))).toMatchObject({ status: 404 });
    expect(await failure(client.send(new ListBucketsCommand({})))).toMatchObject({ code: 'SlowDown' });
    expect(faulty.faults.seed).toBe('seed');
    await faulty.stop();
  });
});
