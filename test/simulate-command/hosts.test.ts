import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runChild } from '../../lib/child-process';
import { ec2TrustPolicy } from '../../lib/hosts/ec2/trust-policy';
import { onPremisesTrustPolicy } from '../../lib/hosts/on-premises/trust-policy';
import type { PolicyDocument } from '../../lib/policy/document';
import { roleArn, roleName } from '../../lib/policy/resource-names';
import { findIdentity } from '../../lib/simulate-command/identities';
import { choosePlaces } from '../../lib/simulate-command/places';
import { simulationSchema } from '../../lib/simulate-command/schema';
import type { HostSummary } from '../../lib/simulate-command/simulation';
import { type RunningSimulation, startSimulation } from '../../lib/simulate-command/start-simulation';
import {
  importAlias,
  importBucket,
  importCrl,
  importKey,
  importPolicy,
  requireAccount,
  type SimulatedAccount,
} from '../../lib/simulated-aws';
import { readTrustPolicy } from '../../lib/simulated-aws/iam/entities/policy-document';
import { policyDocument } from '../simulated-aws/account';
import { createAuthority } from '../simulated-aws/rolesanywhere/certificate-authority';
import { signedHeaders } from '../simulated-aws/sign';
import { EXAMPLES, FIXTURES, loadExample } from '../support/examples';

const ROOT = join(__dirname, '../..');
/** Asks STS who it is, with what the variables lead to. */
const WHO_AM_I = `
const { GetCallerIdentityCommand, STSClient } = require('@aws-sdk/client-sts');
new STSClient().send(new GetCallerIdentityCommand()).then(({ Arn }) => process.stdout.write(Arn));
`;

const instance = loadExample(EXAMPLES, 'aes-256');
const byRole = loadExample(EXAMPLES, 'existing-role');
const ofAnother = loadExample(FIXTURES, 'foreign-role');
const served = loadExample(FIXTURES, 'made-anchor');
const processed = loadExample(FIXTURES, 'named-anchor');
const { account: accountId, region } = instance;
const OWNER = '444455556666';

let folder: string;
let running: RunningSimulation;

/** A request of the account's administrator; the ARN of what is made. */
async function make(account: SimulatedAccount, path: string, input: object): Promise<string> {
  const body = JSON.stringify({ enabled: true, ...input });
  const { host } = new URL(account.plainEndpoint);
  const given = { host, 'content-type': 'application/json' };
  const signer = { ...account.administrator, region, service: 'rolesanywhere', now: new Date() };
  const { host: _host, ...headers } = signedHeaders({ method: 'POST', target: path, headers: given, body }, signer);
  const response = await fetch(`${account.plainEndpoint}${path}`, { method: 'POST', headers, body });
  const [[member, made] = ['', {}]] = Object.entries((await response.json()) as object);
  return (made as Readonly<Record<string, string>>)[`${member}Arn`] ?? '';
}

function makeRole({ state }: SimulatedAccount, name: string, trust: PolicyDocument): void {
  state.iam.roles.set(name, {
    ...{ name, path: '/', id: `AROA${name}`, arn: `arn:aws:iam::${accountId}:role/${name}`, createdAt: new Date() },
    tags: new Map(),
    trustPolicy: readTrustPolicy(state, JSON.stringify(trust)),
    maxSessionDurationSeconds: 3600,
    inlinePolicies: new Map(),
    attachedPolicyArns: [],
  });
}

/** Makes what the stacks would make of roles, profiles, trust anchors and policies. */
async function deploy(account: SimulatedAccount): Promise<void> {
  const { pem } = await createAuthority({ subject: 'CN=Example Issuing CA' });
  for (const environment of [served, processed]) {
    const { host } = environment;
    if (host.kind !== 'on-premises') throw new Error('it is on premises');
    const name = roleName(environment);
    const source = { sourceType: 'CERTIFICATE_BUNDLE', sourceData: { x509CertificateData: pem } };
    const trustAnchorArn = host.trustAnchor.arn ?? (await make(account, '/trustanchors', { name, source }));
    await make(account, '/profiles', { name, roleArns: [roleArn(environment)] });
    makeRole(account, name, onPremisesTrustPolicy({ trustAnchorArn, ...host.certificate }));
  }
  const name = roleName(instance);
  makeRole(account, name, ec2TrustPolicy(instance));
  const ids = { id: 'AIPA1', arn: `arn:aws:iam::${accountId}:instance-profile/${name}`, createdAt: new Date() };
  account.state.iam.instanceProfiles.set(name, { ...ids, name, path: '/', tags: new Map(), roleName: name });
  const { keyId } = importKey(account.state, { keyId: '1234abcd-12ab-34cd-56ef-1234567890ab' });
  importBucket(account.state, ofAnother.bucket);
  importAlias(account.state, `alias/${roleName(ofAnother)}`, keyId);
  const policy = policyDocument({ Effect: 'Allow', Action: 's3:ListBucket', Resource: '*' });
  importPolicy(account.state, `arn:aws:iam::${accountId}:policy/${roleName(byRole)}-s3`, policy);
}

function start(change: Partial<Parameters<typeof startSimulation>[0]> = {}): Promise<RunningSimulation> {
  return startSimulation({
    accountIds: choosePlaces({ account: [], region: [] }, [instance, ofAnother]).accountIds,
    regions: [region],
    partition: 'aws',
    environments: [instance, byRole, ofAnother, served, processed],
    port: 0,
    metadataPort: 0,
    hopLimit: 1,
    faults: [],
    propagationDelayMs: 0,
    onRequest: () => undefined,
    deploy,
    root: ROOT,
    writeFile: (name, text) => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    },
    ...change,
  });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'simulated-hosts-'));
  running = await start();
});

