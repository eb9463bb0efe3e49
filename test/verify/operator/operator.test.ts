import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateRoleCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { createBackupEnvironment } from '../../../lib/backup-environment';
import type { BackupEnvironment } from '../../../lib/backup-environment/schema';
import { importTrustAnchor } from '../../../lib/simulated-aws';
import type { Comparison } from '../../../lib/verify/operator/comparison/configuration-check';
import { CONFIGURATION_CHECKS } from '../../../lib/verify/operator/configuration-checks';
import { bucketLocation } from '../../../lib/verify/operator/configuration-checks/bucket-location';
import { readPages } from '../../../lib/verify/operator/live/read';
import { createAuthority } from '../../simulated-aws/rolesanywhere/certificate-authority';
import { instanceProfileIn } from '../../support/instance-profile';
import { CONTROL_PLANE_DEFECTS } from './defects';
import {
  ACCOUNT,
  deploy,
  deployOnce,
  expectCaught,
  expectDoubt,
  idsOf,
  type Name,
  namedAuthority,
  STACKS,
  startAccounts,
  stopAccounts,
  verifyDeployed,
} from './deployed-stacks';
import { firstOfEachCheck } from './first-of-each-check';

/** Checks of hosts that show a certificate. */
const OF_CERTIFICATES = ['trust-anchor', 'roles-anywhere-profile', 'certificate-revocation', 'certificate-subjects'];

/** Checks that have nothing to judge there; elsewhere those of certificates. */
const NOT_OF: Partial<Record<Name, readonly string[]>> = {
  'made-anchor': ['certificate-revocation'],
  'named-anchor': [],
};

beforeAll(startAccounts);

afterAll(stopAccounts);

