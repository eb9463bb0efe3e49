import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { metadataVariables } from '../../lib/rehearsal/hosts/ec2';
import { hostEnvironment } from '../../lib/rehearsal/simulated-environments';
import type { SimulatedAccount } from '../../lib/simulated-aws';
import { ROOT } from '../e2e/run-vault-env';
import { instanceProfileIn } from '../support/instance-profile';
import { stateOf } from '../verify/account-state';
import type { DeployedEnvironment } from '../verify/deployed-environment';
import { allowing, editRolePolicy, withoutAction } from '../verify/edit-policies';
import { deploy, startAccount, stopAccount } from '../verify/verify-deployed';

/** Slow enough to be stopped in the middle. */
const LATENCY_MS = 100;

let account: SimulatedAccount;
let folder: string;

beforeAll(async () => {
  account = await startAccount();
  folder = mkdtempSync(join(tmpdir(), 'verify-'));
  mkdirSync(join(folder, 'home'));
  writeFileSync(join(folder, 'ca.pem'), account.caCertificatePem);
});

afterAll(async () => {
  await stopAccount(account);
  rmSync(folder, { recursive: true });
});

beforeEach(() => account.faults.set([{ fault: { kind: 'latency', latencyMs: LATENCY_MS } }]));

/** A shell on the host of a new environment. */
async function newHost() {
  const live = await deploy(account, { method: 'AES-256' });
  const host = await account.startHost();
  host.attachInstanceProfile(instanceProfileIn(live.config));
  const config = join(folder, `${live.target.name}.json`);
  writeFileSync(config, JSON.stringify(live.config));
  const certificateFile = join(folder, 'ca.pem');
  const { endpoint } = account;
  const { metadataEndpoint } = host;
  const env = hostEnvironment(process.env, {
    ...{ endpoint, certificateFile, home: join(folder, 'home') },
    credentials: metadataVariables(metadataEndpoint),
  });
  return { live, config, env };
}

interface Stop {
  readonly at: RegExp;
  /** The operation that has arrived, and is not answered yet, when it is done. @default none */
  readonly during?: RegExp;
  readonly with: NodeJS.Signals | (() => void);
}

type Host = Awaited<ReturnType<typeof newHost>>;

/** Runs `vault-env verify` there, and does something to it when its notes match. */
function verify({ config, env }: Pick<Host, 'config' | 'env'>, args: readonly string[], stop?: Stop) {
  const command = [join(ROOT, 'scripts', 'vault-env.cjs'), 'verify', config, '--format', 'json', ...args];
  const child = spawn(process.execPath, command, { env, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr, isStopped] = ['', '', false];
  let struck: string | undefined;
  const strike = (operation?: string) => {
    if (stop === undefined || isStopped || !stop.at.test(stderr)) return;
    if (stop.during !== undefined && !(operation !== undefined && stop.during.test(operation))) return;
    isStopped = true;
    struck = operation;
    if (typeof stop.with === 'string') child.kill(stop.with);
    else stop.with();
  };
  // Faults are chosen when a request arrives; the latency keeps its answer back.
  const choose = account.faults.choose.bind(account.faults);
  const spy = jest.spyOn(account.faults, 'choose').mockImplementation((subject) => {
    const chosen = choose(subject);
    setImmediate(strike, subject.operation);
    return chosen;
  });
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
    strike();
  });
  interface Ended {
    readonly exitCode: number | null;
    readonly stdout: string;
    readonly stderr: string;
    readonly struck: string | undefined;
  }
  return new Promise<Ended>((resolve) =>
    child.once('close', (exitCode) => {
      spy.mockRestore();
      resolve({ exitCode, stdout, stderr, struck });
    }),
  );
}

const QUICK = ['--timeout', '0', '--settle', '0', '--accept-other-endpoints'];

function canariesOf({ config }: DeployedEnvironment): readonly string[] {
  const bucket = account.state.s3.buckets.get(config.form.bucketName);
  const keys = [
    ...(bucket?.objects.versions.keys() ?? []),
    ...[...(bucket?.uploads.values() ?? [])].map(({ key }) => key),
  ];
  return keys.filter((key) => key.startsWith(config.permissions.verificationPrefix));
}

const WRITE = /^(Put|Copy)Object$|^(CreateMultipartUpload|UploadPart|CompleteMultipartUpload)$/;
const REMOVAL = /^DeleteObjects?$/;

interface PhaseRow {
  readonly phase: string;
  readonly at: RegExp;
  /** Work under way when the signal comes; none while a run waits. */
  readonly during?: RegExp;
  readonly args: readonly string[];
  /** Keeps the run in the phase. */
  readonly prepare?: (live: DeployedEnvironment) => Promise<unknown>;
}

