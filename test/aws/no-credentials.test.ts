import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteInstanceProfileCommand, RemoveRoleFromInstanceProfileCommand } from '@aws-sdk/client-iam';
import { connectAws } from '../../lib/aws/connect';
import { CREDENTIAL_TROUBLES } from '../../lib/aws/credentials/credential-troubles';
import { roleName } from '../../lib/policy/resource-names';
import type { SimulatedAccount, SimulatedHost } from '../../lib/simulated-aws';
import type { DeployedEnvironment } from '../verify/deployed-environment';
import { changing, editTrust } from '../verify/edit-policies';
import { deploy, startAccount, stopAccount } from '../verify/verify-deployed';

const WORDS = { giver: 'the instance profile', give: 'Attach the instance profile of the environment' };
const NOBODY = 'http://127.0.0.1:1';
const saved = { ...process.env };
const SDK_IS_QUIET = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };
let folder: string;
let account: SimulatedAccount;
let live: DeployedEnvironment;
let host: SimulatedHost;
let servers: Server[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'no-credentials-'));
  account = await startAccount();
});

beforeEach(async () => {
  live = await deploy(account, { method: 'AES-256' });
  host = await account.startHost();
  host.attachInstanceProfile(live.config.host.kind === 'ec2' ? live.config.host.instanceProfileArn : '');
});

afterEach(() => {
  process.env = saved;
  for (const server of servers) server.close();
  servers = [];
});

afterAll(async () => {
  rmSync(folder, { recursive: true });
  await stopAccount(account);
});

type Env = Readonly<Record<string, string>>;

