import { randomUUID } from 'node:crypto';
import { CreatePolicyCommand } from '@aws-sdk/client-iam';
import { connectControlPlane } from '../../../lib/aws/control-plane';
import type { BackupEnvironment } from '../../../lib/backup-environment/schema';
import { type Catalogue, loadServices } from '../../../lib/catalogue';
import { importTrustAnchor, type SimulatedAccount, startSimulatedAccount } from '../../../lib/simulated-aws';
import { importInstanceRole } from '../../../lib/simulated-aws/iam';
import { importKey } from '../../../lib/simulated-aws/kms';
import { importBucket } from '../../../lib/simulated-aws/s3';
import type { Fault } from '../../../lib/simulated-aws/server/faults/fault';
import { verifyAsOperator } from '../../../lib/verify/operator/verify-as-operator';
import type { Verification } from '../../../lib/verify/result/verification';
import { createAuthority, type Issued, revoke } from '../../simulated-aws/rolesanywhere/certificate-authority';
import { type Administrator, administratorOf, deployStack } from '../../support/deploy-stack';
import { EXAMPLES, FIXTURES, loadExample, synthesizeStack } from '../../support/synthesize';
import type { ControlPlaneDefect, Target } from './defect';

export const ACCOUNT = '111122223333';
export const STACKS = {
  'aes-256': { folder: EXAMPLES, region: 'us-east-2' },
  'aws-kms': { folder: EXAMPLES, region: 'us-east-2' },
  'every-option': { folder: FIXTURES, region: 'eu-central-1' },
  'existing-role': { folder: EXAMPLES, region: 'us-east-2' },
  'former-keys': { folder: FIXTURES, region: 'us-east-2' },
  'made-anchor': { folder: FIXTURES, region: 'us-east-2' },
  'named-anchor': { folder: FIXTURES, region: 'us-east-2' },
} as const;

/** The key of earlier backups that was there before, in the example of former keys. */
const FORMER_KEY_ID = '1234abcd-12ab-34cd-56ef-1234567890ab';

/** The trust anchor that exists, in the example of one; each deployment has its own. */
const NAMED_ANCHOR_ID = '0f5c1a2b-3c4d-4e5f-8a6b-7c8d9e0f1a2b';

const EXISTING_ROLE = 'arn:aws:iam::111122223333:role/service/vault-instance';

/** The services that the defects are about; the others cannot make a difference to them. */
let catalogue: Catalogue;
/** The one of trust anchors that exist. */
let authority: Issued;
/** An account and its administrator, by region. */
interface Surroundings {
  readonly account: SimulatedAccount;
  readonly administrator: Administrator;
}

const surroundings = new Map<string, Surroundings>();
const saved = { ...process.env };

/** Starts an account in each region of these stacks. */
export async function startAccounts(names = Object.keys(STACKS) as readonly Name[]): Promise<void> {
  authority ??= await createAuthority({ subject: 'CN=Example Issuing CA' });
  catalogue ??= await loadServices(['ec2', 'iam', 'kms', 's3', 'sts']);
  for (const region of new Set(names.map((name) => STACKS[name].region))) {
    const account = await startSimulatedAccount({ accountId: ACCOUNT, region });
    importBucket(account.state, 'example-access-logs');
    importKey(account.state, { keyId: FORMER_KEY_ID });
    surroundings.set(region, { account, administrator: administratorOf(account) });
  }
}

export async function stopAccounts(): Promise<void> {
  process.env = saved;
  await Promise.all([...surroundings.values()].map(({ account }) => account.stop()));
}

export type Name = keyof typeof STACKS;

const stackTexts = new Map<Name, string>();
let lastNumber = 0;

/** The stack of an environment whose names nobody has used yet; without the suffix they are the example's. */
function newStack(name: Name) {
  const known = stackTexts.get(name) ?? synthesizeStack(loadExample(STACKS[name].folder, name)).text;
  stackTexts.set(name, known);
  lastNumber += 1;
  const suffix = `-n${lastNumber}n`;
  const names = new RegExp(`(vault-backup-${name}|vault-limits)\\b`, 'g');
  const anchorId = `0f5c1a2b-3c4d-4e5f-8a6b-${String(lastNumber).padStart(12, '0')}`;
  return { suffix, text: known.replace(names, `$1${suffix}`).replaceAll(NAMED_ANCHOR_ID, anchorId) };
}

const EVERYTHING = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

export async function deploy(name: Name) {
  const { text, suffix } = newStack(name);
  const found = surroundings.get(STACKS[name].region);
  if (found === undefined) throw new Error(`there is no account in ${STACKS[name].region}`);
  // As its owner left it: it is one for all of an account.
  if (name === 'existing-role') importInstanceRole(found.account.state, EXISTING_ROLE);
  const boundary = { PolicyName: `vault-limits${suffix}`, PolicyDocument: JSON.stringify(EVERYTHING) };
  await found.administrator.iam.send(new CreatePolicyCommand(boundary));
  const config = await deployStack(found.administrator, text);
  if (name === 'named-anchor') await makeNamedAnchor(found, config);
  return { ...found, text, suffix, config };
}

/** The authority of the trust anchors that exist, in PEM. */
export function namedAuthority(): string {
  return authority.pem;
}

