import { once } from 'node:events';
import { Agent, request as httpRequest } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { KMSClient, ListKeysCommand } from '@aws-sdk/client-kms';
import {
  CreateBucketCommand,
  GetObjectCommand,
  ListBucketsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { SimulatedAccount } from '../../lib/simulated-aws';
import { accountId, Clock, clientConfig, failure, region, startAccount } from './account';

const clock = new Clock();
let account: SimulatedAccount;

beforeAll(async () => {
  account = await startAccount(clock);
});

afterEach(() => clock.reset());

afterAll(async () => {
  await account.stop();
});

interface Answer {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

async function ask(url: string, options: object = {}): Promise<Answer> {
  const request = url.startsWith('https:') ? secureRequest : httpRequest;
  return await new Promise((resolve, reject) => {
    const sent = request(url, { agent: false, ...options }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        body += part;
      });
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body }));
    });
    sent.on('error', reject).end();
  });
}

function lastEntry() {
  const entry = account.requestLog.last;
  if (entry === undefined) throw new Error('the request log is empty');
  return entry;
}

describe('one port', () => {
  test('speaks HTTPS and HTTP to the same client, and tells them apart', async () => {
    for (const [endpoint, tls] of [
      [account.endpoint, '1.3'],
      [account.plainEndpoint, 'none'],
    ] as const) {
      const sts = new STSClient({ ...clientConfig(account), endpoint });
      const { Account, Arn } = await sts.send(new GetCallerIdentityCommand({}));
      expect([Account, Arn, lastEntry().tls]).toEqual([accountId, `arn:aws:iam::${accountId}:user/administrator`, tls]);
      sts.destroy();
    }
    expect(new URL(account.endpoint).port).toBe(new URL(account.plainEndpoint).port);
  });

  test.each(['127.0.0.1', 'localhost'])('has a certificate for %s', async (host) => {
    const endpoint = account.endpoint.replace('127.0.0.1', host);
    const { status } = await ask(endpoint, { ca: account.caCertificatePem, family: 4 });
    expect(status).toBe(403);
  });

  // As OpenSSL's clients read it, which take no wildcard directly under `localhost`.
  const hosts = ['localhost', 's3.localhost', 'acme.s3.localhost', '111122223333.s3-control.localhost'];
  test.each(hosts)('has a certificate for %s in OpenSSL', async (host) => {
    const socket = connectTls({
      port: Number(new URL(account.endpoint).port),
      host: '127.0.0.1',
      ca: account.caCertificatePem,
    });
    await once(socket, 'secureConnect');
    const certificate = socket.getPeerX509Certificate();
    socket.destroy();
    expect(certificate?.checkHost(host)).toBeDefined();
  });

  test.each([
    {
      name: 'another name',
      options: () => ({ ca: account.caCertificatePem, servername: 'example.com' }),
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    },
    {
      name: 'a client that does not trust its authority',
      options: () => ({}),
      code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    },
  ])('has no certificate for $name', async ({ options, code }) => {
    await expect(ask(account.endpoint, options())).rejects.toMatchObject({ code });
  });

  test('says in every answer that it is simulated', async () => {
    const { headers } = await ask(account.plainEndpoint);
    expect(headers).toMatchObject({
      server: 'SimulatedAWS/1 (vault-backup-environment)',
      'x-amz-request-id': expect.stringMatching(/^[0-9A-Z]{16}$/),
      'x-amz-id-2': expect.any(String),
      date: expect.stringMatching(/GMT$/),
    });
  });

  test('survives a client that hangs up in the middle of a request', async () => {
    const socket = connect(Number(new URL(account.plainEndpoint).port), '127.0.0.1');
    socket.write('PUT /bucket/key HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf');
    await new Promise((resolve) => setTimeout(resolve, 20));
    socket.destroy();
    expect((await ask(account.plainEndpoint)).status).toBe(403);
  });
});

type Send = (config: ReturnType<typeof clientConfig> & { readonly region: string }) => Promise<unknown>;

const clients: Readonly<Record<'s3' | 'iam' | 'sts' | 'kms', Send>> = {
  s3: (config) => new S3Client(config).send(new ListBucketsCommand({})),
  iam: (config) => new IAMClient(config).send(new GetRoleCommand({ RoleName: 'none' })),
  sts: (config) => new STSClient(config).send(new GetCallerIdentityCommand({})),
  kms: (config) => new KMSClient(config).send(new ListKeysCommand({})),
};