/** Findings on a host that has these variables and nothing else of AWS. */
async function said(env: Env, hostWords = WORDS): Promise<string> {
  process.env = {
    ...SDK_IS_QUIET,
    PATH: saved.PATH,
    HOME: folder,
    AWS_ENDPOINT_URL: account.endpoint,
    AWS_EC2_METADATA_SERVICE_ENDPOINT: host.metadataEndpoint,
    AWS_CONFIG_FILE: '/nonexistent',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
    ...env,
  };
  const aws = connectAws({ region: 'us-east-2', env: process.env, hostWords });
  const error = await aws.resolveCredentials().catch((caught) => caught);
  aws.close();
  return `${error.code}: ${error.message}`;
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A file of its own, because the SDK reads each once. */
function configFile(text: string): Env {
  const file = join(folder, `config-${randomUUID()}`);
  writeFileSync(file, text);
  return { AWS_CONFIG_FILE: file };
}

/** A metadata service as the helper for IAM Roles Anywhere is one, whose renewal was refused. */
const emptyKeys: RequestListener = (request, response) => {
  const role = '/latest/meta-data/iam/security-credentials/';
  const empty = { Code: 'Success', AccessKeyId: '', SecretAccessKey: '', Token: '', Expiration: '' };
  if (request.url === '/latest/api/token') response.end('token');
  else if (request.url === role) response.end('vault');
  else if (request.url === `${role}vault`) response.end(JSON.stringify(empty));
  else response.writeHead(404).end();
};

/** The same since it says so. */
const refusing: RequestListener = (request, response) => {
  const role = '/latest/meta-data/iam/security-credentials/';
  if (request.url === '/latest/api/token') response.end('token');
  else if (request.url === role) response.end('vault');
  else if (request.url === `${role}vault`) response.writeHead(500).end('AccessDeniedException: Invalid signature');
  else response.writeHead(404).end();
};

/** A metadata service that gives a token, and then nothing. */
const silent: RequestListener = (request, response) => {
  if (request.url === '/latest/api/token') response.end('token');
};

/** One on a busy machine: each answer takes longer than the second that the SDK waits of itself. */
const slow: RequestListener = (request, response) => {
  const keys = { AccessKeyId: 'ASIA', SecretAccessKey: 'secret', Token: 'token', Expiration: '2099-01-01T00:00:00Z' };
  const role = '/latest/meta-data/iam/security-credentials/';
  const body =
    request.url === '/latest/api/token'
      ? 'token'
      : request.url === role
        ? 'vault'
        : JSON.stringify({ Code: 'Success', ...keys });
  setTimeout(() => response.end(body), 1_100);
};

const status =
  (code: number): RequestListener =>
  (_request, response) =>
    response.writeHead(code).end();

interface Row {
  readonly host: string;
  /** Makes the trouble. */
  readonly make: () => Promise<Env> | Env;
  readonly code?: string;
  readonly found: string;
  readonly fix: string;
}

const atNobody = { AWS_EC2_METADATA_SERVICE_ENDPOINT: NOBODY };

const HOSTS: readonly Row[] = [
  {
    host: 'that has no instance profile',
    make: () => {
      host.detachInstanceProfile();
      return {};
    },
    found: 'has no role to give',
    fix: 'Attach the instance profile of the environment; vault-env doctor',
  },
  {
    host: 'that is no EC2 instance',
    make: () => atNobody,
    found: `nothing answers at ${NOBODY}, where EC2 has its metadata service`,
    fix: 'Attach the instance profile of the environment',
  },
  {
    host: 'whose role no longer trusts EC2',
    make: async () => {
      await editTrust(live, changing('AssumeFromInstance', { Principal: { Service: 'ecs-tasks.amazonaws.com' } }));
      return {};
    },
    found: 'an instance profile is attached, but EC2 may not assume its role',
    fix: 'Let the trust policy of the role admit EC2 again',
  },
  {
    host: 'whose instance profile was emptied',
    make: async () => {
      const name = roleName(live.target);
      const names = { InstanceProfileName: name, RoleName: name };
      await live.administrator.iam.send(new RemoveRoleFromInstanceProfileCommand(names));
      return {};
    },
    found: 'is attached, and there is no role in it',
    fix: 'Put the role into the profile: terraform apply',
  },
  {
    host: 'whose instance profile was deleted',
    make: async () => {
      const name = roleName(live.target);
      const names = { InstanceProfileName: name, RoleName: name };
      await live.administrator.iam.send(new RemoveRoleFromInstanceProfileCommand(names));
      await live.administrator.iam.send(new DeleteInstanceProfileCommand({ InstanceProfileName: name }));
      return {};
    },
    found: 'the instance profile that is attached was deleted',
    fix: 'attach the one of the environment',
  },
  {
    host: 'that is a container behind a hop limit of 1',
    make: () => ({ AWS_EC2_METADATA_SERVICE_ENDPOINT: host.containerMetadataEndpoint }),
    found: 'its token does not come back: the hop limit stops it on the way',
    fix: '--http-put-response-hop-limit 2',
  },
  {
    host: 'whose metadata service is switched off',
    make: async () => ({ AWS_EC2_METADATA_SERVICE_ENDPOINT: await serve(status(403)) }),
    found: 'refuses a token with HTTP 403',
    fix: '--http-endpoint enabled',
  },
  {
    host: 'with a variable that switches the metadata service off',
    make: () => ({ AWS_EC2_METADATA_DISABLED: 'true' }),
    found: 'AWS_EC2_METADATA_DISABLED keeps this process from the instance metadata service',
    fix: 'Take the variable out of the environment of this process',
  },
  {
    host: 'whose metadata service gives empty keys',
    make: async () => ({ AWS_EC2_METADATA_SERVICE_ENDPOINT: await serve(emptyKeys) }),
    found: 'reports success but returns empty credentials',
    fix: 'aws_signing_helper serve does this up to 1.8.0',
  },
  {
    host: 'whose metadata service gives a token and no more',
    make: async () => ({ AWS_EC2_METADATA_SERVICE_ENDPOINT: await serve(silent) }),
    found: 'gives a token, and then no answer within a second',
    fix: 'Run this again when the host is less busy',
  },
  {
    host: 'whose pod or task shows the wrong token',
    make: async () => {
      const container = await account.startContainer({ roleName: roleName(live.target) });
      return {
        AWS_CONTAINER_CREDENTIALS_FULL_URI: container.credentialsUri,
        AWS_CONTAINER_AUTHORIZATION_TOKEN: 'wrong',
      };
    },
    found: 'refuses the token (HTTP 401)',
    fix: 'AWS_CONTAINER_AUTHORIZATION_TOKEN',
  },
  {
    host: 'whose role does not trust containers',
    make: async () => {
      const container = await account.startContainer({ roleName: roleName(live.target) });
      return {
        AWS_CONTAINER_CREDENTIALS_FULL_URI: container.credentialsUri,
        AWS_CONTAINER_AUTHORIZATION_TOKEN: container.authorizationToken,
      };
    },
    found: 'answers HTTP 400',
    fix: 'let the role trust it',
  },
  {
    host: 'whose container agent is not there',
    make: () => ({ AWS_CONTAINER_CREDENTIALS_FULL_URI: `${NOBODY}/credentials` }),
    found: `the container credentials endpoint ${NOBODY}/credentials does not answer (ECONNREFUSED)`,
    fix: 'EKS Pod Identity agent',
  },
  {
    host: 'whose container token is not mounted',
    make: () => ({
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `${NOBODY}/credentials`,
      AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: '/nonexistent/token',
    }),
    found: '/nonexistent/token cannot be read',
    fix: 'let the agent of the task or pod set them',
  },
  {
    host: 'whose web identity token is not mounted',
    make: () => ({
      AWS_WEB_IDENTITY_TOKEN_FILE: '/nonexistent/token',
      AWS_ROLE_ARN: 'arn:aws:iam::111122223333:role/vault',
    }),
    found: 'the file of AWS_WEB_IDENTITY_TOKEN_FILE, /nonexistent/token, cannot be read',
    fix: 'Mount the token of the service account',
  },
  {
    host: 'whose Identity Center sign-in has expired',
    make: () => ({
      AWS_PROFILE: 'work',
      ...configFile(
        '[profile work]\nsso_start_url = https://acme.awsapps.com/start\nsso_region = us-east-2\nsso_account_id = 111122223333\nsso_role_name = Admin\n',
      ),
    }),
    found: 'the IAM Identity Center sign-in of the profile is over, or was never made',
    fix: 'aws sso login --profile work; on a Vault host leave the profile out, so that the instance profile is used',
  },
  {
    host: 'without the profile',
    make: () => ({ AWS_PROFILE: 'nope', ...atNobody }),
    found: 'Profile nope could not be found in ~/.aws/config and ~/.aws/credentials',
    fix: 'Correct the name of the profile',
  },
  {
    host: 'whose credential_process fails',
    make: () => ({
      ...configFile('[default]\ncredential_process = sh -c "echo no anchor >&2; exit 3"\n'),
      ...atNobody,
    }),
    found: 'the credential_process of the profile gave none',
    fix: 'Run the command of credential_process',
  },
  {
    host: 'whose certificate IAM Roles Anywhere refuses',
    make: () => ({
      ...configFile(
        '[default]\ncredential_process = sh -c "echo AccessDeniedException: Unable to assume role for x >&2; exit 1"\n',
      ),
      ...atNobody,
    }),
    found: 'the trust policy of the role, or the profile, does not let in the certificate of this host',
    fix: 'Compare its common name and its issuer with the config',
  },
  {
    host: 'whose helper serves a refusal',
    make: async () => ({ AWS_EC2_METADATA_SERVICE_ENDPOINT: await serve(refusing) }),
    found: 'answers HTTP 500: AccessDeniedException: Invalid signature: the private key does not belong',
    fix: 'Put the key there that the certificate was requested with',
  },
  {
    host: 'whose credential_process gives expired credentials',
    make: () => ({
      ...atNobody,
      ...configFile(
        `[default]\ncredential_process = echo '{"Version":1,"AccessKeyId":"ASIA1","SecretAccessKey":"s","SessionToken":"t","Expiration":"2020-01-01T00:00:00Z"}'\n`,
      ),
    }),
    code: 'ExpiredCredentials',
    found: "'credentials' must not be expired",
    fix: 'Run the command of credential_process',
  },
];

describe('on a host', () => {
  test.each(HOSTS)('$host, the cause is named', async ({ make, code = 'NoCredentials', found, fix }) => {
    const text = await said(await make());
    const [first = '', second = ''] = text.split('\n');
    expect(first.slice(0, code.length + 1)).toBe(`${code}:`);
    expect(first).toContain(found);
    expect(second).toContain(fix);
  });

  test('of another kind, the advice fits that kind', async () => {
    const words = { giver: 'the helper', give: 'Start the helper of IAM Roles Anywhere' };
    expect(await said(atNobody, words)).toMatch(/\nStart the helper of IAM Roles Anywhere; vault-env doctor/);
  });
});

/** Settings that are rare here, by the SDK's words for them. */
test.each([
  {
    id: 'credentials-late',
    reason: 'No credentials came within 60 s, and the wait for them was given up',
  },
  {
    id: 'web-identity-refused',
    reason: 'Not authorized to perform sts:AssumeRoleWithWebIdentity',
    env: { AWS_WEB_IDENTITY_TOKEN_FILE: '/token' },
  },
  {
    id: 'container-url-refused',
    reason: '169.254.170.23 is not a valid container metadata service hostname',
    container: { url: 'http://169.254.170.23/v1/credentials', status: 200 },
  },
  {
    id: 'role-refused',
    reason: 'User: arn:aws:iam::111122223333:user/eve is not authorized to perform: sts:AssumeRole on resource: x',
  },
])('$reason is $id', ({ id, reason, env = {}, container }) => {
  const evidence = { reason, env, container };
  const trouble = CREDENTIAL_TROUBLES.find(({ fits }) => fits(evidence));
  expect(trouble?.id).toBe(id);
  expect(trouble?.found(evidence)).toMatch(/\w/);
  expect(trouble?.fix(evidence, 'the instance profile')).toMatch(/\w/);
});

test('a metadata service that takes more than a second for each answer is waited for', async () => {
  expect(await said({ AWS_EC2_METADATA_SERVICE_ENDPOINT: await serve(slow) })).toBe('undefined: undefined');
});
