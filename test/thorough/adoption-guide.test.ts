import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importBucket, type SimulatedAccount, startSimulatedAccount } from '../../lib/simulated-aws';
import { ROOT, runVaultEnv } from '../e2e/run-vault-env';
import { administratorOf, deployStack } from '../support/deploy-stack';
import { EXAMPLES, exampleStack } from '../support/synthesize';

/** The commands of the guide that take over what exists. */
const COMMANDS = readFileSync(join(ROOT, 'docs/changes.md'), 'utf8')
  .split('\n')
  .flatMap((line) => /^npm run -s vault-env -- (adopt .*)$/.exec(line)?.[1] ?? []);

let folder: string;
let account: SimulatedAccount;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'adopt-guide-'));
  account = await startSimulatedAccount({ accountId: '111122223333', region: 'us-east-2' });
  importBucket(account.state, 'example-access-logs');
  await deployStack(administratorOf(account), exampleStack(EXAMPLES, 'aes-256').text);
  copyFileSync(join(EXAMPLES, 'aes-256.yaml'), join(folder, 'acme.yaml'));
  const text = readFileSync(join(folder, 'acme.yaml'), 'utf8');
  writeFileSync(join(folder, 'acme.yaml'), `name: aes-256\n${text}`);
  writeFileSync(join(folder, 'ca.pem'), account.caCertificatePem);
});

afterAll(async () => {
  await account.stop();
  rmSync(folder, { recursive: true });
});

/** As the account's administrator; where the guide is followed, AWS answers. */
function follow(command: string) {
  const { accessKeyId, secretAccessKey } = account.administrator;
  const inFolder = command.replace('adopt.html', join(folder, 'adopt.html')).split(' ');
  return runVaultEnv([...inFolder, '--environments', folder, '--accept-other-endpoints'], {
    env: {
      ...{ AWS_ENDPOINT_URL: account.endpoint, AWS_CA_BUNDLE: join(folder, 'ca.pem') },
      ...{ AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: '' },
      ...{ AWS_CONFIG_FILE: join(folder, 'none'), AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none') },
    },
  });
}

test('the commands of the guide say what is in the way, write it into the file, and then pass', async () => {
  const seen: string[] = [];
  for (const command of COMMANDS) {
    const { exitCode, stderr } = await follow(command);
    seen.push(`${command}: ${exitCode}${exitCode === 2 ? stderr : ''}`);
  }
  expect(seen).toEqual(['adopt acme: 1', 'adopt acme --write: 1', 'adopt acme --format html --out adopt.html: 0']);
  expect(readFileSync(join(folder, 'acme.yaml'), 'utf8')).toContain(
    '# What existed before this file\nadopt:\n  - bucket',
  );
  expect(readFileSync(join(folder, 'adopt.html'), 'utf8')).toContain('<title>Taking over aes-256</title>');
});