describe('the operator', () => {
  const withOwnRole = (Object.keys(STACKS) as Name[]).filter((name) => name !== 'existing-role');

  test.each(withOwnRole)('finds no fault with %s as it was deployed', async (name) => {
    const verification = await verifyDeployed(await deployOnce(name));
    expect(verification.checks.filter(({ result }) => result !== 'pass')).toEqual([]);
    expect(verification).toMatchObject({ half: 'operator', verdict: 'pass', simulated: true, leftovers: [] });
    const withKey = ['aes-256', 'named-anchor'].includes(name)
      ? []
      : ['key-state', 'key-policy', 'key-rotation', 'key-grants'];
    const ofOthers = NOT_OF[name] ?? OF_CERTIFICATES;
    const ids = CONFIGURATION_CHECKS.map(({ id }) => id)
      .filter((id) => !id.startsWith('key-') || withKey.includes(id))
      .filter((id) => !ofOthers.includes(id));
    expect(verification.checks.map(({ id }) => id)).toEqual(ids);
  });

  // One for each check; CI takes all of them.
  test.each(firstOfEachCheck(CONTROL_PLANE_DEFECTS))('$caughtBy catches $name', expectCaught);

  test('finds a bucket in another region', () => {
    const answer = { ok: true, value: 'eu-west-1', status: 200, requestId: 'R1' } as const;
    const live = { bucket: { region: { call: 'GetBucketLocation', answer } } };
    const comparison = { config: { aws: { region: 'us-east-2' } }, live } as unknown as Comparison;
    expect(bucketLocation.judge(comparison)).toMatchObject({
      result: 'fail',
      detail: 'The bucket is in eu-west-1, not in us-east-2.',
    });
  });

  test('takes its credentials from the named profile', async () => {
    const deployed = await deployOnce('aes-256');
    const { accessKeyId, secretAccessKey } = deployed.account.administrator;
    const file = join(mkdtempSync(join(tmpdir(), 'profile-')), 'credentials');
    writeFileSync(file, `[audit]\naws_access_key_id=${accessKeyId}\naws_secret_access_key=${secretAccessKey}\n`);
    const withoutKeys = { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '', AWS_SHARED_CREDENTIALS_FILE: file };
    const { warnings } = await verifyDeployed(deployed, withoutKeys, { profile: 'audit' });
    expect(warnings?.[0]).toContain('from a profile in the shared AWS config or credentials file');
  });

  test('cannot tell who signed a revocation list without the certificate of its issuer', async () => {
    const deployed = await deploy('named-anchor');
    const { host } = deployed.config;
    importTrustAnchor(deployed.account.state, host.kind === 'on-premises' ? host.trustAnchorArn : '');
    const revocationWith = async (authorities?: string) => {
      const { checks } = await verifyDeployed(deployed, {}, { ...(authorities && { authorities }) });
      const found = checks.find(({ id }) => id === 'certificate-revocation');
      return { result: found?.result, detail: found?.detail };
    };
    const ofSameName = (await createAuthority({ subject: 'CN=Example Issuing CA' })).pem;
    const wrong = "'revoked' names CN=Example Issuing CA, and is signed by somebody else.";
    const unchecked =
      "'revoked' names CN=Example Issuing CA, whose certificate the trust anchor does not hold: its signature was not checked.";
    expect(await revocationWith()).toEqual({ result: 'inconclusive', detail: unchecked });
    expect(await revocationWith(ofSameName)).toEqual({ result: 'fail', detail: wrong });
    expect(await revocationWith(`${ofSameName}${namedAuthority()}`)).toEqual({
      result: 'pass',
      detail: 'One is in force and up to date.',
    });
  });

  test('has a defect for each of its checks, apart from the region, which S3 cannot change', () => {
    const caught = new Set(CONTROL_PLANE_DEFECTS.map(({ caughtBy }) => caughtBy));
    expect(CONFIGURATION_CHECKS.map(({ id }) => id).filter((id) => !caught.has(id))).toEqual(['bucket-location']);
  });

  test('takes a long-term key, and says so', async () => {
    const { warnings, role } = await verifyDeployed(await deployOnce('aes-256'));
    expect(warnings).toEqual([expect.stringMatching(/long-term access key \(AKIA….*a role session is safer$/)]);
    expect(role).toMatch(`arn:aws:iam::${ACCOUNT}:user/`);
  });
});

/** Every action that the guide says an operator needs. */
function actionsOfTheGuide(): readonly string[] {
  const guide = readFileSync(join(__dirname, '..', '..', '..', 'docs', 'operators.md'), 'utf8');
  const section = guide.slice(guide.indexOf('## 5. Compare the configuration'));
  return [...section.matchAll(/`((?:iam|s3|kms|rolesanywhere):[A-Za-z]+)`/g)].map(([, action = '']) => action);
}

// Three requests; CI takes every one in turn.
test.each([1, 2, 20])('a fault at request %i leaves a doubt, and never a wrong pass or failure', async (index) => {
  await expectDoubt(await deployOnce('aws-kms'), { kind: 'internal-error' }, index);
});

describe('the credentials of an operator', () => {
  /** Verifies as a role that may do what the guide lists, but for one action. */
  async function verifyWithout(action: string, name: Name = 'aws-kms') {
    const deployed = await deployOnce(name);
    const { administrator, account } = deployed;
    const RoleName = `auditor-of-${name}-without-${action.replace(':', '-')}`;
    const trusted = {
      Sid: 'Account',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
      Action: 'sts:AssumeRole',
    };
    const Action = actionsOfTheGuide().filter((one) => one !== action);
    const document = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    const created = await administrator.iam.send(
      new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: document(trusted) }),
    );
    const PolicyDocument = document({ Effect: 'Allow', Action, Resource: '*' });
    await administrator.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'read', PolicyDocument }));
    const sts = new STSClient({
      region: 'us-east-2',
      endpoint: account.endpoint,
      credentials: account.administrator,
      requestHandler: { httpsAgent: { ca: account.caCertificatePem } },
    });
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({ RoleArn: created.Role?.Arn, RoleSessionName: 'audit' }),
    );
    sts.destroy();
    return verifyDeployed(deployed, {
      AWS_ACCESS_KEY_ID: Credentials?.AccessKeyId ?? '',
      AWS_SECRET_ACCESS_KEY: Credentials?.SecretAccessKey ?? '',
      AWS_SESSION_TOKEN: Credentials?.SessionToken ?? '',
    });
  }

  test.each(['aws-kms', 'named-anchor'] as const)('need no more than the guide says for %s', async (name) => {
    const verification = await verifyWithout('nothing', name);
    expect(verification.checks.filter(({ result }) => result !== 'pass')).toEqual([]);
    expect(verification.warnings).toBeUndefined();
  });

  test.each([
    { action: 'kms:GetKeyPolicy', unclear: ['key-policy'] },
    { action: 'rolesanywhere:GetProfile', name: 'named-anchor', unclear: ['roles-anywhere-profile'] },
    { action: 'rolesanywhere:ListCrls', name: 'named-anchor', unclear: ['certificate-revocation'] },
    { action: 's3:GetBucketPolicy', unclear: ['bucket-policy'] },
    { action: 'iam:GetPolicyVersion', unclear: ['role-attachments', 'role-policies', 'policy-holders'] },
  ])(
    'without $action leave a doubt, with its cause, and never a pass',
    async ({ action, unclear, name = 'aws-kms' }) => {
      const verification = await verifyWithout(action, name as Name);
      expect({ verdict: verification.verdict, unclear: idsOf(verification, 'inconclusive') }).toEqual({
        verdict: 'inconclusive',
        unclear,
      });
      const [first] = verification.checks.filter(({ result }) => result !== 'pass');
      expect(first?.diagnoses?.[0]?.cause).toContain(action);
    },
  );
});

