import { createHash } from 'node:crypto';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { metadataVariables } from '../../lib/rehearsal/hosts/ec2';
import { hostEnvironment } from '../../lib/rehearsal/simulated-environments';
import { type SimulatedAccount, startSimulatedAccount } from '../../lib/simulated-aws';
import { importBucket } from '../../lib/simulated-aws/s3';
import { regionsAsked } from '../../lib/verify/check-kit/regions-asked';
import { buildVerify } from '../../scripts/build-verify';
import { ROOT } from '../e2e/run-vault-env';
import { administratorOf, deployStack } from '../support/deploy-stack';
import { instanceProfileIn } from '../support/instance-profile';
import { EXAMPLES, loadExample, synthesizeStack } from '../support/synthesize';
import { describeWithProgram, type Ended, runProgram } from './program';

// The recipes for hosts in number, on this machine: an account with one environment, and hosts that have its role.

jest.setTimeout(600_000);

const RECIPES = join(ROOT, 'docs/recipes');
const NAME = 'aes-256';

let folder: string;
let account: SimulatedAccount;
let onHost: NodeJS.ProcessEnv;

const inFolder = (...path: readonly string[]) => join(folder, ...path);
const write = (file: string, text: string, mode = 0o644) => writeFileSync(inFolder(file), text, { mode });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hosts-'));
  chmodSync(folder, 0o755);
  for (const name of [
    'handed-over',
    `handed-over/${NAME}`,
    'home',
    'programs',
    'on-host',
    'node_modules',
    'node_modules/.bin',
  ])
    mkdirSync(inFolder(name));
  const [region, ...otherRegions] = regionsAsked('us-east-2');
  account = await startSimulatedAccount({ accountId: '111122223333', region, otherRegions });
  importBucket(account.state, 'example-other-bucket');
  const config = await deployStack(administratorOf(account), synthesizeStack(loadExample(EXAMPLES, NAME)).text);
  write(`handed-over/${NAME}/backup-environment.json`, JSON.stringify(config));
  write('ca.pem', account.caCertificatePem);
  const { file } = await buildVerify(inFolder('handed-over'));
  const sum = createHash('sha256').update(readFileSync(file)).digest('hex');
  write('handed-over/vault-env-verify.cjs.sha256', `${sum}  vault-env-verify.cjs\n`);
  const host = await account.startHost();
  host.attachInstanceProfile(instanceProfileIn(config));
  onHost = hostEnvironment(process.env, {
    endpoint: account.endpoint,
    certificateFile: inFolder('ca.pem'),
    home: inFolder('home'),
    credentials: metadataVariables(host.metadataEndpoint),
  });
});

afterAll(async () => {
  await account.stop();
  rmSync(folder, { recursive: true });
});

/** What a person waits for, and what stands in for AWS here. */
const FLAGS = ['--settle', '0', '--timeout', '3', '--accept-other-endpoints'];

const resultOf = (host: string) => JSON.parse(readFileSync(inFolder('results', host, 'verification.json'), 'utf8'));

function collect(): Promise<Ended> {
  const args = [
    join(ROOT, 'scripts/vault-env.cjs'),
    'evidence',
    'collect',
    'results',
    '--into',
    'evidence',
    '--format',
    'json',
  ];
  return runProgram('sh', ['-c', 'exec "$@"', 'sh', process.execPath, ...args], { cwd: folder, env: {} });
}

/** The variables of two hosts, the second without a role; in place of the download and of the host's own Node. */
function writeHosts(): void {
  const path = `${inFolder('on-host')}:${process.env.PATH}`;
  const node = `exec '${process.execPath}' "$@"`;
  write(
    'on-host/curl',
    `#!/bin/sh\nfor out; do [ "$before" != --output ] || break; before=$out; done\ncp "$DOWNLOAD" "$out"\n`,
    0o755,
  );
  write('on-host/node', `#!/bin/sh\nset -- "$@" ${FLAGS.join(' ')}\n${node}\n`, 0o755);
  const DOWNLOAD = inFolder('handed-over/vault-env-verify.cjs');
  const { AWS_EC2_METADATA_SERVICE_ENDPOINT: _role, ...without } = onHost;
  const hosts = {
    document: inFolder('document.yaml'),
    log: inFolder('log.json'),
    environments: {
      'i-0aaa': { ...onHost, PATH: path, DOWNLOAD },
      'i-0bbb': { ...without, PATH: path, DOWNLOAD, AWS_EC2_METADATA_DISABLED: 'true' },
    },
  };
  write('hosts.json', JSON.stringify(hosts));
}