describe('a signature', () => {
  const wrongSecret = { secretAccessKey: 'wrong' };
  const unknownKey = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE' };
  const strangeToken = { sessionToken: 'strange' };

  test.each([
    { service: 's3', name: 'a wrong secret', change: wrongSecret, status: 403, code: 'SignatureDoesNotMatch' },
    { service: 'sts', name: 'a wrong secret', change: wrongSecret, status: 403, code: 'SignatureDoesNotMatch' },
    { service: 'iam', name: 'a wrong secret', change: wrongSecret, status: 403, code: 'SignatureDoesNotMatch' },
    { service: 'kms', name: 'a wrong secret', change: wrongSecret, status: 400, code: 'InvalidSignatureException' },
    { service: 's3', name: 'an unknown key', change: unknownKey, status: 403, code: 'InvalidAccessKeyId' },
    { service: 'sts', name: 'an unknown key', change: unknownKey, status: 403, code: 'InvalidClientTokenId' },
    { service: 'iam', name: 'an unknown key', change: unknownKey, status: 403, code: 'InvalidClientTokenId' },
    { service: 'kms', name: 'an unknown key', change: unknownKey, status: 400, code: 'UnrecognizedClientException' },
    { service: 's3', name: 'a token that is not the key’s', change: strangeToken, status: 400, code: 'InvalidToken' },
    {
      service: 'sts',
      name: 'a token that is not the key’s',
      change: strangeToken,
      status: 403,
      code: 'InvalidClientTokenId',
    },
    {
      service: 'kms',
      name: 'a token that is not the key’s',
      change: strangeToken,
      status: 400,
      code: 'UnrecognizedClientException',
    },
  ] as const)('for $service with $name is $code', async ({ service, change, status, code }) => {
    const credentials = { ...account.administrator, ...change };
    expect(await failure(clients[service]({ ...clientConfig(account), credentials }))).toMatchObject({ status, code });
    expect(lastEntry()).toMatchObject({ eventSource: `${service}.amazonaws.com`, errorCode: code, decisions: [] });
    expect(lastEntry().eventName).not.toBe('Unknown');
  });

  test.each([
    { service: 's3', status: 400, code: 'AuthorizationHeaderMalformed' },
    { service: 'kms', status: 400, code: 'InvalidSignatureException' },
    { service: 'iam', status: 403, code: 'SignatureDoesNotMatch' },
    { service: 'sts', status: 403, code: 'SignatureDoesNotMatch' },
  ] as const)('for $service in another region is $code', async ({ service, status, code }) => {
    expect(await failure(clients[service]({ ...clientConfig(account), region: 'ap-south-1' }))).toMatchObject({
      status,
      code,
    });
  });

  test.each([
    { service: 's3', status: 403, code: 'RequestTimeTooSkewed' },
    { service: 'sts', status: 403, code: 'SignatureDoesNotMatch' },
    { service: 'kms', status: 400, code: 'InvalidSignatureException' },
  ] as const)('for $service by a clock that is an hour slow is $code', async ({ service, status, code }) => {
    clock.advance(3_600_000);
    expect(await failure(clients[service](clientConfig(account)))).toMatchObject({ status, code });
  });

  test.each([
    {
      name: 'a form',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      status: 403,
      code: 'MissingAuthenticationToken',
    },
    {
      name: 'JSON',
      headers: { 'x-amz-target': 'TrentService.ListKeys' },
      status: 400,
      code: 'MissingAuthenticationTokenException',
    },
    { name: 'anything else', method: 'GET', headers: {}, status: 403, code: 'AccessDenied' },
    {
      name: 'an upload that a client calls a form',
      method: 'PUT',
      path: '/example/key',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      status: 404,
      code: 'NoSuchBucket',
    },
    {
      name: 'a form that is posted to an object',
      path: '/example/key',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      status: 501,
      code: 'NotImplemented',
    },
    {
      name: 'a request signed by version 2',
      headers: { authorization: 'AWS AKIA:c2ln' },
      status: 400,
      code: 'InvalidRequest',
    },
  ])('that is missing from $name is $code', async ({ method = 'POST', path = '', headers, status, code }) => {
    const answer = await ask(`${account.plainEndpoint}${path}`, { method, headers });
    expect([answer.status, answer.body]).toEqual([status, expect.stringContaining(code)]);
  });
});

