import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { BackupEnvironment } from '../../lib/backup-environment';
import { writeBackupEnvironment } from '../../lib/backup-environment/write-files';
import { hostFiles } from '../../lib/host-files';
import { prepareAccount } from '../../lib/rehearsal/prepare-account';
import { type CertificateHost, type SimulatedAccount, startSimulatedAccount } from '../../lib/simulated-aws';
import { regionsAsked } from '../../lib/verify/check-kit/regions-asked';
import { buildVerify } from '../../scripts/build-verify';
import { ROOT } from '../e2e/run-vault-env';
import { SERVE_HOST } from '../host-files/host';
import { ask } from '../simulated-aws/rolesanywhere/control-plane';
import { administratorOf, deployStack } from '../support/deploy-stack';
import { FIXTURES, loadExample, synthesizeStack } from '../support/synthesize';
import { describeWithProgram, type Ended, runProgram } from './program';

// Ansible, with the playbook that `emit` writes, on this machine below a root of its own. In place of AWS's helper stands
// a program that asks a simulated host for its session.

jest.setTimeout(600_000);

const NAME = 'vault-1.example.com';
const PROFILE = '${aws_rolesanywhere_profile.vault.arn}';

let folder: string;
let account: SimulatedAccount;
let host: CertificateHost;

async function deploy(): Promise<BackupEnvironment> {
  const environment = loadExample(FIXTURES, 'named-anchor');
  prepareAccount(account.state, environment);
  const { text } = synthesizeStack(environment);
  const roleArns = ['arn:aws:iam::111122223333:role/vault-backup-named-anchor'];
  const body = { name: 'vault', enabled: true, roleArns };
  const made = await ask(account, { method: 'POST', target: '/profiles', body });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  const { profileArn } = made.body.profile as { profileArn: string };
  return deployStack(administratorOf(account), text.replaceAll(PROFILE, profileArn));
}

async function startHost({ aws, host: told }: BackupEnvironment): Promise<CertificateHost> {
  if (told.kind !== 'on-premises') throw new Error(`the host must be on premises, got: ${told.kind}`);
  const { trustAnchorArn: trustAnchor, profileArn: profile } = told;
  const certificate = { subject: [{ CN: [NAME] }], issuer: [{ CN: ['Stand-in'] }] };
  return account.startCertificateHost({ trustAnchor, profile, roleArn: aws.roleArn, certificate });
}

/** Everybody may read it, because the user of the service does. */
async function emit(config: BackupEnvironment): Promise<void> {
  const files = join(folder, 'host');
  await writeBackupEnvironment(folder, config);
  await buildVerify(files);
  cpSync(join(ROOT, 'lib/rehearsal/hosts/print-credentials.cjs'), join(folder, 'print-credentials.cjs'));
  const print = `exec '${process.execPath}' '${join(folder, 'print-credentials.cjs')}' '${host.metadataEndpoint}'`;
  writeFileSync(join(files, 'aws_signing_helper'), `#!/bin/sh\n${print}\n`);
  writeFileSync(join(folder, 'ca.pem'), account.caCertificatePem);
  writeFileSync(
    join(folder, 'inventory'),
    `${NAME} ansible_connection=local ansible_python_interpreter=/usr/bin/python3\n`,
  );
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'playbook-'));

  chmodSync(folder, 0o755);
  const [region, ...otherRegions] = regionsAsked('us-east-2');
  account = await startSimulatedAccount({ accountId: '111122223333', region, otherRegions });
  const config = await deploy();
  host = await startHost(config);
  await emit(config);
});

afterAll(async () => {
  await account.stop();
  rmSync(folder, { recursive: true });
});

const ROOT_OF_HOST = () => join(folder, 'root');