afterAll(async () => {
  await running.account.stop();
  rmSync(folder, { recursive: true });
});

const hostOf = (name: string): HostSummary => {
  const host = running.summary.hosts.find(({ environment }) => environment === name);
  if (host === undefined) throw new Error(`there is no host of ${name}`);
  return host;
};

const text = expect.any(String);

test('a simulation of every kind of host prints a document by its schema', () => {
  const printed = JSON.parse(JSON.stringify(running.summary));
  expect(simulationSchema.parse(printed)).toEqual(printed);
  expect(simulationSchema.safeParse({ ...printed, version: 99 }).success).toBe(false);
});

test.each([
  ['an instance', 'aes-256', { instanceId: text, metadataEndpoint: text, containerMetadataEndpoint: text }],
  [
    'an instance with its own role',
    'existing-role',
    { instanceId: text, metadataEndpoint: text, containerMetadataEndpoint: text },
  ],
  [
    'an instance with a role of another account',
    'foreign-role',
    { accountId: OWNER, instanceId: text, metadataEndpoint: text, containerMetadataEndpoint: text },
  ],
  ['a host with a certificate that is served', 'made-anchor', { metadataEndpoint: text }],
  ['a host with a certificate that runs a process', 'named-anchor', { configFile: text }],
])('%s is described as what it is', (_kind, environment, expected) => {
  const { onHost, role, ...summary } = hostOf(environment);
  expect(summary).toEqual({ environment, accountId, ...expected });
  expect(role?.name).toMatch(new RegExp(`^the role \\S+ of ${summary.accountId}, until 2`));
});

const INSTANCE = /i-[0-9a-f]{17}$/;
const SERIAL_NUMBER = /[0-9a-f]{2,40}$/;

test.each([
  ['an instance', 'aes-256', 'vault-backup-aes-256', INSTANCE],
  ['an instance with its own role', 'existing-role', 'vault-instance', INSTANCE],
  ['an instance with a role of another account', 'foreign-role', 'vault-instance', INSTANCE],
  ['a host with a certificate that is served', 'made-anchor', 'vault-backup-made-anchor', SERIAL_NUMBER],
  ['a host with a certificate that runs a process', 'named-anchor', 'vault-backup-named-anchor', SERIAL_NUMBER],
])('a client on %s has its role', async (_kind, environment, role, session) => {
  const { variables } = findIdentity(running.summary, `host:${environment}`);
  const { stdout, stderr } = await runChild({
    program: process.execPath,
    args: ['-e', WHO_AM_I],
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      ...variables,
    },
    folder: ROOT,
    signal: new AbortController().signal,
  });
  const account = environment === 'foreign-role' ? OWNER : accountId;
  const arn = expect.stringMatching(new RegExp(`^arn:aws:sts::${account}:assumed-role/${role}/${session.source}`));
  expect({ stdout, stderr }).toEqual({ stdout: arn, stderr: '' });
});

test('the list of an authority whose certificates are revoked by one is imported, and of no other', () => {
  const { crls } = running.account.state.rolesAnywhere;
  const { host } = processed;
  if (host.kind !== 'on-premises') throw new Error('it is on premises');
  const anchors = () => [...crls.values()].map(({ trustAnchorArn }) => trustAnchorArn);
  const [list] = crls.values();
  expect(anchors()).toEqual([host.trustAnchor.arn]);
  // A later simulation over the same state has another authority, and so another list.
  importCrl(running.account.state, host.trustAnchor.arn ?? '', String(list?.data));
  expect(anchors()).toEqual([host.trustAnchor.arn]);
});

test('whoever owns the role of a host attaches the policies of the stack', () => {
  expect(running.account.state.iam.roles.get('vault-instance')?.attachedPolicyArns).toEqual([
    `arn:aws:iam::${accountId}:policy/vault-backup-existing-role-s3`,
  ]);
});

test('whoever owns a role of another account attaches there what emit would write', () => {
  const { iam } = requireAccount(running.account.accounts, OWNER, region);
  const arns = ['s3', 'kms'].map((service) => `arn:aws:iam::${OWNER}:policy/${roleName(ofAnother)}-${service}`);
  expect(iam.roles.get('vault-instance')?.attachedPolicyArns).toEqual(arns);
  expect([...iam.policies.keys()]).toEqual(expect.arrayContaining(arns));
});

test.each([
  { state: 'a key is made', made: [ofAnother.bucket], services: ['s3'] },
  { state: 'anything is deployed', made: [], services: [] },
])(
  'before $state, whoever owns a role of another account attaches the policies of $services',
  async ({ made, services }) => {
    const writeFile = (name: string) => join(folder, 'early', name);
    const deployed = async ({ state }: SimulatedAccount) => {
      for (const name of made) importBucket(state, name);
    };
    const early = await start({ environments: [ofAnother], deploy: deployed, writeFile });
    const { iam } = requireAccount(early.account.accounts, OWNER, region);
    const arns = services.map((service) => `arn:aws:iam::${OWNER}:policy/${roleName(ofAnother)}-${service}`);
    await early.account.stop();
    expect(iam.roles.get('vault-instance')?.attachedPolicyArns).toEqual(arns);
    expect([...iam.policies.keys()].filter((arn) => arn.includes(OWNER))).toEqual(arns);
  },
);