describe('the request log', () => {
  test('holds one record like CloudTrail’s for each request, with every decision', async () => {
    await failure(clients.iam(clientConfig(account)));
    expect(lastEntry()).toEqual({
      simulated: true,
      eventTime: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      eventSource: 'iam.amazonaws.com',
      eventName: 'GetRole',
      awsRegion: 'us-east-1',
      sourceIPAddress: '127.0.0.1',
      userAgent: expect.stringContaining('aws-sdk-js'),
      requestID: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4/),
      userIdentity: {
        type: 'IAMUser',
        principalId: expect.stringMatching(/^AIDA[A-Z2-7]{16}$/),
        arn: `arn:aws:iam::${accountId}:user/administrator`,
        accountId,
        accessKeyId: account.administrator.accessKeyId,
      },
      tls: '1.3',
      httpStatusCode: 404,
      errorCode: 'NoSuchEntity',
      errorMessage: 'The role with name none cannot be found.',
      decisions: [
        {
          action: 'iam:GetRole',
          resource: `arn:aws:iam::${accountId}:role/none`,
          result: 'allowed',
          by: [{ layer: 'identity', policy: 'AdministratorAccess', statement: 'statement 1 (no Sid)' }],
        },
      ],
    });
  });

  test('holds a denial to an anonymous caller, and the layer that did not allow the action', async () => {
    await ask(account.endpoint, { ca: account.caCertificatePem });
    expect(lastEntry()).toMatchObject({
      eventName: 'ListBuckets',
      userIdentity: { type: 'AWSAccount', accountId: 'anonymous' },
      errorCode: 'AccessDenied',
      decisions: [{ action: 's3:ListAllMyBuckets', result: 'implicitly-denied', missing: 'resource' }],
    });
  });

  test('holds the stack trace of a bug, and the client gets an internal error', async () => {
    const { users } = account.state.iam;
    const administrator = users.get('administrator');
    users.clear();
    expect(await failure(clients.sts(clientConfig(account)))).toMatchObject({ status: 500, code: 'InternalFailure' });
    expect(lastEntry()).toMatchObject({ errorCode: 'InternalFailure', stack: expect.stringContaining('not there') });
    if (administrator) users.set('administrator', administrator);
  });
});

test('an answer that HTTP cannot carry becomes an internal error, not a hanging connection', async () => {
  const s3 = new S3Client(clientConfig(account));
  const Bucket = 'example-bucket';
  await s3.send(new CreateBucketCommand({ Bucket, CreateBucketConfiguration: { LocationConstraint: region } }));
  await s3.send(new PutObjectCommand({ Bucket, Key: 'key', Body: 'text' }));
  const get = (ResponseContentType: string) =>
    s3.send(new GetObjectCommand({ Bucket, Key: 'key', ResponseContentType }));
  expect((await get('text/x-other')).ContentType).toBe('text/x-other');
  expect(await failure(get('text/x-other\r\nx: y'))).toMatchObject({ status: 500, code: 'InternalError' });
  expect(lastEntry()).toMatchObject({ errorCode: 'InternalError', stack: expect.stringContaining('ERR_INVALID_CHAR') });
});

test.each([
  {
    name: 'a service',
    headers: { 'x-amz-date': '20260101T000000Z', authorization: authorizationFor('glue') },
    expected: "the service 'glue'",
  },
  { name: 'a query that is not well encoded', path: '/?prefix=%zz', headers: {}, expected: 'InvalidURI' },
])('$name that is not known is named in the answer', async ({ path = '/', headers, expected }) => {
  const { body } = await ask(`${account.plainEndpoint}${path}`, { headers });
  expect(body).toContain(expected);
});

function authorizationFor(service: string): string {
  const credential = `AKIA/20260101/eu-west-1/${service}/aws4_request`;
  return `AWS4-HMAC-SHA256 Credential=${credential},SignedHeaders=host,Signature=f`;
}

test('a stopped account leaves no connection open, not even one kept alive', async () => {
  const stopped = await startAccount();
  const agent = new Agent({ keepAlive: true });
  const secureAgent = new SecureAgent({ keepAlive: true, ca: stopped.caCertificatePem });
  await ask(stopped.plainEndpoint, { agent });
  await ask(stopped.endpoint, { agent: secureAgent });
  const host = await stopped.startHost();
  await stopped.stop();
  for (const endpoint of [stopped.endpoint, host.metadataEndpoint]) {
    await expect(ask(endpoint)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  }
  agent.destroy();
  secureAgent.destroy();
});
