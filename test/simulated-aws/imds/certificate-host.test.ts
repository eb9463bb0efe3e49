import { type CertificateHost, importTrustAnchor, type SimulatedAccount } from '../../../lib/simulated-aws';
import { readTrustPolicy } from '../../../lib/simulated-aws/iam/entities/policy-document';
import { accountId, Clock, policyDocument, region, startAccount } from '../account';
import { ask } from '../rolesanywhere/control-plane';

const ROLES = '/latest/meta-data/iam/security-credentials/';
const roleArn = `arn:aws:iam::${accountId}:role/service/vault`;
const anchorArn = `arn:aws:rolesanywhere:${region}:${accountId}:trust-anchor/0f5c1111-2222-3333-4444-555555555555`;
const clock = new Clock();

let account: SimulatedAccount;
let host: CertificateHost;

async function make(target: string, member: string, body: object): Promise<string> {
  const answer = await ask(account, { method: 'POST', target, body: { name: 'vault', enabled: true, ...body } });
  return (answer.body[member] as Readonly<Record<string, string>>)[`${member}Arn`] ?? '';
}

beforeAll(async () => {
  account = await startAccount(clock);
});

beforeEach(async () => {
  for (const kept of Object.values(account.state.rolesAnywhere)) kept.clear();
  importTrustAnchor(account.state, anchorArn);
  const profileArn = await make('/profiles', 'profile', { roleArns: [roleArn] });
  const trust = policyDocument({
    Effect: 'Allow',
    Principal: { Service: 'rolesanywhere.amazonaws.com' },
    Action: ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'],
    Condition: {
      ArnEquals: { 'aws:SourceArn': anchorArn },
      StringEquals: {
        'aws:PrincipalTag/x509Subject/CN': 'vault-1.acme.example',
        'aws:PrincipalTag/x509Issuer/CN': 'Acme Issuing CA 2',
      },
    },
  });
  account.state.iam.roles.set('vault', {
    name: 'vault',
    path: '/service/',
    id: 'AROAEXAMPLEEXAMPLE00',
    arn: roleArn,
    createdAt: clock.now(),
    tags: new Map(),
    trustPolicy: readTrustPolicy(account.state, trust),
    maxSessionDurationSeconds: 3600,
    inlinePolicies: new Map(),
    attachedPolicyArns: [],
  });
  const subject = [{ CN: ['vault-1.acme.example'] }, { O: ['Acme'] }];
  const issuer = [{ CN: ['Acme Issuing CA 2'] }];
  const certificate = { subject, issuer };
  host = await account.startCertificateHost({ trustAnchor: anchorArn, profile: profileArn, roleArn, certificate });
});

afterEach(async () => {
  clock.reset();
  await host.stop();
});

afterAll(() => account.stop());

interface Answered {
  readonly status: number;
  readonly text: string;
}

async function request(method: string, path: string, headers: Record<string, string> = {}): Promise<Answered> {
  const response = await fetch(`${host.metadataEndpoint}${path}`, { method, headers });
  return { status: response.status, text: await response.text() };
}

async function readWithToken(path: string): Promise<Answered> {
  const { text } = await request('PUT', '/latest/api/token', { 'x-aws-ec2-metadata-token-ttl-seconds': '60' });
  return request('GET', path, { 'x-aws-ec2-metadata-token': text });
}

const keyOf = ({ text }: Answered): string => JSON.parse(text).AccessKeyId;

test('a host with a certificate gets the credentials of its role', async () => {
  expect(await readWithToken(ROLES)).toEqual({ status: 200, text: 'vault' });
  const { text } = await readWithToken(`${ROLES}vault`);
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, Token: sessionToken, Code } = JSON.parse(text);
  expect(Code).toBe('Success');
  const answer = await ask(
    account,
    { method: 'GET', target: '/profiles' },
    { accessKeyId, secretAccessKey, sessionToken },
  );
  expect(answer.body.message).toContain(`arn:aws:sts::${accountId}:assumed-role/vault/`);
});

test('it keeps its session until ten minutes before it expires', async () => {
  const first = keyOf(await readWithToken(`${ROLES}vault`));
  clock.advance(49 * 60_000);
  expect(keyOf(await readWithToken(`${ROLES}vault`))).toBe(first);
  clock.advance(2 * 60_000);
  expect(keyOf(await readWithToken(`${ROLES}vault`))).not.toBe(first);
});

test('a refusal is reported in the words of AWS', async () => {
  await ask(account, { method: 'POST', target: `/trustanchor/${anchorArn.slice(-36)}/disable` });
  expect(await readWithToken(`${ROLES}vault`)).toEqual({
    status: 500,
    text: 'AccessDeniedException: Untrusted signing certificate',
  });
});

test('a fault on the way becomes an answer', async () => {
  const fault = { match: { service: 'rolesanywhere' }, fault: { kind: 'connection-reset', when: 'before-operation' } };
  account.faults.set([{ ...fault, times: 1 } as never]);
  expect(await readWithToken(`${ROLES}vault`)).toMatchObject({ status: 500 });
  expect(await readWithToken(`${ROLES}vault`)).toMatchObject({ status: 200 });
});

test('the stand-in for the authority of its trust anchor ends with it', async () => {
  const { suppliedAuthorities } = account.state.rolesAnywhere;
  await readWithToken(`${ROLES}vault`);
  expect(suppliedAuthorities.get(anchorArn)).toContain('BEGIN CERTIFICATE');
  await host.stop();
  expect(suppliedAuthorities.get(anchorArn)).toBe('');
});

test('a host gets its role as soon as its profile exists', async () => {
  const certificate = { subject: [{ CN: ['vault-1.acme.example'] }], issuer: [{ CN: ['Acme Issuing CA 2'] }] };
  const waiting = { trustAnchor: anchorArn, profile: 'later', roleArn, certificate };
  const { credentials } = await account.startCertificateHost(waiting);
  expect(await credentials()).toBeUndefined();
  await make('/profiles', 'profile', { name: 'later', roleArns: [roleArn] });
  expect(await credentials()).toMatchObject({ accessKeyId: expect.stringMatching(/^ASIA/) });
});

// As the helper does: test/clients/signing-helper holds the two against each other.
test('a request for another role gets the name of the only one, and a token needs no time to live', async () => {
  const { text: token } = await request('PUT', '/latest/api/token');
  const headers = { 'x-aws-ec2-metadata-token': token };
  expect(await request('GET', `${ROLES}other`, headers)).toEqual({ status: 200, text: 'vault' });
});

test.each([
  '/latest/meta-data/placement/region',
  '/latest/dynamic/instance-identity/document',
  '/latest/meta-data/',
  '/',
])('nothing is served at %s', async (path) => {
  expect(await readWithToken(path)).toMatchObject({ status: 404 });
});

test.each([
  ['without a token', 'GET', ROLES, {}, 401],
  ['with an unknown token', 'GET', ROLES, { 'x-aws-ec2-metadata-token': 'other' }, 401],
  ['for a token that lasts no time', 'PUT', '/latest/api/token', { 'x-aws-ec2-metadata-token-ttl-seconds': '0' }, 400],
  ['for a token without PUT', 'GET', '/latest/api/token', {}, 405],
  ['that writes', 'POST', ROLES, {}, 405],
  [
    'for a token, passed on by a proxy',
    'PUT',
    '/latest/api/token',
    { 'x-aws-ec2-metadata-token-ttl-seconds': '60', 'x-forwarded-for': '10.0.0.1' },
    400,
  ],
] as const)('a request %s is refused', async (_what, method, path, headers, status) => {
  expect(await request(method, path, headers)).toMatchObject({ status });
});
