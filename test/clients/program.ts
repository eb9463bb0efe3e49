import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';

/** Debian puts its programs here; one of the same name that comes earlier on the PATH may be something else. */
const FOLDER = '/usr/bin';

const DEBIAN = { folders: [FOLDER], fix: 'apt-get install it' };
const PYTHON = {
  folders: (process.env.PATH ?? '').split(delimiter),
  fix: 'pip install -r test/clients/requirements.txt, in an environment on the PATH',
};
const PROGRAMS = {
  'ansible-playbook': DEBIAN,
  aws: DEBIAN,
  bash: DEBIAN,
  checkov: PYTHON,
  openssl: DEBIAN,
  rclone: DEBIAN,
  restic: DEBIAN,
  s3cmd: DEBIAN,
  sh: { folders: ['/bin'], fix: 'it belongs to every system' },
  'systemd-analyze': DEBIAN,
} as const;

export type ProgramName = keyof typeof PROGRAMS;

/** What a program runs with: nothing of this process's own environment but the PATH. */
export interface RunOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

export interface Ended {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Like `describe`, but skipped, with the reason in the title, where the program is not installed. */
export function describeWithProgram(name: ProgramName, tests: () => void): void {
  if (pathOf(name) !== undefined) describe(name, tests);
  else describe.skip(`${name} (skipped: it is not installed; ${PROGRAMS[name].fix})`, tests);
}

function pathOf(name: ProgramName): string | undefined {
  return PROGRAMS[name].folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** Runs the program to its end. The account that it talks to lives in this process, so nothing here may block. */
export function runProgram(name: ProgramName, args: readonly string[], { env, cwd }: RunOptions): Promise<Ended> {
  const child = spawn(pathOf(name) ?? name, args, {
    env: { PATH: [dirname(process.execPath), FOLDER, process.env.PATH].join(':'), LC_ALL: 'C.UTF-8', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(cwd === undefined ? {} : { cwd }),
  });
  const output = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (chunk: string) => {
      output[stream] += chunk;
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, ...output }));
  });
}