const PHASES: readonly PhaseRow[] = [
  { phase: 'while it tries what must work', at: /what must work/, during: WRITE, args: QUICK },
  {
    phase: 'while it waits for permissions',
    at: /waiting for permissions/,
    during: WRITE,
    args: ['--timeout', '60', '--settle', '0', '--accept-other-endpoints'],
    prepare: (live) => editRolePolicy(live, 's3', withoutAction('s3:GetObject')),
  },
  { phase: 'while it tries what must be refused', at: /what must be refused/, during: WRITE, args: QUICK },
  {
    phase: 'while changes settle',
    at: /waiting for changes to settle/,
    args: ['--timeout', '0', '--settle', '60', '--accept-other-endpoints'],
  },
  { phase: 'while it tries once more', at: /what must still work/, during: WRITE, args: QUICK },
  { phase: 'while it removes its probes', at: /removing probes/, during: REMOVAL, args: QUICK },
];

const SIGNALS = [
  { signal: 'SIGINT', exitCode: 130 },
  { signal: 'SIGTERM', exitCode: 143 },
] as const;

describe('a verification', () => {
  test.each(PHASES.flatMap((row) => SIGNALS.map((one) => ({ ...row, ...one }))))(
    'that is stopped by $signal $phase leaves what it lists, and nothing else',
    async ({ at, during, args, prepare, signal, exitCode }) => {
      const host = await newHost();
      await prepare?.(host.live);
      const before = stateOf(account);
      const stopped = await verify(host, args, { at, ...(during && { during }), with: signal });
      expect(stopped.exitCode).toBe(exitCode);
      if (during !== undefined) expect(stopped.struck).toMatch(during);
      const { verdict, leftovers } = JSON.parse(stopped.stdout);
      if (during !== REMOVAL) expect(verdict).not.toBe('pass');
      expect(stopped.stderr).not.toMatch(/Warning: (?!NodeVersionSupport)/);
      expect(leftovers).toEqual([]);
      expect(stateOf(account)).toEqual(before);
    },
  );

  test.each(PHASES)('that is killed $phase leaves only probes, which --clean finds and removes', async (row) => {
    const { at, during, args, prepare } = row;
    const host = await newHost();
    await prepare?.(host.live);
    const before = stateOf(account);
    const killed = await verify(host, args, { at, ...(during && { during }), with: 'SIGKILL' });
    expect(killed.exitCode).toBeNull();
    if (during !== undefined) expect(killed.struck).toMatch(during);
    const early = await verify(host, ['--clean']);
    expect(JSON.parse(early.stdout)).toMatchObject({ removed: [], leftovers: [] });
    const cleaned = await verify(host, ['--clean', '--older-than', '0']);
    expect(cleaned.exitCode).toBe(0);
    expect(JSON.parse(cleaned.stdout)).toMatchObject({ leftovers: [], tooYoung: 0, notProbes: 0 });
    expect(stateOf(account)).toEqual(before);
  });

  test('that loses its network ends without a pass, and lists what it may have left', async () => {
    const host = await newHost();
    const cutOff = () => account.faults.set([{ fault: { kind: 'connection-reset', when: 'before-operation' } }]);
    const lost = await verify(host, QUICK, { at: /what must be refused/, with: cutOff });
    account.faults.clear();
    const { verdict, leftovers } = JSON.parse(lost.stdout);
    expect({ exitCode: lost.exitCode, verdict }).toEqual({ exitCode: 1, verdict: 'inconclusive' });
    const listed = new Set(leftovers.map(({ key }: { readonly key: string }) => key));
    const unlisted = canariesOf(host.live).filter((key) => !listed.has(key));
    expect(unlisted).toEqual([]);
    expect(listed.size).toBeGreaterThan(0);
  });

  test('whose role may not delete versions lists each with the command for it', async () => {
    const host = await newHost();
    account.faults.clear();
    await editRolePolicy(host.live, 's3', withoutAction('s3:DeleteObjectVersion'));
    const ended = await verify(host, QUICK);
    const { leftovers } = JSON.parse(ended.stdout);
    expect(new Set(leftovers.map(({ key }: { readonly key: string }) => key))).toEqual(new Set(canariesOf(host.live)));
    expect(leftovers[0].command).toMatch(
      /^aws s3api delete-object --bucket acme-\d+-backup --key \S+ --version-id \S+ /,
    );
    await editRolePolicy(host.live, 's3', allowing('s3:DeleteObjectVersion', `${host.live.config.aws.bucketArn}/*`));
    expect((await verify(host, ['--clean', '--older-than', '0'])).exitCode).toBe(0);
    expect(canariesOf(host.live)).toEqual([]);
  });
});
