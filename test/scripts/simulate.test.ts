import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListBucketsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { simulationSchema } from '../../lib/simulate-command/schema';
import type { Simulation } from '../../lib/simulate-command/simulation';
import { main } from '../../scripts/main';
import { failure } from '../simulated-aws/account';
import { recordingIo } from '../support/recording-io';

const ENVIRONMENTS = join(__dirname, '../../environments');
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'simulate-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

/** More than are made while a process ends. */
const MOST_BUCKETS = 10_000;

interface Running {
  readonly simulation: Simulation;
  readonly notes: () => string;
  readonly client: (name: 'administrator' | 'role', region?: string) => S3Client;
  /** As Ctrl-C does. */
  readonly stop: () => Promise<number>;
}

function run(argv: readonly string[], signal: AbortSignal) {
  const io = recordingIo({ columns: 100 });
  return { io, ended: main(['simulate', ...argv], io, { env: process.env, folder, signal }) };
}

async function until<T>(find: () => T | undefined | false | ''): Promise<T> {
  for (let found = find(); ; found = find()) {
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function start(...argv: readonly string[]): Promise<Running> {
  const controller = new AbortController();
  const { io, ended } = run([...argv, '--format', 'json'], controller.signal);
  const failed = ended.then(() => {
    throw new Error(`it ended: ${io.notes()}`);
  });
  const text = await Promise.race([until(io.results), failed]);
  failed.catch(() => undefined);
  const simulation: Simulation = JSON.parse(text);
  return {
    simulation,
    notes: io.notes,
    client: (_name, region) => s3Of(simulation, region),
    stop: () => {
      controller.abort();
      return ended;
    },
  };
}

function configOf({ endpoint, caFile, accounts }: Simulation, region = 'us-east-1') {
  const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '' } = accounts[0]?.administrator.variables ?? {};
  return {
    endpoint,
    region,
    maxAttempts: 1,
    credentials: { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY },
    requestHandler: { httpsAgent: new Agent({ ca: readFileSync(caFile, 'utf8') }) },
  };
}

function s3Of(simulation: Simulation, region?: string): S3Client {
  return new S3Client(configOf(simulation, region));
}

describe('vault-env simulate', () => {
  test('serves until it is stopped, and leaves nothing', async () => {
    const running = await start('--log', 'log.jsonl');
    const { simulation } = running;
    const sts = new STSClient(configOf(simulation));
    expect((await sts.send(new GetCallerIdentityCommand({}))).Arn).toBe('arn:aws:iam::111122223333:user/administrator');
    expect(simulationSchema.parse(simulation)).toEqual(simulation);
    expect(simulation).toMatchObject({ version: 1, simulated: true, regions: ['us-east-1'], assumed: [] });
    expect(await running.stop()).toBe(0);
    expect(existsSync(dirname(simulation.caFile))).toBe(false);
    await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toThrow('ECONNREFUSED');
    const entries = readFileSync(join(folder, 'log.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(entries).toEqual([
      expect.objectContaining({ simulated: true, eventName: 'GetCallerIdentity', decisions: [] }),
    ]);
    sts.destroy();
  });

  test('prints where it is and what to paste', async () => {
    const controller = new AbortController();
    const { io, ended } = run(['--shell', 'sh'], controller.signal);
    const text = await until(io.results);
    controller.abort();
    await ended;
    expect(text).toMatch(
      new RegExp(
        [
          '^Simulated AWS: nothing here is real',
          '  HTTPS       https://127.0.0.1:(\\d+)',
          '  HTTP        http://127.0.0.1:\\1',
          '  Metadata    http://127.0.0.1:\\d+  \\(i-[0-9a-f]+, account 111122223333\\)',
          '  CA file     .*ca.pem',
          '  Accounts    111122223333 in us-east-1',
          '  Fault seed  [0-9a-f]{16}',
          '',
          'To be the administrator of 111122223333',
          "  export AWS_ENDPOINT_URL='https://127.0.0.1:\\1'",
        ].join('\n'),
      ),
    );
    expect(text).toContain("  export AWS_ACCESS_KEY_ID='AKIA");
    expect(text).toContain('  unset AWS_SESSION_TOKEN');
    expect(text).toContain("  export AWS_EC2_METADATA_SERVICE_ENDPOINT='http://127.0.0.1:");
  });

  test('has the accounts, regions and ports named on the command line', async () => {
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
    const { port } = free.address() as { port: number };
    const taken = run(['--port', String(port)], new AbortController().signal);
    expect(await taken.ended).toBe(2);
    expect(taken.io.notes()).toContain(`error (PortNotFree): port ${port} of 127.0.0.1 must be free, got: EADDRINUSE`);
    await new Promise((resolve) => free.close(resolve));
    const accounts = ['--account', '111122223333', '--account', '444455556666'];
    const running = await start(...accounts, '--region', 'eu-west-1', '--region', 'us-east-1', '--port', String(port));
    expect(running.simulation).toMatchObject({
      endpoint: `https://127.0.0.1:${port}`,
      regions: ['eu-west-1', 'us-east-1'],
      accounts: [{ accountId: '111122223333' }, { accountId: '444455556666' }],
    });
    await running.stop();
  });

  test('is the same account every time with a folder for its state', async () => {
    const first = await start('--state', 'kept');
    const Bucket = 'kept-bucket';
    const s3 = first.client('administrator');
    await s3.send(new CreateBucketCommand({ Bucket }));
    await first.stop();
    expect(first.notes()).toContain('The simulated AWS account is kept in kept.');
    const second = await start('--state', 'kept');
    expect(second.simulation.accounts).toEqual([
      {
        ...first.simulation.accounts[0],
        administrator: {
          ...first.simulation.accounts[0]?.administrator,
          variables: {
            ...first.simulation.accounts[0]?.administrator.variables,
            AWS_ENDPOINT_URL: second.simulation.endpoint,
            AWS_ENDPOINT_URL_S3_CONTROL: second.simulation.endpoint.replace('//', '//s3-control@'),
            AWS_CA_BUNDLE: second.simulation.caFile,
            NODE_EXTRA_CA_CERTS: second.simulation.caFile,
          },
        },
      },
    ]);
    const again = second.client('administrator');
    await again.send(new HeadBucketCommand({ Bucket }));
    const taken = run(['--state', 'kept'], new AbortController().signal);
    expect(await taken.ended).toBe(2);
    expect(taken.io.notes()).toContain('error (StateInUse): ');
    for (const client of [s3, again]) client.destroy();
    await second.stop();
  });

  test('ended by SIGTERM, keeps whatever it has answered in the folder, and says so', async () => {
    const command = join(__dirname, '../../scripts/vault-env.cjs');
    const child = spawn(process.execPath, [command, 'simulate', '--state', 'kept', '--port', '0', '--format', 'json'], {
      cwd: folder,
      env: process.env,
    });
    const told = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const)
      child[name].setEncoding('utf8').on('data', (text: string) => {
        told[name] += text;
      });
    const closed = once(child, 'close');
    const s3 = s3Of(JSON.parse(await until(() => told.stdout.endsWith('}\n') && told.stdout)));
    const answered: string[] = [];
    for (let index = 0; index < MOST_BUCKETS; index++) {
      const Bucket = `kept-bucket-${index}`;
      if (index === 5) child.kill('SIGTERM');
      const isAnswered = await s3.send(new CreateBucketCommand({ Bucket })).then(
        () => true,
        () => false,
      );
      if (!isAnswered) break;
      answered.push(Bucket);
    }
    expect(await closed).toEqual([143, null]);
    expect(answered.length).toBeGreaterThanOrEqual(5);
    expect(told.stderr).toContain('SIGTERM: stopping and cleaning up; once more ends at once\n');
    expect(told.stderr).toContain('The simulated AWS account is kept in kept.');

    const again = await start('--state', 'kept');
    const client = again.client('administrator');
    const { Buckets = [] } = await client.send(new ListBucketsCommand({}));
    const kept = Buckets.map(({ Name }) => Name);
    expect(answered.filter((name) => !kept.includes(name))).toEqual([]);
    for (const each of [s3, client]) each.destroy();
    await again.stop();
  });

  test('explains denials', async () => {
    const running = await start('--explain');
    const answer = await fetch(running.simulation.plainEndpoint);
    expect(answer.status).toBe(403);
    expect(running.notes()).toMatch(
      /ListBuckets denied to anonymous\n {2}s3:ListAllMyBuckets on arn:aws:s3:::\*\n {4}no resource-based policy allows it\n/,
    );
    await running.stop();
  });

  test('follows its file of faults, and keeps its rules when the file is wrong', async () => {
    const file = join(folder, 'faults.yaml');
    writeFileSync(file, '- fault: { kind: throttling }\n');
    const running = await start('--faults', 'faults.yaml', '--fault-seed', 'again', '--latency', '1');
    expect(running.simulation.faultSeed).toBe('again');
    const s3 = running.client('administrator');
    const list = () => s3.send(new ListBucketsCommand({}));
    expect(await failure(list())).toMatchObject({ code: 'SlowDown' });
    writeFileSync(file, '- fault: { kind: unheard-of }\n');
    await until(() => running.notes().includes('The fault rules stay as they are'));
    expect(await failure(list())).toMatchObject({ code: 'SlowDown' });
    writeFileSync(file, '');
    await until(() => running.notes().includes('The fault rules have changed'));
    await list();
    s3.destroy();
    await running.stop();
  });

  test('without deploying, makes what an environment expects and a host that waits', async () => {
    const running = await start('aes-256', '--environments', ENVIRONMENTS, '--no-deploy');
    const { simulation } = running;
    expect(simulation).toMatchObject({ regions: ['us-east-2', 'us-east-1'], hosts: [{ environment: 'aes-256' }] });
    expect(simulation.hosts[0]?.role).toBeUndefined();
    const s3 = running.client('administrator', 'us-east-2');
    await s3.send(new HeadBucketCommand({ Bucket: 'example-other-bucket' }));
    await s3.send(
      new CreateBucketCommand({ Bucket: 'mine', CreateBucketConfiguration: { LocationConstraint: 'us-east-2' } }),
    );
    expect(await failure(s3.send(new GetObjectCommand({ Bucket: 'mine', Key: 'none' })))).toMatchObject({
      code: 'NoSuchKey',
    });
    s3.destroy();
    await running.stop();
  });

  test.each([
    { script: 'process.stdout.write(process.env.AWS_ENDPOINT_URL)', exitCode: 0, result: /^https:\/\/127/ },
    { script: 'process.exit(3)', exitCode: 1, result: /^$/ },
    {
      args: ['--as', 'host'],
      script: 'process.stdout.write(process.env.AWS_EC2_METADATA_SERVICE_ENDPOINT)',
      exitCode: 0,
      result: /^http:\/\/127/,
    },
  ])('runs a command and reports its outcome: $script', async ({ args = [], script, exitCode, result }) => {
    const { io, ended } = run([...args, '--', process.execPath, '-e', script], new AbortController().signal);
    expect(await ended).toBe(exitCode);
    expect(io.results()).toMatch(result);
    expect(io.notes()).toContain('The simulated AWS account is gone.');
  });

  test.each([
    { argv: ['--latency', 'soon'], message: "'--latency' must be a number, got: soon" },
    {
      argv: ['--latency', '2147483648'],
      message: "'latencyMs' of the fault rule '--latency' must be a number from 0 to 2147483647, got: 2147483648",
    },
    { argv: ['--port', '70000'], message: "'--port' must be a port from 0 to 65535, got: 70000" },
    { argv: ['--hop-limit', '0'], message: "'hopLimit' must be a whole number from 1 to 64, got: 0" },
    { argv: ['--account', '1'], message: "'--account' must be an account of 12 digits, got: 1" },
    {
      argv: ['--faults', 'none.yaml'],
      message: "'none.yaml' must be a file of fault rules that can be read, got: ENOENT",
    },
    { argv: ['--log', 'none/log'], message: "'--log' must be a file that can be written, got: " },
    {
      argv: ['--', 'no-such-program'],
      message: "'no-such-program' must be a program that can be started, got: ENOENT",
    },
    { argv: ['--as', 'nobody', '--', 'true'], message: "'--as' must be one of administrator, " },
  ])('cannot run with $argv: $message', async ({ argv, message }) => {
    const { io, ended } = run(argv, new AbortController().signal);
    expect(await ended).toBe(2);
    expect(io.notes()).toContain(message);
    expect(io.results()).toBe('');
  });
});
