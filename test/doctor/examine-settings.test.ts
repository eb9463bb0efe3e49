import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSharedProfile } from '../../lib/aws/shared-profile';
import type { BackupEnvironment } from '../../lib/backup-environment/schema';
import { examineNode } from '../../lib/doctor/examine-node';
import { examineRegion } from '../../lib/doctor/examine-region';
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
const PROFILE = { name: 'default', withKeys: [], chain: [] };

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
  expect(read.at(-1)).toEqual({
    name: 'vault',
    region: 'us-east-2',
    credentialProcess: 'second --role-arn x',
    withKeys: [],
    chain: [],
  });
  expect(read[0]?.credentialProcess).toBe('first --role-arn x');
});
