import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FleetSummary } from '../../lib/evidence/fleet/fleet-summary';
import { buildVerify } from '../../scripts/build-verify';
import { type Checkout, createCheckout, runShell } from '../e2e/checkout';
import { describeWithProvider } from '../e2e/describe-with-provider';
import { ROOT } from '../e2e/run-vault-env';
import { shellLinesOf } from './guide-commands';
import { HALF_AN_HOUR_MS } from './provider-run';

const GUIDE = 'docs/fleets.md';
const SIZE = 200;
const nameOf = (index: number) => `acme-${String(index).padStart(3, '0')}`;

const DEFAULTS = `
account: "111122223333"
region: us-east-2
host: { kind: ec2 }
otherBucket: example-other-bucket
`;
const LOGGED = 'accessLog: { bucket: example-access-logs }\n';

/** Lines of three of them in place of where their access is logged. */
const BAD: Readonly<Record<string, string>> = {
  'acme-007': 'regoin: us-east-2\n',
  'acme-062': 'tags: [\n',
  'acme-130': 'tags: { access: not logged }\n',
};

/** The exit codes that are not 0: two files are broken, and one audit fails. */
const EXIT_CODES: readonly (readonly [RegExp, number])[] = [
  [/ synth --summary/, 2],
  [/ audit /, 1],
  [/ evidence summary /, 2],
  [/ synth \$\(/, 2],
];

/** A repository with the environments of a fleet, and the command as npm installs it. */
function makeFleet(folder: string): string {
  mkdirSync(join(folder, 'environments'), { recursive: true });
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  symlinkSync(join(ROOT, 'scripts/vault-env.cjs'), join(folder, 'node_modules/.bin/vault-env'));
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  writeFileSync(join(folder, 'environments/defaults.yaml'), DEFAULTS);
  for (let index = 0; index < SIZE; index++) {
    const name = nameOf(index);
    const method = index % 2 === 0 ? 'AES-256' : 'AWS-KMS';
    const text = `label: Acme ${index}\nbucket: ${name}-vault\nencryption: { method: ${method} }\n${BAD[name] ?? LOGGED}`;
    writeFileSync(join(folder, `environments/${name}.yaml`), text);
  }
  return folder;
}

/** Runs one command of the recipe, as the administrator or on the host that it is about. */
async function runLine(command: string, { folder, administrator, host, onHost }: Checkout) {
  if (command.startsWith('npx vault-env verifier')) return buildVerify(join(folder, 'handed-over'));
  const [, environment] = /^node .*\/(acme-\d+)\/backup-environment\.json/.exec(command) ?? [];
  if (environment !== undefined) host.attachInstanceProfile(`vault-backup-${environment}`);
  const flags = environment === undefined ? '' : ' --settle 0 --accept-other-endpoints';
  const env = environment === undefined ? administrator : onHost;
  const { exitCode, stdout, stderr } = await runShell(`${command}${flags}`, { cwd: folder, env });
  const expected = EXIT_CODES.find(([pattern]) => pattern.test(command))?.[1] ?? 0;
  if (exitCode !== expected) throw new Error([command, `exit code ${exitCode}`, stdout, stderr].join('\n'));
}

/** The sum of every file below the folder. */
function sumsBelow(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((entry) => join(entry.parentPath, entry.name)).filter((path) => /cdk\.tf\.json$/.test(path));
  const sum = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
  return Object.fromEntries(paths.map((path) => [path.slice(folder.length), sum(path)]));
}

describeWithProvider('a fleet of 200 environments, three of them bad', () => {
  let checkout: Checkout;

  beforeAll(async () => {
    checkout = await createCheckout(makeFleet);
  });

  afterAll(() => checkout.remove());

  test(
    'goes through the commands of the recipe, whose summary names the three, and jobs side by side change nothing',
    async () => {
      const lines = shellLinesOf(GUIDE);
      const jobs = lines.filter((line) => line.includes('--shard'));
      for (const line of lines.filter((each) => !jobs.includes(each))) await runLine(line, checkout);
      const before = sumsBelow(join(checkout.folder, 'cdktf.out/stacks'));
      await Promise.all(jobs.map((line) => runLine(line, checkout)));
      expect(sumsBelow(join(checkout.folder, 'cdktf.out/stacks'))).toEqual(before);
      expect(Object.keys(before)).toHaveLength(SIZE - 2);

      const page = await runShell('npx vault-env evidence summary evidence --environments environments --format json', {
        cwd: checkout.folder,
        env: checkout.administrator,
      });
      const summary: FleetSummary = JSON.parse(page.stdout);
      expect(summary.counts).toEqual({ total: SIZE, pass: SIZE - 3, fail: 1, error: 2 });
      const bad = summary.environments.filter(({ outcome }) => outcome !== 'pass');
      expect(bad.map(({ name, problems }) => [name, problems[0]])).toEqual([
        ['acme-007', expect.stringContaining("regoin is not a known key; did you mean 'region'?")],
        ['acme-062', expect.stringContaining('must be valid YAML')],
        ['acme-130', 'the audit says fail'],
      ]);
      const verified = summary.environments.filter(({ verification }) => verification !== undefined);
      expect(verified.map(({ name, verification }) => [name, verification?.verdict])).toEqual([
        ['acme-000', 'pass'],
        ['acme-100', 'pass'],
      ]);
      const markdown = readFileSync(join(checkout.folder, 'fleet.md'), 'utf8');
      expect(Object.keys(BAD).filter((name) => !markdown.includes(`\`${name}\``))).toEqual([]);
    },
    HALF_AN_HOUR_MS,
  );
});