describe('a list of several pages', () => {
  const granted = <T>(value: T) => ({ ok: true, value, status: 200, requestId: 'R1' }) as const;
  const refused = { ok: false, code: 'SlowDown', message: '', status: 503, requestId: 'R2' } as const;
  const take = ({ items, next }: { readonly items: readonly string[]; readonly next: string | undefined }) => ({
    items,
    next,
  });

  test('is read to its end', async () => {
    const pages = { first: { items: ['a'], next: 'second' }, second: { items: ['b'], next: undefined } };
    const read = await readPages(
      'List',
      async (marker = 'first') => granted(pages[marker as 'first' | 'second']),
      take,
    );
    expect(read.answer).toMatchObject({ ok: true, value: ['a', 'b'] });
  });

  test('is not known when one of them is refused', async () => {
    const page = { items: ['a'], next: 'second' };
    const read = await readPages('List', async (marker) => (marker === undefined ? granted(page) : refused), take);
    expect(read).toEqual({ call: 'List', answer: refused });
  });
});

describe('the operator refuses', () => {
  test('a stack of another synthesis', async () => {
    const deployed = await deployOnce('aes-256');
    const config: BackupEnvironment = { ...deployed.config, evidence: { stackSha256: 'b'.repeat(64) } };
    await expect(verifyDeployed({ ...deployed, config })).rejects.toMatchObject({ code: 'StackOfAnotherSynthesis' });
  });

  test('a config that differs from its stack', async () => {
    const deployed = await deployOnce('aes-256');
    const permissions = { ...deployed.config.permissions, forbidden: ['plain-http' as const] };
    await expect(verifyDeployed({ ...deployed, config: { ...deployed.config, permissions } })).rejects.toMatchObject({
      code: 'ConfigChanged',
      message: expect.stringContaining("got: another value at 'permissions.forbidden.1'"),
    });
  });

  test('an account that is not the environment’s', async () => {
    const deployed = await deployOnce('aes-256');
    const text = deployed.text.replaceAll(ACCOUNT, '444455556666');
    const { backup_environment } = JSON.parse(text).output;
    const config = createBackupEnvironment(backup_environment.value, { text, file: 'cdk.tf.json' });
    await expect(verifyDeployed({ ...deployed, config, text })).rejects.toMatchObject({ code: 'AnotherAccount' });
  });

  test('the role itself', async () => {
    const deployed = await deployOnce('aes-256');
    const host = await deployed.account.startHost();
    host.attachInstanceProfile(instanceProfileIn(deployed.config));
    const asRole = {
      AWS_EC2_METADATA_SERVICE_ENDPOINT: host.metadataEndpoint,
      AWS_ACCESS_KEY_ID: '',
      AWS_SECRET_ACCESS_KEY: '',
    };
    await expect(verifyDeployed(deployed, asRole)).rejects.toMatchObject({ code: 'NotAnOperator' });
  });
});
