import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Examination } from '../../lib/doctor/examination';
import { type SimulatedAccount, startSimulatedAccount } from '../../lib/simulated-aws';
import { importBucket } from '../../lib/simulated-aws/s3';
import { regionsAsked } from '../../lib/verify/check-kit/regions-asked';
import type { Verification } from '../../lib/verify/result/verification';
import { toolOf } from '../../scripts/tool';
import { builtVerifier } from '../support/built-verifier';
import { administratorOf, deployStack } from '../support/deploy-stack';
import { type ForwardProxy, startForwardProxy } from '../support/forward-proxy';
import { instanceProfileIn } from '../support/instance-profile';
import { EXAMPLES, loadExample, synthesizeStack } from '../support/synthesize';

const CONFIG = 'backup-environment.json';
/** The commit is in the file, where there is neither Git nor a package. */
const TOOL = toolOf(join(__dirname, '../..'));
/** Nothing listens there, so a request that does not go through the proxy fails. */
const BEHIND_THE_PROXY = '127.0.0.1:1';

let temporary: string;
let file: string;
let account: SimulatedAccount;
let proxy: ForwardProxy;
let metadataEndpoint: string;

beforeAll(async () => {
  temporary = mkdtempSync(join(tmpdir(), 'verify-on-host-'));
  ({ file } = await builtVerifier(temporary));
  const [region, ...otherRegions] = regionsAsked('us-east-2');
  account = await startSimulatedAccount({ accountId: '111122223333', region, otherRegions });
  importBucket(account.state, 'example-other-bucket');
  const stack = synthesizeStack(loadExample(EXAMPLES, 'aws-kms')).text;
  const config = await deployStack(administratorOf(account), stack);
  writeFileSync(join(temporary, CONFIG), JSON.stringify(config));
  writeFileSync(join(temporary, 'ca.pem'), account.caCertificatePem);
  const host = await account.startHost();
  host.attachInstanceProfile(instanceProfileIn(config));
  metadataEndpoint = host.metadataEndpoint;
  proxy = await startForwardProxy({ toPort: Number(new URL(account.endpoint).port) });
});

afterAll(async () => {
  await proxy.stop();
  await account.stop();
  rmSync(temporary, { recursive: true });
});

