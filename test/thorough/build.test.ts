import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../e2e/run-vault-env';

/** Prints, when the process ends, how many sources were loaded. */
const PROBE = `process.on('exit', () => {
  const sources = Object.keys(require.cache).filter((file) => file.endsWith('.ts'));
  process.stderr.write(sources.length === 0 ? 'built' : 'sources');
});`;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'build-'));
  for (const name of ['lib', 'scripts', 'stacks', 'package.json', 'package-lock.json', 'tsconfig.json']) {
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'probe.cjs'), PROBE);
});

afterAll(() => rmSync(folder, { recursive: true }));

beforeEach(() => rmSync(join(folder, 'built'), { recursive: true, force: true }));

const build = () => void execFileSync(process.execPath, [join(folder, 'scripts', 'build-command.cjs')]);

/** The build or the sources, whichever answers. */
function answering(env: Readonly<Record<string, string>> = {}, words: readonly string[] = ['list', '--help']) {
  const args = ['--require', join(folder, 'probe.cjs'), join(folder, 'scripts', 'vault-env.cjs'), ...words];
  const { status, stderr } = spawnSync(process.execPath, args, { env: { ...process.env, ...env }, encoding: 'utf8' });
  return `${status} ${stderr}`;
}

test('a build answers until a source changes, and again once that is built', () => {
  expect(answering()).toBe('0 sources');
  build();
  expect(answering()).toBe('0 built');
  expect(answering({ VAULT_ENV_FROM_SOURCES: 'yes' })).toBe('0 sources');
  appendFileSync(join(folder, 'lib', 'errors.ts'), '// changed\n');
  expect(answering()).toBe('0 sources');
  build();
  expect(answering()).toBe('0 built');
  writeFileSync(join(folder, 'lib', 'added.ts'), '');
  expect(answering()).toBe('0 sources');
  rmSync(join(folder, 'lib', 'added.ts'));
  expect(answering()).toBe('0 built');
});

test.each([[['--help']], [['--version']], [['audit', '--help']]])(
  '%s is answered by a build while sources of other verbs alone change',
  (words) => {
    build();
    const source = join(folder, 'lib', 'verify', 'added.ts');
    writeFileSync(source, '');
    expect([answering({}, words), answering(), answering({}, [...words, 'list'])]).toEqual([
      '0 built',
      '0 sources',
      '0 sources',
    ]);
    rmSync(source);
    expect([answering({}, words), answering(), answering({}, [...words, 'list'])]).toEqual([
      '0 built',
      '0 built',
      '0 built',
    ]);
  },
);

/** Prints, when the process ends, whether CDKTF was loaded from its package. */
const PACKAGE_PROBE = `process.on('exit', () => {
  const isLoaded = Object.keys(require.cache).some((file) => file.includes('/cdktf/'));
  process.stderr.write(isLoaded ? 'package' : 'built');
});`;

test('a synthesis holds its packages in its build until the lock of their versions changes', () => {
  writeFileSync(join(folder, 'package-probe.cjs'), PACKAGE_PROBE);
  const synthesizing = () => {
    const args = ['--require', join(folder, 'package-probe.cjs'), join(folder, 'stacks', 'main.cjs')];
    const env = {
      ...process.env,
      // Newer versions warn of what jsii calls.
      NODE_NO_WARNINGS: '1',
      CDKTF_OUTDIR: join(folder, 'out'),
      VAULT_ENV_ENVIRONMENTS_DIR: join(ROOT, 'environments'),
    };
    const { status, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
    return `${status} ${stderr}`;
  };
  build();
  const lock = join(folder, 'package-lock.json');
  const text = readFileSync(lock, 'utf8');
  expect(synthesizing()).toBe('0 built');
  appendFileSync(lock, '\n');
  expect(synthesizing()).toBe('0 package');
  writeFileSync(lock, text);
  expect(synthesizing()).toBe('0 built');
});

test('a build leaves no older one behind', () => {
  writeFileSync(join(folder, 'lib', 'added.ts'), '');
  build();
  rmSync(join(folder, 'lib', 'added.ts'));
  build();
  const files = readdirSync(join(folder, 'built')).filter((file) => !file.endsWith('.noted'));
  expect(files.map((file) => file.replace(/[0-9a-f]{64}/, 'sum'))).toEqual([
    'all-sum.cjs',
    'all-sum.cjs.compiled',
    'audit-sum.cjs',
    'audit-sum.cjs.compiled',
    'frame-sum.cjs',
    'frame-sum.cjs.compiled',
    'stacks-sum.cjs',
    'stacks-sum.cjs.compiled',
  ]);
});
