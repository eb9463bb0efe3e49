import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { SimulatedAccount, SimulatedHost } from '../../../lib/simulated-aws';
import { readPermissionsPolicy, readTrustPolicy } from '../../../lib/simulated-aws/iam/entities/policy-document';
import { accountId, Clock, clientConfig, policyDocument, region, startAccount, trustPolicy } from '../account';

const clock = new Clock();
const profileArn = `arn:aws:iam::${accountId}:instance-profile/vault`;
const rolePath = '/latest/meta-data/iam/security-credentials/';
let account: SimulatedAccount;
let host: SimulatedHost;

beforeAll(async () => {
  account = await startAccount(clock);
  host = await account.startHost();
});

beforeEach(() => {
  putRole();
  putProfile();
  host.attachInstanceProfile(profileArn);
});

afterEach(() => clock.reset());

afterAll(async () => {
  await account.stop();
});

function putRole({ name = 'vault', service = 'ec2.amazonaws.com' } = {}): void {
  const policy = policyDocument({ Effect: 'Allow', Action: 's3:*', Resource: '*' });
  account.state.iam.roles.set(name, {
    name,
    path: '/',
    id: `AROA${name.toUpperCase()}`,
    arn: `arn:aws:iam::${accountId}:role/${name}`,
    createdAt: new Date(),
    tags: new Map(),
    trustPolicy: readTrustPolicy(account.state, trustPolicy({ Service: service })),
    maxSessionDurationSeconds: 3600,
    inlinePolicies: new Map([['inline', readPermissionsPolicy(policy, 'inline')]]),
    attachedPolicyArns: [],
  });
}

function putProfile({ id = 'AIPAEXAMPLE', roleName = 'vault' } = {}): void {
  const profile = { name: 'vault', path: '/', arn: profileArn, createdAt: new Date(), tags: new Map() };
  account.state.iam.instanceProfiles.set('vault', { ...profile, id, roleName });
}

async function getToken(headers: Record<string, string> = { 'x-aws-ec2-metadata-token-ttl-seconds': '60' }) {
  const response = await fetch(`${host.metadataEndpoint}/latest/api/token`, { method: 'PUT', headers });
  return { status: response.status, token: await response.text() };
}

async function read(path: string, token?: string): Promise<{ readonly status: number; readonly body: string }> {
  const shown = token ?? (await getToken()).token;
  const response = await fetch(`${host.metadataEndpoint}${path}`, { headers: { 'x-aws-ec2-metadata-token': shown } });
  return { status: response.status, body: await response.text() };
}

/** Surroundings of an instance: no key, no file, only its metadata. */
const hostEnvironment = () => ({
  AWS_ACCESS_KEY_ID: '',
  AWS_PROFILE: '',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'false',
  AWS_EC2_METADATA_SERVICE_ENDPOINT: host.metadataEndpoint,
  AWS_EC2_METADATA_V1_DISABLED: 'true',
});

const readJson = async (path: string) => JSON.parse((await read(path)).body);

describe('a token', () => {
  test.each([
    { name: 'without a time to live', headers: {}, status: 400 },
    { name: 'that lasts no time', headers: { 'x-aws-ec2-metadata-token-ttl-seconds': '0' }, status: 400 },
    {
      name: 'that lasts more than six hours',
      headers: { 'x-aws-ec2-metadata-token-ttl-seconds': '21601' },
      status: 400,
    },
    {
      name: 'through a proxy',
      headers: { 'x-aws-ec2-metadata-token-ttl-seconds': '60', 'x-forwarded-for': '::1' },
      status: 403,
    },
    { name: 'that lasts six hours', headers: { 'x-aws-ec2-metadata-token-ttl-seconds': '21600' }, status: 200 },
  ])('$name is answered with $status', async ({ headers, status }) => {
    expect((await getToken(headers as Record<string, string>)).status).toBe(status);
  });

  test('is needed for every document: IMDSv1 is refused', async () => {
    expect((await fetch(`${host.metadataEndpoint}${rolePath}`)).status).toBe(401);
    expect((await read(rolePath, 'made-up')).status).toBe(401);
  });

  test('is valid until its time is over', async () => {
    const { token } = await getToken();
    clock.advance(59_000);
    expect((await read(rolePath, token)).status).toBe(200);
    clock.advance(2_000);
    expect((await read(rolePath, token)).status).toBe(401);
  });
});

