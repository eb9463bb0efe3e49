import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hostFiles } from '../../lib/host-files';
import { importTrustAnchor, type SimulatedAccount, startSimulatedAccount } from '../../lib/simulated-aws';
import { PROCESS_HOST } from '../host-files/host';
import { createAuthority, type Issued, issue, revoke } from '../simulated-aws/rolesanywhere/certificate-authority';
import { ask } from '../simulated-aws/rolesanywhere/control-plane';
import { describeWithProgram, type Ended, runProgram } from './program';

// The script that gives IAM Roles Anywhere a revocation list, with the AWS CLI.

jest.setTimeout(600_000);

const anchorArn = 'arn:aws:rolesanywhere:us-east-2:111122223333:trust-anchor/0f5c1111-2222-3333-4444-555555555555';
const toSetUp = { ...PROCESS_HOST, host: { ...PROCESS_HOST.host, trustAnchorArn: anchorArn } };

let folder: string;
let account: SimulatedAccount;
let authority: Issued;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'revocation-list-'));
  account = await startSimulatedAccount({ accountId: '111122223333', region: 'us-east-2' });
  importTrustAnchor(account.state, anchorArn);
  authority = await createAuthority({ subject: "CN=Acme's Issuing CA (2)" });
  const text = hostFiles(toSetUp).find(({ name }) => name === 'host/crl.sh')?.text ?? '';
  writeFileSync(join(folder, 'crl.sh'), text);
  writeFileSync(join(folder, 'ca.pem'), account.caCertificatePem);
  // Debian's is older than AWS_ENDPOINT_URL.
  const aws = `#!/bin/sh\nexec /usr/bin/aws --endpoint-url ${account.endpoint} "$@"\n`;
  writeFileSync(join(folder, 'aws'), aws, { mode: 0o755 });
});

afterAll(async () => {
  await account.stop();
  rmSync(folder, { recursive: true });
});

function importList(text: string): Promise<Ended> {
  writeFileSync(join(folder, 'authority.crl'), text);
  const { accessKeyId, secretAccessKey } = account.administrator;
  const env = {
    HOME: folder,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    PATH: `${folder}:/usr/bin:/bin`,
    AWS_CA_BUNDLE: join(folder, 'ca.pem'),
  };
  return runProgram('sh', ['crl.sh', 'authority.crl'], { cwd: folder, env });
}

async function lists() {
  const { body } = await ask(account, { method: 'GET', target: '/crls' });
  const crls = body.crls as readonly Readonly<Record<string, string>>[];
  return crls.map(({ name, enabled, trustAnchorArn, crlData }) => {
    return { name, enabled, trustAnchorArn, text: Buffer.from(crlData ?? '', 'base64').toString() };
  });
}

const compact = (text: string) => text.replace(/\s/g, '');

describeWithProgram('aws', () => {
  test('imports the list enabled, and puts a newer one into its place', async () => {
    const first = await revoke(authority);
    expect(await importList(first)).toMatchObject({ exitCode: 0, stderr: '' });
    const second = await revoke(authority, await issue({ subject: 'CN=vault-1.acme.example', issuer: authority }));
    expect(await importList(second)).toMatchObject({ exitCode: 0 });
    const found = await lists();
    expect(found.map(({ text, ...list }) => ({ ...list, text: compact(text) }))).toEqual([
      { name: 'vault-backup-acme', enabled: true, trustAnchorArn: anchorArn, text: compact(second) },
    ]);
  });

  test('refuses a file that is not a revocation list', async () => {
    const refused = await importList(authority.pem);
    expect(refused).toMatchObject({ exitCode: 1, stdout: '' });
    expect(refused.stderr).toContain('it must be a revocation list in PEM or DER, got: authority.crl');
  });
});
