import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connectAws } from '../../lib/aws/connect';
import { resolveEndpoints } from '../../lib/aws/endpoints';

const saved = { ...process.env };
const SDK_IS_QUIET = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'endpoints-'));
});

afterEach(() => {
  process.env = saved;
});

afterAll(() => rmSync(folder, { recursive: true }));

function alone(env: Readonly<Record<string, string>>): void {
  process.env = {
    ...SDK_IS_QUIET,
    HOME: folder,
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
    AWS_CONFIG_FILE: '/nonexistent',
    ...env,
  };
}

function inConfig(name: string, text: string) {
  const file = join(folder, name);
  writeFileSync(file, text);
  return { AWS_CONFIG_FILE: file };
}

interface Row {
  readonly of: string;
  readonly region?: string;
  readonly bucket?: string | undefined;
  readonly env?: () => Readonly<Record<string, string>>;
  readonly expected: readonly string[];
}

const ROWS: readonly Row[] = [
  {
    of: 'a region',
    expected: [
      'https://acme.s3.us-east-2.amazonaws.com/',
      'https://kms.us-east-2.amazonaws.com/',
      'https://sts.us-east-2.amazonaws.com/',
    ],
  },
  {
    of: 'a region of another partition, and a bucket with dots',
    region: 'cn-north-1',
    bucket: 'a.b',
    expected: [
      'https://s3.cn-north-1.amazonaws.com.cn/',
      'https://kms.cn-north-1.amazonaws.com.cn/',
      'https://sts.cn-north-1.amazonaws.com.cn/',
    ],
  },
  {
    of: 'a host that must use FIPS',
    env: () => ({ AWS_USE_FIPS_ENDPOINT: 'true' }),
    expected: [
      'https://acme.s3-fips.us-east-2.amazonaws.com/',
      'https://kms-fips.us-east-2.amazonaws.com/',
      'https://sts-fips.us-east-2.amazonaws.com/',
    ],
  },
  {
    of: 'a host on IPv6',
    env: () => ({ AWS_USE_DUALSTACK_ENDPOINT: 'true' }),
    expected: [
      'https://acme.s3.dualstack.us-east-2.amazonaws.com/',
      'https://kms.us-east-2.api.aws/',
      'https://sts.us-east-2.api.aws/',
    ],
  },
  {
    of: 'a profile with endpoint_url',
    env: () => inConfig('url', '[default]\nendpoint_url = https://10.0.0.1:8443\n'),
    expected: ['https://10.0.0.1:8443/', 'https://10.0.0.1:8443/', 'https://10.0.0.1:8443/'],
  },
  {
    of: 'a profile with services',
    env: () =>
      inConfig('services', '[default]\nservices = mine\n[services mine]\nkms =\n  endpoint_url = https://10.0.0.2\n'),
    expected: ['https://acme.s3.us-east-2.amazonaws.com/', 'https://10.0.0.2/', 'https://sts.us-east-2.amazonaws.com/'],
  },
  {
    of: 'a host that ignores configured endpoints',
    env: () => ({ AWS_ENDPOINT_URL: 'https://10.0.0.1', AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' }),
    expected: [
      'https://acme.s3.us-east-2.amazonaws.com/',
      'https://kms.us-east-2.amazonaws.com/',
      'https://sts.us-east-2.amazonaws.com/',
    ],
  },
];

test.each(ROWS)(
  'the endpoints of $of are $expected',
  async ({ region = 'us-east-2', bucket = 'acme', env, expected }) => {
    alone(env?.() ?? {});
    expect((await resolveEndpoints({ region }, bucket)).map(({ url }) => url.href)).toEqual(expected);
  },
);

test('the endpoint of an unknown bucket is that of the region', async () => {
  alone({});
  const [s3] = await resolveEndpoints({ region: 'us-east-2' });
  expect(s3).toEqual({ service: 'S3', url: new URL('https://s3.us-east-2.amazonaws.com/') });
});

test('an endpoint that is not a URL is reported with its service', async () => {
  alone({ AWS_ENDPOINT_URL_KMS: 'kms' });
  await expect(resolveEndpoints({ region: 'us-east-2' })).rejects.toMatchObject({
    code: 'BadEndpoint',
    message: expect.stringMatching(/the endpoint of KMS must be a URL.*\n.*'AWS_ENDPOINT_URL_KMS'/),
  });
});

test('a client connects to the endpoints that were resolved', async () => {
  const hosts: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    hosts.push(request.headers.host);
    response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  alone({ AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: 'ASIA', AWS_SECRET_ACCESS_KEY: 's', AWS_SESSION_TOKEN: 't' });
  const endpoints = await resolveEndpoints({ region: 'us-east-2' }, 'acme');
  const aws = connectAws({ region: 'us-east-2' });
  await aws.s3.headObject({ Bucket: 'acme', Key: 'key' });
  await aws.kms.listKeys({});
  await aws.sts.getCallerIdentity({});
  aws.close();
  await new Promise((resolve) => server.close(resolve));
  expect(hosts).toEqual(endpoints.map(({ url: { host } }) => host));
});
