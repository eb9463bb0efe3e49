import {
  AddRoleToInstanceProfileCommand,
  CreateInstanceProfileCommand,
  CreateRoleCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { SimulatedAccount, SimulatedHost } from '../../../lib/simulated-aws';
import { accountId, Clock, clientConfig, startAccount, trustPolicy } from '../account';

const clock = new Clock();
let account: SimulatedAccount;
let iam: IAMClient;

beforeAll(async () => {
  account = await startAccount(clock);
  iam = new IAMClient(clientConfig(account));
  await newRole('web', 'ec2.amazonaws.com');
  await newRole('batch', 'ec2.amazonaws.com');
  await newRole('task', 'ecs-tasks.amazonaws.com');
});

afterEach(() => clock.reset());

afterAll(async () => {
  iam.destroy();
  await account.stop();
});

/** A role that the service may assume, in an instance profile of the same name. */
async function newRole(name: string, service: string): Promise<void> {
  const AssumeRolePolicyDocument = trustPolicy({ Service: service });
  await iam.send(new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument }));
  await iam.send(new CreateInstanceProfileCommand({ InstanceProfileName: name }));
  await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: name, RoleName: name }));
}

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

async function arnOf(credentials: Credentials | undefined): Promise<string | undefined> {
  if (credentials === undefined) return undefined;
  const sts = new STSClient({ ...clientConfig(account), credentials });
  const { Arn } = await sts.send(new GetCallerIdentityCommand({}));
  sts.destroy();
  return Arn;
}

async function getToken(endpoint: string, signal?: AbortSignal): Promise<string> {
  const headers = { 'x-aws-ec2-metadata-token-ttl-seconds': '60' };
  const request = { method: 'PUT', headers, ...(signal && { signal }) };
  return await (await fetch(`${endpoint}/latest/api/token`, request)).text();
}

describe('several hosts at once', () => {
  test('have an instance, tokens and a role of their own', async () => {
    const [web, batch] = (await Promise.all(
      ['web', 'batch'].map((instanceProfileName) => account.startHost({ instanceProfileName })),
    )) as [SimulatedHost, SimulatedHost];
    expect([await arnOf(web.credentials()), await arnOf(batch.credentials())]).toEqual([
      `arn:aws:sts::${accountId}:assumed-role/web/${web.instanceId}`,
      `arn:aws:sts::${accountId}:assumed-role/batch/${batch.instanceId}`,
    ]);
    const token = await getToken(web.metadataEndpoint);
    const statusAt = async ({ metadataEndpoint }: SimulatedHost) =>
      (
        await fetch(`${metadataEndpoint}/latest/meta-data/instance-id`, {
          headers: { 'x-aws-ec2-metadata-token': token },
        })
      ).status;
    expect([await statusAt(web), await statusAt(batch)]).toEqual([200, 401]);
  });

  test('get a profile as soon as it exists', async () => {
    const host = await account.startHost({ instanceProfileName: 'later' });
    expect(host.credentials()).toBeUndefined();
    await newRole('later', 'ec2.amazonaws.com');
    expect(await arnOf(host.credentials())).toContain('assumed-role/later/');
    host.detachInstanceProfile();
    expect(host.credentials()).toBeUndefined();
  });

  test('hand out new credentials while the old ones still hold', async () => {
    const host = await account.startHost({ instanceProfileName: 'web' });
    const old = host.credentials();
    clock.advance(5.8 * 3_600_000);
    const renewed = host.credentials();
    expect(renewed?.accessKeyId).not.toBe(old?.accessKeyId);
    expect(old && old.expiresAt > clock.now()).toBe(true);
    clock.reset();
    expect([await arnOf(old), await arnOf(renewed)]).toEqual(Array(2).fill(expect.stringContaining('/web/')));
  });
});

describe('the hop limit', () => {
  test.each([
    { hopLimit: 1, containerGetsToken: false },
    { hopLimit: 2, containerGetsToken: true },
  ])('of $hopLimit lets a token reach a container: $containerGetsToken', async ({ hopLimit, containerGetsToken }) => {
    const host = await account.startHost({ hopLimit });
    expect(await getToken(host.metadataEndpoint)).not.toBe('');
    const far = getToken(host.containerMetadataEndpoint, AbortSignal.timeout(containerGetsToken ? 10_000 : 200));
    const arrives = await far.then(
      (token) => token !== '',
      ({ name }) => name,
    );
    expect(arrives).toBe(containerGetsToken || 'TimeoutError');
  });

  test('holds back nothing but the token: documents reach a container', async () => {
    const host = await account.startHost();
    const headers = { 'x-aws-ec2-metadata-token': await getToken(host.metadataEndpoint) };
    const answer = await fetch(`${host.containerMetadataEndpoint}/latest/meta-data/instance-id`, { headers });
    expect(await answer.text()).toBe(host.instanceId);
  });

  test.each([0, 65, 1.5])('cannot be %s', async (hopLimit) => {
    await expect(account.startHost({ hopLimit })).rejects.toMatchObject({ code: 'BadHopLimit' });
  });
});

describe('a container', () => {
  test('gets the credentials of its role, as the default chain of the SDK asks for them', async () => {
    const { credentialsUri, authorizationToken } = await account.startContainer({ roleName: 'task' });
    const before = { ...process.env };
    Object.assign(process.env, {
      AWS_ACCESS_KEY_ID: '',
      AWS_PROFILE: '',
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_CONTAINER_CREDENTIALS_FULL_URI: credentialsUri,
      AWS_CONTAINER_AUTHORIZATION_TOKEN: authorizationToken,
    });
    const { credentials: _administrator, ...config } = clientConfig(account);
    const sts = new STSClient(config);
    const { Arn } = await sts.send(new GetCallerIdentityCommand({}));
    process.env = before;
    sts.destroy();
    expect(Arn).toMatch(new RegExp(`^arn:aws:sts::${accountId}:assumed-role/task/[0-9a-f]{32}$`));
  });

  test.each([
    { name: 'without a token', headers: {}, roleName: 'task', status: 401, code: 'Unauthorized' },
    {
      name: 'with another token',
      headers: { authorization: 'other' },
      roleName: 'task',
      status: 401,
      code: 'Unauthorized',
    },
    { name: 'for a role that does not trust ECS', roleName: 'web', status: 400, code: 'NoCredentials' },
    { name: 'for a role that is not there', roleName: 'absent', status: 400, code: 'NoCredentials' },
  ])('gets no credentials $name', async ({ headers, roleName, status, code }) => {
    const { credentialsUri, authorizationToken } = await account.startContainer({ roleName });
    const answer = await fetch(credentialsUri, { headers: headers ?? { authorization: authorizationToken } });
    expect([answer.status, await answer.json()]).toEqual([status, { code, message: expect.any(String) }]);
  });

  test('finds nothing at another path', async () => {
    const { credentialsUri, authorizationToken } = await account.startContainer({ roleName: 'task' });
    const answer = await fetch(`${credentialsUri}x`, { headers: { authorization: authorizationToken } });
    expect(answer.status).toBe(404);
  });
});