function play(...more: readonly string[]): Promise<Ended> {
  const variables = {
    root: ROOT_OF_HOST(),
    vault_user: 'nobody',
    node: process.execPath,
    verify_arguments: [
      '--settle',
      '0',
      '--timeout',
      '3',
      '--accept-other-endpoints',
      '--other-bucket',
      'other-bucket-of-111122223333',
    ],
    verify_environment: { AWS_ENDPOINT_URL: account.endpoint, NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem') },
    // The user of the service has no shell.
    ansible_become_method: 'su',
    ansible_become_flags: '-s /bin/sh',
  };
  const args = ['-i', '../inventory', 'playbook.yml', '-e', JSON.stringify(variables), ...more];
  const env = { HOME: folder, ANSIBLE_NOCOLOR: '1', ANSIBLE_REMOTE_TEMP: join(folder, 'ansible') };
  return runProgram('ansible-playbook', args, { cwd: join(folder, 'host'), env });
}

const recap = ({ stdout }: Ended) => /^vault-1.*$/m.exec(stdout.slice(stdout.indexOf('PLAY RECAP')))?.[0];

/** Signs the request that the playbook fetched. */
async function sign(): Promise<void> {
  const openssl = async (...args: readonly string[]) => {
    const ended = await runProgram('openssl', args, { cwd: join(folder, 'host'), env: {} });
    if (ended.exitCode !== 0) throw new Error(ended.stderr);
  };
  mkdirSync(join(folder, 'host/certificates'));
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', 'ca.key'];
  await openssl('req', '-x509', ...key, '-subj', '/CN=Stand-in', '-out', 'ca.pem');
  const authority = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-days', '30', '-copy_extensions', 'copy'];
  await openssl('x509', '-req', '-in', `requests/${NAME}.pem`, ...authority, '-out', `certificates/${NAME}.pem`);
}

const inRoot = (path: string) => join(ROOT_OF_HOST(), path);

describeWithProgram('ansible-playbook', () => {
  test('sets a host up from nothing, and verifies it as the user of the service', async () => {
    const tried = await play('--check');
    expect({ ...tried, tried: readdirSync(folder).includes('root') }).toMatchObject({ exitCode: 0, tried: false });

    const first = await play();
    expect(first).toMatchObject({ exitCode: 0 });
    expect(first.stdout).toContain(`Have requests/${NAME}.pem signed`);
    expect(statSync(inRoot('etc/vault-backup/private-key.pem'))).toMatchObject({ mode: 0o100600, uid: 65_534 });

    await sign();
    const second = await play();
    expect(second).toMatchObject({ exitCode: 0 });
    expect(second.stdout).toMatch(/PASS: (\d+) of \1 checks passed/);
    expect(readFileSync(inRoot('etc/vault-backup/aws-config'), 'utf8')).toContain(
      `credential_process = ${inRoot('usr/local/bin/aws_signing_helper')} credential-process --certificate ${inRoot('etc/vault-backup/certificate.pem')}`,
    );
    expect(readdirSync(inRoot('etc/systemd/system')).sort()).toEqual([
      'tomcat.service.d',
      'vault-certificate-expiry.service',
      'vault-certificate-expiry.timer',
    ]);

    expect(recap(await play())).toMatch(/changed=0 .*failed=0/);
  });

  test('takes the files of a host that is served credentials', async () => {
    const served = join(folder, 'served');
    for (const { name, text } of hostFiles(SERVE_HOST)) {
      mkdirSync(dirname(join(served, name)), { recursive: true });
      writeFileSync(join(served, name), text);
    }
    for (const name of ['host/aws_signing_helper', 'host/vault-env-verify.cjs', 'backup-environment.json'])
      writeFileSync(join(served, name), '');
    const inventory = ['-i', `${SERVE_HOST.host.certificate.subject.CN[0]},`, '-c', 'local'];
    const variables = {
      root: join(served, 'root'),
      vault_user: 'nobody',
      ansible_python_interpreter: '/usr/bin/python3',
    };
    const args = [...inventory, 'playbook.yml', '-e', JSON.stringify(variables)];
    const ended = await runProgram('ansible-playbook', args, {
      cwd: join(served, 'host'),
      env: { HOME: folder, ANSIBLE_NOCOLOR: '1' },
    });
    expect(ended).toMatchObject({ exitCode: 0 });
    const unit = readFileSync(join(served, 'root/etc/systemd/system/vault-roles-anywhere.service'), 'utf8');
    expect(unit).toContain(`--certificate ${join(served, 'root/etc/vault-backup/certificate.pem')} `);
    expect(unit).toMatch(/^User=vault-roles-anywhere$/m);
  });

  test('refuses a host whose name the role does not trust', async () => {
    const refused = await play('-e', 'common_name=laptop.example.com');
    expect(refused.exitCode).toBe(2);
    expect(refused.stdout).toContain('common_name must be one of vault-1.example.com, got: laptop.example.com');
  });
});
