import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSharedProfile } from '../../lib/aws/shared-profile';
import type { BackupEnvironment } from '../../lib/backup-environment/schema';
import { filesOfCommand, USUAL_FILES, wordsOf } from '../../lib/doctor/certificate/certificate-files';
import { examineCredentialProcess } from '../../lib/doctor/examine-credential-process';
import { examineNode } from '../../lib/doctor/examine-node';
import { examineRegion } from '../../lib/doctor/examine-region';
import { PLACES } from '../../lib/host-files/on-premises/places';
import { AES_256 } from '../verify/configs';

type OnPremises = Extract<BackupEnvironment['host'], { readonly kind: 'on-premises' }>;

const HOST: OnPremises = {
  kind: 'on-premises',
  trustAnchorArn: 'arn:aws:rolesanywhere:us-east-2:111122223333:trust-anchor/0f5c',
  profileArn: 'arn:aws:rolesanywhere:us-east-2:111122223333:profile/1a2b',
  certificate: { subject: { CN: ['vault-1.acme.example'] }, issuer: { CN: 'Acme Issuing CA' } },
  sessionSeconds: 3600,
  helper: 'process',
  revocation: 'crl',
};
const ON_PREMISES: BackupEnvironment = { ...AES_256, host: HOST };
const PROFILE = { name: 'default' };

test.each([
  { config: ON_PREMISES, env: { AWS_REGION: 'us-east-2' }, result: 'pass', found: 'AWS_REGION is us-east-2.' },
  {
    config: ON_PREMISES,
    env: { AWS_REGION: 'eu-west-1' },
    result: 'fail',
    found: 'AWS_REGION is eu-west-1, and the bucket is in us-east-2.',
  },
  {
    config: AES_256,
    env: { AWS_DEFAULT_REGION: 'eu-west-1' },
    result: 'fail',
    found: 'AWS_DEFAULT_REGION is eu-west-1, and the bucket is in us-east-2.',
  },
  {
    config: AES_256,
    env: {},
    profile: { ...PROFILE, region: 'eu-west-1' },
    result: 'fail',
    found: 'region of the profile default is eu-west-1, and the bucket is in us-east-2.',
  },
  {
    config: ON_PREMISES,
    env: {},
    result: 'note',
    found: 'AWS_REGION is not set here, and nothing off EC2 tells a region.',
  },
  { config: AES_256, env: {}, result: 'pass', found: 'No variable names one: the instance tells its own.' },
])(
  'the region of a host of the kind $config.host.kind with $env: $result',
  ({ config, env, result, found, profile }) => {
    const finding = examineRegion(config, env, profile ?? PROFILE);
    expect(finding).toMatchObject({ result, found: [found] });
    const fix = 'Set AWS_REGION=us-east-2 for the service that runs Vault, not in this shell alone.';
    expect(finding.fix).toBe(result === 'pass' ? undefined : fix);
  },
);

test.each([
  { version: '18.20.0', result: 'fail', says: 'Install Node 22; 20.19 at least.' },
  { version: '20.19.0', result: 'note', says: 'The AWS SDK asks for Node 22 from January 2027.' },
  { version: '22.1.0', result: 'pass', says: 'Node 22.1.0 runs this.' },
])('Node $version is a $result', ({ version, result, says }) => {
  const { found, fix, ...finding } = examineNode(version);
  expect({ result: finding.result, says: [...found, fix] }).toEqual({ result, says: expect.arrayContaining([says]) });
});

describe('the line credential_process', () => {
  const session = `--trust-anchor-arn ${HOST.trustAnchorArn} --profile-arn ${HOST.profileArn} --role-arn ${AES_256.aws.roleArn}`;
  const examined = (credentialProcess: string | undefined) =>
    examineCredentialProcess(HOST, ON_PREMISES, { ...PROFILE, credentialProcess });

  test('that runs the helper for the session of the config is right', () => {
    expect(examined(`${process.execPath} credential-process ${session}`)).toMatchObject({
      result: 'pass',
      found: [`The profile default runs ${process.execPath}.`],
    });
  });

  test.each([
    { is: 'missing', line: undefined, found: /^The profile default of .* has no line/, fix: /aws-config of host\// },
    {
      is: 'of a program that is not there',
      line: `/nowhere/aws_signing_helper credential-process ${session}`,
      found: /^Its program \/nowhere\/aws_signing_helper is not there/,
      fix: /^Install AWS's rolesanywhere-credential-helper/,
    },
    {
      is: 'of another role',
      line: `helper ${session.replace('role/vault/acme-vault', 'role/other')}`,
      found: /^Its line says --role-arn arn:aws:iam::111122223333:role\/other/,
      fix: /--role-arn arn:aws:iam::111122223333:role\/vault\/acme-vault/,
    },
    {
      is: 'without a profile of Roles Anywhere',
      line: `helper ${session.replace(/--profile-arn \S+ /, '')}`,
      found: /^Its line says --profile-arn nowhere/,
      fix: /--profile-arn arn:aws:rolesanywhere:us-east-2:111122223333:profile\/1a2b/,
    },
  ])('that is $is is told so', ({ line, found, fix }) => {
    expect(examined(line)).toMatchObject({
      result: 'fail',
      found: [expect.stringMatching(found)],
      fix: expect.stringMatching(fix),
    });
  });

  test('names files, quoted or joined by an equals sign', () => {
    const line = `helper --certificate "/my files/c.pem" --private-key=/k.pem --intermediates '/i.pem'`;
    expect(filesOfCommand(wordsOf(line))).toEqual({
      certificate: '/my files/c.pem',
      privateKey: '/k.pem',
      intermediates: '/i.pem',
    });
    const { certificate, privateKey } = PLACES;
    expect(filesOfCommand([])).toEqual({ certificate, privateKey });
    expect(USUAL_FILES).toEqual({ certificate, privateKey });
  });
});

test('the profile is read as the SDK reads it, and anew each time', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'profile-'));
  const config = join(folder, 'config');
  const saved = process.env;
  process.env = {
    ...saved,
    AWS_PROFILE: 'vault',
    AWS_CONFIG_FILE: config,
    AWS_SHARED_CREDENTIALS_FILE: '/nonexistent',
  };
  const read = [];
  for (const program of ['first', 'second']) {
    writeFileSync(config, `[profile vault]\nregion = us-east-2\ncredential_process = ${program} --role-arn x\n`);
    read.push(await readSharedProfile());
  }
  process.env = saved;
  rmSync(folder, { recursive: true });
  expect(read.at(-1)).toEqual({ name: 'vault', region: 'us-east-2', credentialProcess: 'second --role-arn x' });
  expect(read[0]?.credentialProcess).toBe('first --role-arn x');
});