describeWithProgram('sh', () => {
  test('Systems Manager runs the verifier on each host, and the script joins what they printed', async () => {
    writeHosts();
    const document = readFileSync(join(RECIPES, 'hosts/systems-manager.yaml'), 'utf8');
    write('document.yaml', document.replace('default: tomcat\n', `default: ${userInfo().username}\n`));
    write(
      'programs/aws',
      `#!/bin/sh\nexec '${process.execPath}' '${join(__dirname, 'systems-manager.cjs')}' "$@"\n`,
      0o755,
    );
    const vaultEnv = `exec '${process.execPath}' '${join(ROOT, 'scripts/vault-env.cjs')}' "$@"`;
    write('node_modules/.bin/vault-env', `#!/bin/sh\n[ "$1" != verifier ] || exit 0\n${vaultEnv}\n`, 0o755);
    const env = {
      PATH: `${inFolder('programs')}:${dirname(process.execPath)}:${process.env.PATH}`,
      HOSTS: inFolder('hosts.json'),
      NODE_PATH: join(ROOT, 'node_modules'),
      VERIFIER_URL: 'https://example.com/vault-env-verify.cjs?X-Amz-Signature=0&X-Amz-Expires=900',
      POLL_SECONDS: '0',
      HOME: inFolder('home'),
    };
    const ended = await runProgram('sh', [join(RECIPES, 'ci/hosts.sh'), NAME], { cwd: folder, env });
    const log = JSON.parse(readFileSync(inFolder('log.json'), 'utf8'));
    expect({ target: log.target, statuses: log.ran.map(({ status }: { status: string }) => status) }).toEqual({
      target: `Key=tag:VaultEnvironment,Values=${NAME}`,
      statuses: ['Success', 'Failed'],
    });
    expect(ended.exitCode).toBe(1);
    expect(resultOf('i-0aaa')).toMatchObject({ environment: NAME, verdict: 'pass' });
    expect(resultOf('i-0bbb').error.code).toBe('NoCredentials');
    const kept = readFileSync(inFolder('evidence', NAME, 'verification.json'), 'utf8');
    expect(JSON.parse(kept).verdict).toBe('pass');
  });
});

describeWithProgram('ansible-playbook', () => {
  const play = (...more: readonly string[]): Promise<Ended> => {
    const { AWS_ENDPOINT_URL = '', NODE_EXTRA_CA_CERTS = '', AWS_EC2_METADATA_SERVICE_ENDPOINT = '' } = onHost;
    const variables = {
      workspace: folder,
      vault_environment: NAME,
      vault_user: userInfo().username,
      node: process.execPath,
      verify_arguments: FLAGS,
      verify_environment: { AWS_ENDPOINT_URL, NODE_EXTRA_CA_CERTS, AWS_EC2_METADATA_SERVICE_ENDPOINT },
      ansible_become: false,
      ansible_python_interpreter: '/usr/bin/python3',
    };
    const args = ['-i', 'vault-1.example.com,', '-c', 'local', join(RECIPES, 'hosts/playbook.yml')];
    return runProgram('ansible-playbook', [...args, '-e', JSON.stringify(variables), ...more], {
      cwd: folder,
      env: { HOME: inFolder('home'), ANSIBLE_NOCOLOR: '1' },
    });
  };

  test('verifies on a host and brings the result back, which evidence collect joins', async () => {
    expect(await play()).toMatchObject({ exitCode: 0 });
    expect(resultOf('vault-1.example.com')).toMatchObject({ environment: NAME, verdict: 'pass' });
    expect(await collect()).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('vault-1.example.com') });
  });

  test('refuses to run a verifier with another sum', async () => {
    const other = inFolder('other');
    cpSync(inFolder('handed-over'), other, { recursive: true });
    writeFileSync(join(other, 'vault-env-verify.cjs'), 'process.exit(0)');
    const ended = await play('-e', `handed_over=${other}`);
    expect(ended.exitCode).toBe(2);
    expect(ended.stdout).toContain('the verifier must have the SHA-256');
  });
});