describe('the metadata', () => {
  test.each([
    { path: '/latest/meta-data/placement/region', body: region },
    { path: '/latest/meta-data/placement/availability-zone', body: `${region}a` },
    { path: '/latest/meta-data/services/partition', body: 'aws' },
    { path: '/latest/meta-data/local-hostname', body: `ip-10-0-0-10.${region}.compute.internal` },
    { path: '/latest/meta-data/instance-type', body: 't3.medium' },
    {
      path: '/latest/meta-data/',
      body: 'ami-id\nhostname\niam/\ninstance-id\ninstance-type\nlocal-hostname\nlocal-ipv4\nplacement/\nservices/',
    },
    { path: '/latest/meta-data/placement', body: 'availability-zone\nregion' },
    { path: '/latest/meta-data/iam/', body: 'info\nsecurity-credentials/' },
    { path: '/latest/dynamic/', body: 'instance-identity/' },
    { path: rolePath, body: 'vault' },
    { path: rolePath.slice(0, -1), body: 'vault' },
  ])('at $path is $body', async ({ path, body }) => {
    expect(await read(path)).toEqual({ status: 200, body });
  });

  test.each(['/latest/meta-data/none', '/latest/user-data', `${rolePath}other`, '/', '/latest/constructor'])(
    'has nothing at %s',
    async (path) => {
      expect((await read(path)).status).toBe(404);
    },
  );

  test('describe the instance and its profile', async () => {
    expect(await readJson('/latest/dynamic/instance-identity/document')).toMatchObject({
      accountId,
      region,
      instanceId: host.instanceId,
    });
    expect(await readJson('/latest/meta-data/iam/info')).toEqual({
      Code: 'Success',
      LastUpdated: expect.any(String),
      InstanceProfileArn: profileArn,
      InstanceProfileId: 'AIPAEXAMPLE',
    });
  });

  test('hold no role for an instance without a profile', async () => {
    host.detachInstanceProfile();
    expect([(await read(rolePath)).status, (await read('/latest/meta-data/iam/info')).status]).toEqual([404, 404]);
  });

  test('say that a profile was deleted, even when another takes its name', async () => {
    putProfile({ id: 'AIPAANOTHER' });
    expect(await readJson('/latest/meta-data/iam/info')).toMatchObject({ Code: 'InstanceProfileNotFound' });
    expect((await read(rolePath)).status).toBe(404);
  });
});

describe('the role’s credentials', () => {
  test('are found by the SDK’s default chain, and name the role and the instance', async () => {
    const before = { ...process.env };
    Object.assign(process.env, hostEnvironment());
    const { credentials: _administrator, ...config } = clientConfig(account);
    const { Arn, UserId } = await new STSClient(config).send(new GetCallerIdentityCommand({}));
    process.env = before;
    expect([Arn, UserId]).toEqual([
      `arn:aws:sts::${accountId}:assumed-role/vault/${host.instanceId}`,
      `AROAVAULT:${host.instanceId}`,
    ]);
  });

  test('stay the same until a quarter of an hour before they expire, then change', async () => {
    const first = await readJson(`${rolePath}vault`);
    clock.advance(5.7 * 3_600_000);
    expect((await readJson(`${rolePath}vault`)).AccessKeyId).toBe(first.AccessKeyId);
    clock.advance(0.1 * 3_600_000);
    const second = await readJson(`${rolePath}vault`);
    expect(second.AccessKeyId).not.toBe(first.AccessKeyId);
    expect(Date.parse(second.Expiration) - Date.parse(second.LastUpdated)).toBe(21_600_000);
  });

  test('carry the instance in their condition keys', async () => {
    const { AccessKeyId } = await readJson(`${rolePath}vault`);
    expect(account.state.iam.accessKeys.get(AccessKeyId)).toMatchObject({
      context: {
        'ec2:SourceInstanceArn': `arn:aws:ec2:${region}:${accountId}:instance/${host.instanceId}`,
        'ec2:RoleDelivery': '2.0',
        'aws:Ec2InstanceSourceVpc': expect.stringMatching(/^vpc-[0-9a-f]{17}$/),
      },
    });
  });

  test('are not made for a role that does not trust EC2', async () => {
    putRole({ name: 'lambda', service: 'lambda.amazonaws.com' });
    putProfile({ roleName: 'lambda' });
    expect(await readJson(`${rolePath}lambda`)).toMatchObject({
      Code: 'AssumeRoleUnauthorizedAccess',
      Message: expect.stringContaining('EC2 cannot assume the role lambda.'),
    });
  });
});

test('rejects an instance profile that is not there, and names those that are', () => {
  expect(() => host.attachInstanceProfile('none')).toThrow(
    expect.objectContaining({ code: 'NoSuchInstanceProfile', message: expect.stringMatching(/got: none\n.*vault/) }),
  );
});
