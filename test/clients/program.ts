import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import type { Style } from './credential-sources';

/** Debian puts its programs here; one of the same name that comes earlier on the PATH may be something else. */
const FOLDER = '/usr/bin';

const DEBIAN = { folders: [FOLDER], fix: 'apt-get install it' };
const INSTALLED = {
  folders: (process.env.PATH ?? '').split(delimiter),
  fix: 'test/clients/install FOLDER, and FOLDER/bin on the PATH',
};
const PROGRAMS = {
  actionlint: INSTALLED,
  'ansible-playbook': DEBIAN,
  aws: DEBIAN,
  'aws-v1': INSTALLED,
  aws_signing_helper: INSTALLED,
  'barman-cloud-wal-archive': DEBIAN,
  bash: DEBIAN,
  'check-jenkinsfile': INSTALLED,
  'check-jsonschema': INSTALLED,
  checkov: INSTALLED,
  duplicity: DEBIAN,
  'go-aws-sdk': INSTALLED,
  'go-gocloud': INSTALLED,
  'go-minio': INSTALLED,
  'go-rclone': INSTALLED,
  'java-s3a': INSTALLED,
  'java-v1': INSTALLED,
  'java-v2': INSTALLED,
  'java-v2.29': INSTALLED,
  openssl: DEBIAN,
  pgbackrest: DEBIAN,
  'python-clients': INSTALLED,
  'python-powershell': INSTALLED,
  'python-s3fs': INSTALLED,
  rclone: DEBIAN,
  restic: DEBIAN,
  s3cmd: DEBIAN,
  s3fs: { ...DEBIAN, device: '/dev/fuse' },
  sh: { folders: ['/bin'], fix: 'it belongs to every system' },
  'systemd-analyze': DEBIAN,
} as const;

export type ProgramName = keyof typeof PROGRAMS;

/** Environment of a program: nothing of this process's own but the PATH. */
export interface RunOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Ends the program, as `kill` does. */
  readonly signal?: AbortSignal;
}

export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Like `describe`, but skipped, with the reason in the title, where the program is not installed. */
export function describeWithProgram(name: ProgramName, tests: () => void): void {
  const { device } = { device: undefined, ...PROGRAMS[name] };
  if (device !== undefined && !existsSync(device)) describe.skip(`${name} (skipped: there is no ${device})`, tests);
  else if (pathOf(name) !== undefined) describe(name, tests);
  else describe.skip(`${name} (skipped: it is not installed; ${PROGRAMS[name].fix})`, tests);
}

function pathOf(name: ProgramName): string | undefined {
  return PROGRAMS[name].folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** Like `test`, but skipped, with the reason in the title, where it needs names below `localhost` that do not lead here. */
export function testWithNames(title: string, { style }: { readonly style: Style }, run: () => Promise<void>): void {
  if (style === 'path' || namesLeadHere()) test(title, run);
  else test.skip(`${title} (skipped: bucket.s3.localhost leads nowhere; apt-get install libnss-myhostname)`, run);
}

function namesLeadHere(): boolean {
  const { stdout } = spawnSync('getent', ['ahostsv4', 'bucket.s3.localhost'], { encoding: 'utf8' });
  return stdout?.startsWith('127.') ?? false;
}

/** Runs the program to its end. The account that it talks to lives in this process, so nothing here may block. */
export function runProgram(name: ProgramName, args: readonly string[], options: RunOptions): Promise<Ended> {
  const child = spawnProgram(name, args, options);
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (chunk: string) => {
      output[stream] += chunk;
    });
  }
  options.signal?.addEventListener('abort', () => child.kill(), { once: true });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, ...output }));
  });
}

function spawnProgram(name: ProgramName, args: readonly string[], { env, cwd }: RunOptions) {
  return spawn(pathOf(name) ?? name, args, {
    env: { PATH: [dirname(process.execPath), FOLDER, process.env.PATH].join(':'), LC_ALL: 'C.UTF-8', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(cwd === undefined ? {} : { cwd }),
  });
}

/** A program that runs until it is stopped. */
export interface StartedProgram {
  readonly stop: () => Promise<void>;
}

/** Starts a program that does not end by itself, such as a server. */
export function startProgram(name: ProgramName, args: readonly string[], options: RunOptions): StartedProgram {
  const child = spawnProgram(name, args, options);
  child.stdout.resume();
  child.stderr.resume();
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve());
    child.once('close', () => resolve());
  });
  return {
    stop: () => {
      child.kill();
      return ended;
    },
  };
}

/** A port of the loopback address that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