/** A trust anchor that was there, with the list of revoked certificates of its authority. */
async function makeNamedAnchor({ account, administrator }: Surroundings, { host }: BackupEnvironment): Promise<void> {
  if (host.kind !== 'on-premises') throw new Error('the host is outside of AWS');
  const { trustAnchorArn } = host;
  importTrustAnchor(account.state, trustAnchorArn, authority.pem);
  const crlData = Buffer.from(await revoke(authority)).toString('base64');
  await administrator.rolesAnywhere('POST', '/crls', { name: 'revoked', crlData, enabled: true, trustAnchorArn });
}

export type Deployed = Awaited<ReturnType<typeof deploy>>;

const readOnly = new Map<Name, Promise<Deployed>>();

/** One environment for all who only read it. */
export function deployOnce(name: Name): Promise<Deployed> {
  const deployed = readOnly.get(name) ?? deploy(name);
  readOnly.set(name, deployed);
  return deployed;
}

/** In use, or the first of the former ones. */
function createdKeyOf({ aws }: Deployed['config']): string | undefined {
  return aws.keyArn ?? aws.formerKeyArns?.[0];
}

const NO_CERTIFICATE = { trustAnchorArn: '', profileArn: '' };

function targetOf({ account, administrator, config, suffix, text }: Deployed): Target {
  const { trustAnchorArn, profileArn } = config.host.kind === 'on-premises' ? config.host : NO_CERTIFICATE;
  const known = text.replaceAll('${aws_kms_key.backup.arn}', createdKeyOf(config) ?? '');
  const { resource } = JSON.parse(known.replaceAll('${aws_rolesanywhere_trust_anchor.vault.arn}', trustAnchorArn));
  const statements = (policy: string | undefined) => (policy === undefined ? [] : JSON.parse(policy).Statement);
  return {
    ...administrator,
    account: ACCOUNT,
    state: account.state,
    trustAnchorArn,
    profileArn,
    suffix,
    bucket: config.form.bucketName,
    roleArn: config.aws.roleArn,
    roleName: config.aws.roleArn.slice(config.aws.roleArn.lastIndexOf('/') + 1),
    keyArn: createdKeyOf(config) ?? '',
    statements: {
      s3: statements(resource.aws_iam_policy.s3.policy),
      kms: statements(resource.aws_iam_policy.kms?.policy),
      bucket: statements(resource.aws_s3_bucket_policy.backup.policy),
      key: statements(resource.aws_kms_key?.backup.policy),
      trust: statements(resource.aws_iam_role?.vault.assume_role_policy),
    },
  };
}

/** Verifies as the account's administrator, and holds the run to reading. */
export async function verifyDeployed(
  { account, config, text }: Deployed,
  credentials: Readonly<Record<string, string>> = {},
  { profile, authorities }: { readonly profile?: string; readonly authorities?: string } = {},
): Promise<Verification> {
  process.env = {
    PATH: saved.PATH,
    AWS_ENDPOINT_URL: account.endpoint,
    AWS_ACCESS_KEY_ID: account.administrator.accessKeyId,
    AWS_SECRET_ACCESS_KEY: account.administrator.secretAccessKey,
    AWS_CONFIG_FILE: '/nonexistent',
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
    ...credentials,
  };
  const { region } = config.aws;
  const controlPlane = connectControlPlane({
    region,
    caCertificatesPem: account.caCertificatePem,
    ...(profile !== undefined && { profile }),
  });
  const before = account.requestLog.count;
  try {
    return await verifyAsOperator({
      acceptsOtherEndpoints: true,
      ...(authorities !== undefined && { authorities }),
      config,
      stack: { text, file: 'cdk.tf.json' },
      controlPlane,
      catalogue,
      now: () => new Date(),
      randomId: randomUUID,
    });
  } finally {
    controlPlane.close();
    const asked = account.requestLog.since(before).map(({ eventName }) => eventName);
    expect(asked.filter((name) => !/^(Get|List|Describe)/.test(name))).toEqual([]);
  }
}

export const idsOf = ({ checks }: Verification, result: string) =>
  checks.filter((check) => check.result === result).map(({ id }) => id);

/** Makes the defect in a new environment: the check that is meant for it fails and says so, and no other does. */
export async function expectCaught(defect: ControlPlaneDefect): Promise<void> {
  const deployed = await deploy(defect.environment);
  const target = targetOf(deployed);
  await defect.make(target);
  const verification = await verifyDeployed(deployed);
  defect.undo?.(target);
  expect({ fails: idsOf(verification, 'fail'), unclear: idsOf(verification, 'inconclusive') }).toEqual({
    fails: [defect.caughtBy],
    unclear: defect.unclear ?? [],
  });
  const { detail = '' } = verification.checks.find(({ id }) => id === defect.caughtBy) ?? {};
  expect(detail.replaceAll(deployed.suffix, '')).toContain(defect.says);
}

/** Injects the fault at the request of that number: without the first, nobody knows who is asking; without another, something is not known. */
export async function expectDoubt(deployed: Deployed, fault: Fault, index: number): Promise<void> {
  const { faults } = deployed.account;
  faults.set([{ fault, from: index, times: 1 }]);
  const outcome = await verifyDeployed(deployed).catch(({ code }: { readonly code?: string }) => code);
  faults.clear();
  const verdict = typeof outcome === 'object' ? outcome.verdict : outcome;
  expect({ index, verdict }).toEqual({ index, verdict: index === 1 ? 'NotIdentified' : 'inconclusive' });
}