interface Run {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the file in an empty folder, as on a host that has Node and nothing else. */
function runOnHost(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Run> {
  const folder = mkdtempSync(join(temporary, 'host-'));
  const options = {
    cwd: folder,
    env: {
      HOME: folder,
      AWS_ENDPOINT_URL: `https://${BEHIND_THE_PROXY}`,
      AWS_EC2_METADATA_SERVICE_ENDPOINT: metadataEndpoint,
      HTTPS_PROXY: proxy.url,
      HTTP_PROXY: proxy.url,
      ...env,
    },
  };
  return new Promise((resolve) =>
    execFile(process.execPath, [file, ...args], options, (error, stdout, stderr) =>
      resolve({ exitCode: error === null ? 0 : Number(error.code ?? -1), stdout, stderr }),
    ),
  );
}

const config = () => join(temporary, CONFIG);
const authority = (name: string) => ({ [name]: join(temporary, 'ca.pem') });
const AT_ONCE = ['--timeout', '3', '--settle', '0', '--accept-other-endpoints'];

describe('the file for the Vault host', () => {
  test('is one file of less than 3 MB, with the licences of its contents', () => {
    expect(statSync(file).size).toBeLessThan(3_000_000);
    const licences = statSync(`${file}.LICENSES.txt`).size;
    expect(licences).toBeGreaterThan(10_000);
    expect(readdirSync(temporary)).not.toContain('node_modules');
  });

  test.each([
    { name: 'NODE_EXTRA_CA_CERTS', more: {} },
    { name: 'AWS_CA_BUNDLE', more: {} },
    // From version 24 on Node would then send what the default agent is asked for through the proxy as well.
    { name: 'AWS_CA_BUNDLE', more: { NODE_USE_ENV_PROXY: '1' } },
  ])('verifies through the proxy alone, with the authority of $name and $more', async ({ name, more }) => {
    const before = proxy.asked.length;
    const { exitCode, stdout, stderr } = await runOnHost([config(), ...AT_ONCE, '--format', 'json'], {
      ...authority(name),
      ...more,
    });
    expect(stderr).not.toContain('error (');
    expect(stderr).not.toContain('NodeVersionSupportWarning');
    const { verdict, half, checks, tool }: Verification = JSON.parse(stdout);
    expect(checks.filter(({ result }) => result !== 'pass')).toEqual([]);
    expect({ exitCode, verdict, half, tool }).toEqual({ exitCode: 0, verdict: 'pass', half: 'host', tool: TOOL });
    // Requests without TLS go through it as well; the metadata service is never asked there.
    const targets = new Set(proxy.asked.slice(before).map((line) => line.replace(/^(?!CONNECT)[A-Z]+ /, '')));
    expect([...targets].sort()).toEqual([`CONNECT ${BEHIND_THE_PROXY}`, `http://${BEHIND_THE_PROXY}`]);
  });

  test('says where the answers and the credentials came from, and does not pass where it is not AWS', async () => {
    const unasked = AT_ONCE.filter((option) => option !== '--accept-other-endpoints');
    const { exitCode, stdout } = await runOnHost(
      [config(), ...unasked, '--format', 'json'],
      authority('AWS_CA_BUNDLE'),
    );
    const { verdict, counts, doubts = [], answeredBy = [], credentials }: Verification = JSON.parse(stdout);
    expect({ exitCode, verdict, open: counts.total - counts.pass }).toEqual({
      exitCode: 1,
      verdict: 'inconclusive',
      open: 0,
    });
    expect(doubts).toEqual([
      expect.stringContaining(`came from https://${BEHIND_THE_PROXY}, which is not AWS by name`),
    ]);
    expect(answeredBy.map(({ service }) => service).sort()).toEqual(['IAM', 'KMS', 'S3', 'STS']);
    for (const one of answeredBy) {
      expect(one).toEqual({
        service: one.service,
        url: `https://${BEHIND_THE_PROXY}`,
        address: '127.0.0.1',
        issuer: expect.stringContaining('imulated'),
        isAws: false,
      });
    }
    expect(credentials).toMatchObject({ source: 'the instance metadata service' });
  });

  test.each([
    {
      name: 'a disabled certificate check',
      env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
      error: 'error (TlsCheckOff)',
    },
    {
      name: 'an endpoint that is not a URL',
      env: { AWS_ENDPOINT_URL_S3: '127.0.0.1:9000' },
      error: "error (BadEndpoint): 'AWS_ENDPOINT_URL_S3' must be a URL",
    },
  ])('refuses $name', async ({ env, error }) => {
    const { exitCode, stdout, stderr } = await runOnHost([config(), ...AT_ONCE], env);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(error);
  });

  test('leaves out the proxy for the hosts of NO_PROXY, and joins the evidence', async () => {
    const before = proxy.asked.length;
    const direct = { AWS_ENDPOINT_URL: account.endpoint, NO_PROXY: '127.0.0.1' };
    const evidence = join(temporary, 'evidence');
    const args = [config(), ...AT_ONCE, '--evidence', evidence, '--format', 'junit'];
    const { exitCode } = await runOnHost(args, { ...authority('AWS_CA_BUNDLE'), ...direct });
    expect({ exitCode, proxied: proxy.asked.length - before }).toEqual({ exitCode: 0, proxied: 0 });
    expect(readdirSync(evidence).sort()).toEqual([
      'backup-environment.json',
      'manifest.json',
      'verification.html',
      'verification.json',
    ]);
  });

  test('says what is wrong when the authority is not named', async () => {
    const { exitCode, stdout } = await runOnHost([config(), '--timeout', '0', '--settle', '0']);
    expect(exitCode).toBe(1);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('NODE_EXTRA_CA_CERTS or AWS_CA_BUNDLE');
  });

  test('says what is wrong when the proxy does not pass the endpoints', async () => {
    const strict = await startForwardProxy({ toPort: 1, refusesWith: 403 });
    const env = { ...authority('AWS_CA_BUNDLE'), HTTPS_PROXY: strict.url, HTTP_PROXY: strict.url };
    const { exitCode, stdout } = await runOnHost([config(), '--timeout', '0', '--settle', '0'], env);
    await strict.stop();
    expect(exitCode).toBe(1);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('A proxy answered in the place of AWS (HTTP 403)');
  });

  test('examines the host', async () => {
    const { exitCode, stdout } = await runOnHost(['doctor', config(), '--format', 'json'], authority('AWS_CA_BUNDLE'));
    const { verdict, simulated, findings }: Examination = JSON.parse(stdout);
    expect(findings.filter(({ result }) => result === 'fail')).toEqual([]);
    expect({ exitCode, verdict, simulated }).toEqual({ exitCode: 0, verdict: 'pass', simulated: true });
    const junit = await runOnHost(['doctor', config(), '--format', 'junit'], authority('AWS_CA_BUNDLE'));
    expect(junit.exitCode).toBe(0);
    expect(junit.stdout).toContain(
      `<testsuite name="doctor" tests="${findings.length}" failures="0" errors="0" skipped="0">`,
    );
  });

  test.each([
    { verb: 'verify', signal: 'SIGINT', exitCode: 130 },
    { verb: 'doctor', signal: 'SIGTERM', exitCode: 143 },
  ] as const)('stops $verb by $signal while a credential_process hangs', async ({ verb, signal, exitCode }) => {
    const folder = mkdtempSync(join(temporary, 'hanging-'));
    const started = join(folder, 'started');
    writeFileSync(join(folder, 'hangs.sh'), `touch ${started}\nsleep 600\n`);
    writeFileSync(join(folder, 'config'), `[default]\ncredential_process = sh ${join(folder, 'hangs.sh')}\n`);
    const env = { HOME: folder, AWS_CONFIG_FILE: join(folder, 'config'), AWS_ENDPOINT_URL: account.endpoint };
    const child = spawn(process.execPath, [file, verb, config()], { env, stdio: 'ignore' });
    const exit = once(child, 'exit');
    while (!existsSync(started)) await new Promise((resolve) => setTimeout(resolve, 10));
    child.kill(signal);
    expect(await exit).toEqual([exitCode, null]);
  });

  test('examines no region unless one is named', async () => {
    const { exitCode, stdout, stderr } = await runOnHost(['doctor']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain("'--region' must be given");
  });

  test('has the help of the command, and leaves the operator to the package', async () => {
    const help = await runOnHost(['verify', '--help']);
    expect({ exitCode: help.exitCode, other: help.stdout.includes('--other-bucket') }).toEqual({
      exitCode: 0,
      other: true,
    });
    const operator = await runOnHost([config(), '--as', 'operator']);
    expect(operator.exitCode).toBe(2);
    expect(operator.stderr).toContain('error (OperatorNotHere)');
  });
});
