import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectControlPlane } from '../../lib/aws/control-plane';

const ACCOUNT = '111122223333';
const saved = process.env;
let folder: string;
let server: Server;
let port: number;
let asked: string[];
let headers: IncomingMessage['headers'];
let respond: (url: string) => { readonly status: number; readonly body: string };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 's3-control-'));
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    headers = request.headers;
    const { status, body } = respond(request.url ?? '');
    response.writeHead(status, { 'x-amz-request-id': 'R1' }).end(body);
  });
  // As a proxy, which leads nowhere.
  server.on('connect', ({ url = '' }, socket) => {
    asked.push(url);
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});

beforeEach(() => {
  asked = [];
});

afterEach(() => {
  process.env = saved;
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

async function listAccessPoints(
  env: Readonly<Record<string, string>>,
  { region = 'us-east-2', nextToken }: { readonly region?: string; readonly nextToken?: string } = {},
) {
  const controlPlane = connectHere(env, region);
  const answer = await controlPlane.s3Control.listAccessPoints({ account: ACCOUNT, bucket: 'acme', nextToken });
  controlPlane.close();
  return answer;
}

function connectHere(env: Readonly<Record<string, string>>, region = 'us-east-2') {
  const none = join(folder, 'none');
  process.env = {
    ...{ HOME: folder, AWS_CONFIG_FILE: none, AWS_SHARED_CREDENTIALS_FILE: none },
    ...{ AWS_ACCESS_KEY_ID: 'ASIAQWERTYUIOPASDFGH', AWS_SECRET_ACCESS_KEY: 's', AWS_SESSION_TOKEN: 't' },
    ...env,
  };
  return connectControlPlane({ region, env: process.env });
}

const config = (text: string) => () => {
  // The SDK reads a file of one name once.
  const AWS_CONFIG_FILE = join(folder, randomUUID());
  writeFileSync(AWS_CONFIG_FILE, text);
  return { AWS_CONFIG_FILE };
};

const ENDPOINTS: readonly (readonly [of: string, env: () => Record<string, string>, host: string, region?: string])[] =
  [
    ['a region', () => ({}), `${ACCOUNT}.s3-control.us-east-2.amazonaws.com:443`],
    ['a region of China', () => ({}), `${ACCOUNT}.s3-control.cn-north-1.amazonaws.com.cn:443`, 'cn-north-1'],
    [
      'a machine that must use FIPS',
      () => ({ AWS_USE_FIPS_ENDPOINT: 'true' }),
      `${ACCOUNT}.s3-control-fips.us-east-2.amazonaws.com:443`,
    ],
    [
      'a machine on IPv6',
      () => ({ AWS_USE_DUALSTACK_ENDPOINT: 'true' }),
      `${ACCOUNT}.s3-control.dualstack.us-east-2.amazonaws.com:443`,
    ],
    ['a name', () => ({ AWS_ENDPOINT_URL: 'https://aws.example:8443' }), `${ACCOUNT}.aws.example:8443`],
    [
      'a name of its own',
      () => ({
        AWS_ENDPOINT_URL: 'https://aws.example',
        AWS_ENDPOINT_URL_S3_CONTROL: 'https://s3-control.localhost:1',
      }),
      `${ACCOUNT}.s3-control.localhost:1`,
    ],
    ['an address', () => ({ AWS_ENDPOINT_URL: 'https://10.0.0.1:8443' }), '10.0.0.1:8443'],
    [
      'an address with a user',
      () => ({ AWS_ENDPOINT_URL_S3_CONTROL: 'https://s3-control@10.0.0.1:8443' }),
      '10.0.0.1:8443',
    ],
    ['a profile', config('[default]\nendpoint_url = https://aws.example\n'), `${ACCOUNT}.aws.example:443`],
    [
      'a profile with services',
      config('[default]\nservices = a\n[services a]\ns3_control =\n  endpoint_url = https://control.example\n'),
      `${ACCOUNT}.control.example:443`,
    ],
    [
      'a machine that ignores what is configured',
      () => ({ AWS_ENDPOINT_URL: 'https://aws.example', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' }),
      `${ACCOUNT}.s3-control.us-east-2.amazonaws.com:443`,
    ],
  ];

test.each(ENDPOINTS.map(([of, env, host, region = 'us-east-2']) => ({ of, env, host, region })))(
  'the endpoint of $of is that of the SDK, with the account before a name',
  async ({ env, host, region }) => {
    await listAccessPoints({ ...env(), HTTPS_PROXY: `http://127.0.0.1:${port}` }, { region });
    expect([...new Set(asked)]).toEqual([host]);
  },
);

const here = () => ({ AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` });
const list = (points: string, more = '') =>
  `<?xml version="1.0"?><ListAccessPointsResult xmlns="x"><AccessPointList>${points}</AccessPointList>${more}</ListAccessPointsResult>`;

test.each([
  ['none', list(''), { accessPoints: [] }],
  [
    'one, whose name is a number',
    list('<AccessPoint><Name>0123</Name><NetworkOrigin>Internet</NetworkOrigin></AccessPoint>'),
    { accessPoints: [{ Name: '0123', NetworkOrigin: 'Internet' }] },
  ],
  [
    'more than one answer holds',
    list(
      '<AccessPoint><Name>a</Name><VpcConfiguration><VpcId>vpc-1</VpcId></VpcConfiguration></AccessPoint><AccessPoint><Name>b</Name></AccessPoint>',
      '<NextToken>a&amp;b=</NextToken>',
    ),
    { accessPoints: [{ Name: 'a', VpcConfiguration: { VpcId: 'vpc-1' } }, { Name: 'b' }], nextToken: 'a&b=' },
  ],
])('a list of access points is read: %s', async (_, body, value) => {
  respond = () => ({ status: 200, body });
  expect(await listAccessPoints(here())).toMatchObject({ ok: true, status: 200, requestId: 'R1', value });
  expect(asked).toEqual(['GET /v20180820/accesspoint?bucket=acme']);
  expect(headers).toMatchObject({ 'x-amz-account-id': ACCOUNT, host: `127.0.0.1:${port}` });
  expect(headers.authorization).toContain('/us-east-2/s3/aws4_request');
});

test('the next page is asked for by its token', async () => {
  respond = () => ({ status: 200, body: list('') });
  await listAccessPoints(here(), { nextToken: 'a&b=' });
  expect(asked).toEqual(['GET /v20180820/accesspoint?bucket=acme&nextToken=a%26b%3D']);
});

test('the policy of an access point is read', async () => {
  respond = () => ({
    status: 200,
    body: '<GetAccessPointPolicyResult><Policy>{&quot;Version&quot;:&quot;2012-10-17&quot;}</Policy></GetAccessPointPolicyResult>',
  });
  const controlPlane = connectHere(here());
  const answer = await controlPlane.s3Control.getAccessPointPolicy({ account: ACCOUNT, name: 'a b' });
  controlPlane.close();
  expect(answer).toMatchObject({ ok: true, value: { policy: '{"Version":"2012-10-17"}' } });
  expect(asked).toEqual(['GET /v20180820/accesspoint/a%20b/policy']);
});

test.each([
  ['wrapped', '<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>'],
  ['bare', '<Error><Code>AccessDenied</Code><Message>no</Message></Error>'],
])('a refusal is read, %s', async (_, body) => {
  respond = () => ({ status: 403, body });
  const refusal = { ok: false, code: 'AccessDenied', status: 403, requestId: 'R1', message: 'no' };
  expect(await listAccessPoints(here())).toEqual(refusal);
});
