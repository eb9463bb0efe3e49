import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSharedProfile } from '../../lib/aws/shared-profile';
import type { BackupEnvironment } from '../../lib/backup-environment/schema';
import { examineRoleChain } from '../../lib/doctor/examine-role-chain';
import { examineKeys, examineSource } from '../../lib/doctor/examine-sources';
import { AES_256 } from '../verify/configs';

const FACTS = { isTemporary: true, accessKeyIdHint: 'ASIA…WXYZ', expiration: undefined, source: 'there' };

const hostOf = (helper: 'process' | 'serve'): BackupEnvironment['host'] => ({
  kind: 'on-premises',
  trustAnchorArn: 'arn:aws:rolesanywhere:us-east-2:111122223333:trust-anchor/0f5c',
  profileArn: 'arn:aws:rolesanywhere:us-east-2:111122223333:profile/1a2b',
  certificate: { subject: { CN: ['vault-1.acme.example'] } },
  sessionSeconds: 3600,
  helper,
  revocation: 'crl',
});

test.each([
  { host: hostOf('process'), mark: 'CREDENTIALS_PROCESS', result: 'pass' },
  { host: hostOf('process'), mark: 'CREDENTIALS_PROFILE_PROCESS', result: 'pass' },
  { host: hostOf('process'), mark: 'IMDS', result: 'fail' },
  { host: hostOf('process'), mark: 'CREDENTIALS_PROFILE', result: 'fail' },
  { host: hostOf('serve'), mark: 'IMDS', result: 'pass' },
  { host: hostOf('serve'), mark: 'CREDENTIALS_PROCESS', result: 'fail' },
  { host: hostOf('serve'), mark: 'CREDENTIALS_ENV_VARS', result: 'fail' },
  { host: AES_256.host, mark: 'IMDS', result: 'pass' },
  { host: AES_256.host, mark: 'CREDENTIALS_SSO', result: 'fail' },
])('credentials by $mark on a host of the kind $host.kind are a $result', ({ host, mark, result }) => {
  const finding = examineSource({ ...FACTS, mark }, { host });
  expect({ result: finding.result, isFixed: finding.fix !== undefined }).toEqual({
    result,
    isFixed: result === 'fail',
  });
});

const PROFILE = { name: 'default', withKeys: [], chain: [] };

test.each<{ keys: string; env: Record<string, string>; withKeys: readonly string[]; result: string; found: string }>([
  { keys: 'none', env: {}, withKeys: [], result: 'pass', found: 'Neither variables nor profiles hold one.' },
  {
    keys: 'in the environment',
    env: { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE' },
    withKeys: [],
    result: 'fail',
    found: 'AWS_ACCESS_KEY_ID in the environment of this process: it wins over the role.',
  },
  {
    keys: 'beside credential_process',
    env: {},
    withKeys: ['default'],
    result: 'fail',
    found: 'aws_access_key_id in the profile default: it wins over the role.',
  },
  {
    keys: 'of somebody else',
    env: {},
    withKeys: ['admin'],
    result: 'note',
    found: 'Profiles with an access key, which is not in use here: admin.',
  },
])('access keys that are $keys are a $result', ({ env, withKeys, result, found }) => {
  const finding = examineKeys(env, { ...PROFILE, withKeys });
  expect(finding).toMatchObject({ result, found: [found] });
  expect(JSON.stringify(finding)).not.toContain('AKIA');
});

describe('a chain of roles', () => {
  const ROLE = AES_256.aws.roleArn;
  let folder: string;
  const saved = process.env;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'chain-'));
  });
  afterEach(() => {
    process.env = saved;
    rmSync(folder, { recursive: true });
  });

  async function examined(config: string, credentials = '') {
    const [AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE] = [join(folder, 'config'), join(folder, 'credentials')];
    writeFileSync(AWS_CONFIG_FILE, config);
    writeFileSync(AWS_SHARED_CREDENTIALS_FILE, credentials);
    process.env = { PATH: saved.PATH, AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE };
    return examineRoleChain(AES_256, await readSharedProfile());
  }

  test('that is none passes', async () => {
    expect(await examined('[default]\nregion = us-east-2\n')).toMatchObject({
      result: 'pass',
      found: ['The profile default assumes no other role.'],
    });
  });

  test('that starts from the instance is told, with what Vault needs for it', async () => {
    const config = `[default]\nrole_arn = ${ROLE}\nsource_profile = base\n[profile base]\nrole_arn = arn:aws:iam::1:role/base\ncredential_source = Ec2InstanceMetadata\n`;
    const { result, found } = await examined(config);
    expect({ result, found }).toEqual({
      result: 'note',
      found: [
        `The profile default assumes ${ROLE} from the profile base.`,
        'The profile base assumes arn:aws:iam::1:role/base from Ec2InstanceMetadata.',
        expect.stringContaining('needs the STS module'),
      ],
    });
  });

  const KEYS = 'aws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = secret\n';
  test.each([
    {
      is: 'of another role',
      config: '[default]\nrole_arn = arn:aws:iam::1:role/other\ncredential_source = Ec2InstanceMetadata\n',
      fix: `Let role_arn of the profile default be ${ROLE}.`,
    },
    {
      is: 'without a source',
      config: `[default]\nrole_arn = ${ROLE}\n`,
      fix: 'Correct source_profile or credential_source of the profile default.',
    },
    {
      is: 'of a profile that is not there',
      config: `[default]\nrole_arn = ${ROLE}\nsource_profile = base\n`,
      fix: 'Correct source_profile or credential_source of the profile default.',
    },
    {
      is: 'that leads back to itself',
      config: `[default]\nrole_arn = ${ROLE}\nsource_profile = base\n[profile base]\nrole_arn = ${ROLE}\nsource_profile = default\n`,
      fix: 'Correct source_profile or credential_source of the profile base.',
    },
    {
      is: 'that starts from variables',
      config: `[default]\nrole_arn = ${ROLE}\ncredential_source = Environment\n`,
      fix: expect.stringContaining('Environment means keys'),
    },
    {
      is: 'that asks for a code',
      config: `[default]\nrole_arn = ${ROLE}\ncredential_source = EcsContainer\nmfa_serial = arn:aws:iam::1:mfa/eve\n`,
      fix: expect.stringMatching(/^Take mfa_serial out/),
    },
    {
      is: 'that starts from an access key',
      config: `[default]\nrole_arn = ${ROLE}\nsource_profile = base\n`,
      credentials: `[base]\n${KEYS}`,
      fix: expect.stringMatching(/^Take the access key out of the profile base/),
    },
    {
      is: 'that starts from an access key of its own',
      config: `[default]\nrole_arn = ${ROLE}\nsource_profile = default\n${KEYS}`,
      fix: expect.stringContaining('Take the access key out of the profile default'),
    },
  ])('$is is told so', async ({ config, credentials, fix }) => {
    const finding = await examined(config, credentials);
    expect(finding).toMatchObject({ result: 'fail', fix });
    expect(JSON.stringify(finding)).not.toContain('AKIA');
  });
});
