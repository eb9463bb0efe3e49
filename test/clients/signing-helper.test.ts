import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { helperTrouble } from '../../lib/aws/credentials/helper-troubles';
import { onPremisesTrustPolicy } from '../../lib/hosts/on-premises/trust-policy';
import type { CertificateHost, SimulatedAccount } from '../../lib/simulated-aws';
import { readTrustPolicy } from '../../lib/simulated-aws/iam/entities/policy-document';
import { accountId, clientConfig, region, startAccount } from '../simulated-aws/account';
import { createAuthority, type Issued, issue } from '../simulated-aws/rolesanywhere/certificate-authority';
import { ask } from '../simulated-aws/rolesanywhere/control-plane';
import { describeWithProgram, freePort, runProgram, type StartedProgram, startProgram } from './program';

// AWS's own helper for hosts outside of AWS: what it signs gets a session, and what it serves is what ours looks like.

jest.setTimeout(600_000);

const HELPER = 'aws_signing_helper';
const ROLES = '/latest/meta-data/iam/security-credentials/';
const TTL = { 'x-aws-ec2-metadata-token-ttl-seconds': '60' };
const NO_TIME = { 'x-aws-ec2-metadata-token-ttl-seconds': '0' };
const roleArn = `arn:aws:iam::${accountId}:role/vault`;

let folder: string;
let account: SimulatedAccount;
let root: Issued;
let issuing: Issued;
let anchorArn: string;
let profileArn: string;

async function make(target: string, member: string, body: object): Promise<string> {
  const answer = await ask(account, { method: 'POST', target, body: { name: 'vault', enabled: true, ...body } });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return (answer.body[member] as Readonly<Record<string, string>>)[`${member}Arn`] ?? '';
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'signing-helper-'));
  account = await startAccount();
  writeFileSync(join(folder, 'ca.pem'), account.caCertificatePem);
  root = await createAuthority({ subject: 'CN=Root CA', key: 'RSA-2048' });
  issuing = await createAuthority({ subject: 'CN=Issuing CA', issuer: root, key: 'RSA-2048' });
  const source = { sourceType: 'CERTIFICATE_BUNDLE', sourceData: { x509CertificateData: root.pem } };
  anchorArn = await make('/trustanchors', 'trustAnchor', { source });
  profileArn = await make('/profiles', 'profile', { roleArns: [roleArn] });
  const trust = onPremisesTrustPolicy({ trustAnchorArn: anchorArn, subject: { CN: ['vault-1.example'] } });
  account.state.iam.roles.set('vault', {
    ...{ name: 'vault', path: '/', id: 'AROAEXAMPLEEXAMPLE00', arn: roleArn, createdAt: new Date(), tags: new Map() },
    trustPolicy: readTrustPolicy(account.state, JSON.stringify(trust)),
    maxSessionDurationSeconds: 3600,
    inlinePolicies: new Map(),
    attachedPolicyArns: [],
  });
});

afterAll(async () => {
  await account.stop();
  rmSync(folder, { recursive: true });
});

const env = () => ({ HOME: folder, SSL_CERT_FILE: join(folder, 'ca.pem') });

/** The arguments of the helper, with the files that it names. */
function argumentsFor(leaf: Issued, chain: readonly Issued[] = []): readonly string[] {
  const file = (name: string, text: string) => {
    const path = join(folder, `${leaf.serialNumber}-${name}`);
    writeFileSync(path, text, { mode: 0o600 });
    return path;
  };
  const between = file('chain.pem', chain.map(({ pem }) => `${pem}\n`).join(''));
  return [
    ...['--certificate', file('host.pem', `${leaf.pem}\n`), '--private-key', file('host.key', `${leaf.keyPem}\n`)],
    ...(chain.length > 0 ? ['--intermediates', between] : []),
    ...['--trust-anchor-arn', anchorArn, '--profile-arn', profileArn, '--role-arn', roleArn],
    ...['--region', region, '--endpoint', account.endpoint],
  ];
}

interface Printed {
  readonly Version: number;
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly SessionToken: string;
}

async function whoIs({ AccessKeyId, SecretAccessKey, SessionToken }: Omit<Printed, 'Version'>) {
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  const sts = new STSClient({ ...clientConfig(account), credentials });
  const { Arn } = await sts.send(new GetCallerIdentityCommand({}));
  sts.destroy();
  return Arn;
}

const subject = 'CN=vault-1.example';

/** The arguments with another value of one of them. */
function told(given: readonly string[], option: string, value: string): readonly string[] {
  const at = given.indexOf(option);
  return [...given.slice(0, at + 1), value, ...given.slice(at + 2)];
}

