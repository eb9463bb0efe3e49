import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bin, dependencies, name, version } from '../../package.json';
import { type Checkout, createCheckout, runShell } from '../e2e/checkout';
import { describeWithProvider } from '../e2e/describe-with-provider';
import { ROOT } from '../e2e/run-vault-env';
import { shellLinesOf } from './guide-commands';
import { HALF_AN_HOUR_MS } from './provider-run';

const GUIDE = 'docs/installed.md';
/** The test installs the tarball with the versions of this checkout's lock, which are at hand. */
const INSTALLS = /^npm /;
const ON_HOST = /^node \S*vault-env-verify\.cjs/;
/** Where the guide is followed, AWS answers; here the simulated account does. */
const VERIFIES = /^(npx vault-env verify |node \S*vault-env-verify\.cjs)/;

function sumOf(content: Uint8Array | string, algorithm: 'sha256' | 'sha512', encoding: 'base64' | 'hex'): string {
  return createHash(algorithm).update(content).digest(encoding);
}

function pack(folder: string): string {
  mkdirSync(folder);
  const text = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], { cwd: ROOT, encoding: 'utf8' });
  const [{ filename }] = JSON.parse(text.slice(text.indexOf('[')));
  return join(folder, filename);
}

/** An empty repository in which nothing but the tarball is installed. */
function installTarball(folder: string): string {
  const tarball = pack(`${folder}-packed`);
  mkdirSync(folder);
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  const packages = Object.entries<{ dev?: boolean }>(lock.packages).filter(([path, { dev }]) => path !== '' && !dev);
  const ours = { [name]: `file:${tarball}` };
  const integrity = `sha512-${sumOf(readFileSync(tarball), 'sha512', 'base64')}`;
  const own = { version, resolved: `file:${tarball}`, integrity, dependencies, bin };
  const root = { name: 'acme', dependencies: ours };
  write(folder, 'package.json', { ...root, private: true });
  write(folder, 'package-lock.json', {
    name: 'acme',
    lockfileVersion: 3,
    packages: { '': root, [`node_modules/${name}`]: own, ...Object.fromEntries(packages) },
  });
  execFileSync('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: folder });
  return folder;
}

function write(folder: string, file: string, content: unknown): void {
  writeFileSync(join(folder, file), JSON.stringify(content));
}

/** Runs every command of the guide, as the administrator or as the host; an error says which one failed. */
async function followGuide({ administrator, folder, host, onHost }: Checkout): Promise<void> {
  for (const command of shellLinesOf(GUIDE).filter((line) => !INSTALLS.test(line))) {
    const isOnHost = ON_HOST.test(command);
    if (isOnHost) host.attachInstanceProfile('vault-backup-acme');
    const flags = [
      ...(isOnHost ? ['--settle 0'] : []),
      ...(VERIFIES.test(command) ? ['--accept-other-endpoints'] : []),
    ];
    const env = isOnHost ? onHost : { ...administrator, TF_CLI_ARGS_apply: '-auto-approve' };
    const { exitCode, stdout, stderr } = await runShell([command, ...flags].join(' '), { cwd: folder, env });
    if (exitCode !== 0) throw new Error([command, stdout, stderr].join('\n'));
  }
}

describeWithProvider('the package, installed in an empty repository', () => {
  let checkout: Checkout;

  beforeAll(async () => {
    checkout = await createCheckout(installTarball);
  }, HALF_AN_HOUR_MS);

  afterAll(() => checkout.remove());

  test(
    'does what the guide says, command by command, and gives in the sheet the sum of the host file',
    async () => {
      await followGuide(checkout);
      const read = (file: string) => readFileSync(join(checkout.folder, file));
      const sum = sumOf(read('handed-over/vault-env-verify.cjs'), 'sha256', 'hex');
      expect(read('handed-over/backup-environment.txt').toString()).toContain(`vault-env-verify.cjs, SHA-256 ${sum}\n`);
      expect(read('handed-over/vault-env-verify.cjs.sha256').toString()).toBe(`${sum}  vault-env-verify.cjs\n`);
    },
    HALF_AN_HOUR_MS,
  );

  test(
    'is the same bytes when it is packed again',
    () => {
      const again = readFileSync(pack(`${checkout.folder}-again`));
      const first = readFileSync(join(`${checkout.folder}-packed`, `${name}-${version}.tgz`));
      expect(sumOf(again, 'sha256', 'hex')).toBe(sumOf(first, 'sha256', 'hex'));
    },
    HALF_AN_HOUR_MS,
  );
});