describeWithProgram(HELPER, () => {
  test.each([
    { key: 'RSA-2048', between: true },
    { key: 'RSA-2048', between: false },
    { key: 'P-256', between: true },
    { key: 'P-256', between: false },
  ] as const)(
    'gets a session as credential_process with a key of $key, below an intermediate: $between',
    async (row) => {
      const leaf = await issue({ subject, issuer: row.between ? issuing : root, key: row.key });
      const given = argumentsFor(leaf, row.between ? [issuing] : []);
      const { exitCode, stdout, stderr } = await runProgram(HELPER, ['credential-process', ...given], { env: env() });
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      const printed: Printed = JSON.parse(stdout);
      expect(printed.Version).toBe(1);
      expect(await whoIs(printed)).toBe(`arn:aws:sts::${accountId}:assumed-role/vault/${leaf.serialNumber}`);
    },
  );

  test.each([
    { name: 'without its intermediate', chain: [], says: 'Untrusted signing certificate' },
    { name: 'of another name', subject: 'CN=laptop', says: `Unable to assume role for ${roleArn}` },
  ])('ends with the words of AWS with a certificate $name', async ({ subject: name = subject, chain, says }) => {
    const leaf = await issue({ subject: name, issuer: issuing });
    const given = argumentsFor(leaf, chain ?? [issuing]);
    const { exitCode, stdout, stderr } = await runProgram(HELPER, ['credential-process', ...given], { env: env() });
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain('AccessDeniedException');
    expect(stderr).toContain(says);
  });

  test.each<{ what: string; change: (given: readonly string[]) => readonly string[]; trouble: string }>([
    {
      what: 'no certificate',
      change: (given) => told(given, '--certificate', '/nowhere'),
      trouble: 'helper-certificate-file',
    },
    { what: 'no key', change: (given) => told(given, '--private-key', '/nowhere'), trouble: 'helper-key-file' },
    { what: 'no intermediates', change: (given) => [...given, '--intermediates', '/nowhere'], trouble: 'helper-file' },
    { what: 'half an ARN', change: (given) => told(given, '--profile-arn', 'profile/1'), trouble: 'helper-arn' },
    {
      what: 'a profile of another region',
      change: (given) => told(given, '--profile-arn', profileArn.replace(region, 'sa-east-1')),
      trouble: 'helper-regions',
    },
    {
      what: 'another role',
      change: (given) => told(given, '--role-arn', `${roleArn}-2`),
      trouble: 'helper-role-not-assumed',
    },
    { what: 'nobody', change: (given) => told(given, '--endpoint', 'https://127.0.0.1:1'), trouble: 'helper-network' },
    { what: 'a flag of another version', change: (given) => [...given, '--nothing'], trouble: 'helper-flag' },
  ])('says what $what comes to in the words that its trouble is told by', async ({ change, trouble }) => {
    const given = change(argumentsFor(await issue({ subject, issuer: root })));
    const { exitCode, stderr } = await runProgram(HELPER, ['credential-process', ...given], { env: env() });
    expect({ exitCode, trouble: helperTrouble(stderr)?.id }).toEqual({ exitCode: 1, trouble });
  });

  test('says that it does not trust an endpoint in the words that this is told by', async () => {
    const given = argumentsFor(await issue({ subject, issuer: root }));
    const { stderr } = await runProgram(HELPER, ['credential-process', ...given], { env: { HOME: folder } });
    expect(helperTrouble(stderr)?.id).toBe('helper-tls');
  });

  describe('as serve', () => {
    let served: StartedProgram;
    let endpoint: string;
    let ours: CertificateHost;

    beforeAll(async () => {
      const leaf = await issue({ subject, issuer: issuing });
      const port = await freePort();
      endpoint = `http://127.0.0.1:${port}`;
      const given = argumentsFor(leaf, [issuing]);
      served = startProgram(HELPER, ['serve', '--port', String(port), '--hop-limit', '1', ...given], { env: env() });
      await untilAnswered(endpoint);
      const certificate = { subject: [{ CN: ['vault-1.example'] }], issuer: [{ CN: ['Issuing CA'] }] };
      ours = await account.startCertificateHost({ trustAnchor: anchorArn, profile: profileArn, roleArn, certificate });
    });

    afterAll(() => served.stop());

    test('hands out the credentials of the role', async () => {
      const text = await (await asked(endpoint, { path: `${ROLES}vault`, hasToken: true })).text();
      const { Token, ...document } = JSON.parse(text);
      expect(await whoIs({ ...document, SessionToken: Token })).toMatch(`:assumed-role/vault/`);
    });

    test.each([
      { path: ROLES, hasToken: true },
      { path: `${ROLES}vault`, hasToken: true },
      { path: ROLES, hasToken: false },
      { path: `${ROLES}other`, hasToken: true },
      { path: '/latest/meta-data/placement/region', hasToken: true },
      { path: '/latest/dynamic/instance-identity/document', hasToken: true },
      { path: '/latest/meta-data/', hasToken: true },
      { path: '/latest/api/token', method: 'PUT', hasToken: false },
      { path: '/latest/api/token', method: 'PUT', headers: NO_TIME, hasToken: false },
      { path: '/latest/api/token', method: 'GET', hasToken: false },
      { path: ROLES, method: 'POST', hasToken: true },
      { path: '/latest/api/token/', method: 'PUT', hasToken: false },
      { path: '/latest/api/token', method: 'PUT', headers: TTL, hasToken: false },
      { path: '/latest/api/token', method: 'PUT', headers: { ...TTL, 'x-forwarded-for': '10.0.0.1' }, hasToken: false },
    ])('answers %j with the same status as the simulated host', async (request) => {
      const { status } = await asked(ours.metadataEndpoint, request);
      expect((await asked(endpoint, request)).status).toBe(status);
    });
  });
});

interface Asked {
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly hasToken: boolean;
}

async function asked(endpoint: string, { path, method = 'GET', headers = {}, hasToken }: Asked): Promise<Response> {
  const token = hasToken
    ? await (await fetch(`${endpoint}/latest/api/token`, { method: 'PUT', headers: TTL })).text()
    : undefined;
  const withToken = token === undefined ? headers : { ...headers, 'x-aws-ec2-metadata-token': token };
  return fetch(`${endpoint}${path}`, { method, headers: withToken });
}

async function untilAnswered(endpoint: string): Promise<void> {
  for (;;) {
    const isThere = await fetch(`${endpoint}/latest/api/token`, { method: 'PUT', headers: TTL }).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isThere) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
