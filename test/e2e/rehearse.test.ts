import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Rehearsal } from '../../lib/rehearsal/rehearsal';
import { describeWithProvider } from './describe-with-provider';
import { type CommandResult, runVaultEnv } from './run-vault-env';

const MINUTE_MS = 60_000;
const STEPS = ['synthesize', 'start-account', 'init', 'apply', 'second-plan', 'emit', 'host', 'verify', 'compare'];
const CHECKS = [
  'administer-iam',
  'administer-kms',
  'backup-encryption',
  'bucket-region',
  'change-bucket-policy',
  'change-encryption',
  'change-lifecycle',
  'change-object-lock',
  'change-public-access-block',
  'change-replication',
  'change-versioning',
  'cross-bucket-copy',
  'customer-provided-key',
  'multipart-abort',
  'multipart-upload',
  'object-acl',
  'object-batch-delete',
  'object-copy',
  'object-delete',
  'object-encryption',
  'object-get',
  'object-head',
  'object-list',
  'object-put',
  'object-range',
  'other-bucket',
  'other-region',
  'plain-http',
  'presigned-plain-http',
  'probe-removal',
  'read-bucket-policy',
  'role-chaining',
  'role-identity',
  'tagging',
  'unicode-key',
  'version-delete',
  'version-list',
  'versioning-state',
  'wrong-encryption-header',
];
const CHECKS_OF_A_LOCK = ['bypass-retention', 'change-retention', 'marker-removal', 'version-kept'];
const CHECKS_OF_A_KEY = ['create-grant', 'direct-key-use', 'wrong-key'];

/** Named as tsx names it. */
const TSX_CACHE = `tsx-${process.geteuid?.()}`;

let temporary: string;

beforeAll(() => {
  temporary = mkdtempSync(join(tmpdir(), 'rehearse-test-'));
});

afterAll(() => {
  rmSync(temporary, { recursive: true });
});

/** A temporary folder for one run of the command, so that what it leaves is seen. The cache of tsx is everybody's. */
function temporaryFolder(name: string): string {
  const folder = join(temporary, name);
  mkdirSync(folder);
  mkdirSync(join(tmpdir(), TSX_CACHE), { recursive: true });
  symlinkSync(join(tmpdir(), TSX_CACHE), join(folder, TSX_CACHE));
  return folder;
}

const leftIn = (name: string) => readdirSync(join(temporary, name)).filter((entry) => entry !== TSX_CACHE);

describeWithProvider('rehearsal', () => {
  let examples: CommandResult;

  beforeAll(async () => {
    examples = await runVaultEnv(['rehearse', '--format', 'json'], { env: { TMPDIR: temporaryFolder('examples') } });
  }, 15 * MINUTE_MS);

  test('deploys, emits and verifies every example', () => {
    const { environments, ...summary }: Rehearsal = JSON.parse(examples.stdout);
    const expected = (name: string, checks: readonly string[]) => ({
      name,
      verdict: 'pass',
      steps: STEPS.map((id) => `${id} pass`),
      checks: checks.map((id) => `${id} pass`).sort(),
      verdictOfChecks: 'pass',
      leftovers: [],
    });
    expect(
      environments.map((environment) => ({
        name: environment.name,
        verdict: environment.verdict,
        steps: environment.steps.map(({ id, result }) => `${id} ${result}`),
        checks: (environment.verification?.checks ?? []).map(({ id, result }) => `${id} ${result}`).sort(),
        verdictOfChecks: environment.verification?.verdict,
        leftovers: environment.verification?.leftovers,
      })),
    ).toEqual([
      expected('aes-256', CHECKS),
      expected('aws-kms', [...CHECKS, ...CHECKS_OF_A_KEY]),
      expected('existing-role', [...CHECKS, ...CHECKS_OF_A_KEY]),
      expected('object-lock', [...CHECKS.filter((id) => id !== 'probe-removal'), ...CHECKS_OF_A_LOCK]),
      expected('on-premises', CHECKS),
    ]);
    expect(environments.map(({ verification }) => verification?.locked)).toEqual([
      undefined,
      undefined,
      undefined,
      { versions: 7, mode: 'GOVERNANCE', until: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) },
      undefined,
    ]);
    const tool = expect.objectContaining({ name: 'vault-backup-environment' });
    expect(summary).toEqual({ version: 1, verdict: 'pass', simulated: true, tool });
    expect(examples.exitCode).toBe(0);
  });

  test('tells on standard error what it is doing, and nowhere a key', () => {
    expect(examples.stderr).toMatch(/^aws-kms: terraform apply$/m);
    expect(examples.stdout + examples.stderr).not.toMatch(/(AKIA|ASIA)[A-Z0-9]{12}/);
  });

  test('leaves nothing behind', () => {
    expect(leftIn('examples')).toEqual([]);
  });

  test(
    'ends on Ctrl-C with nothing left behind',
    async () => {
      const { exitCode } = await runVaultEnv(['rehearse', 'aes-256'], {
        env: { TMPDIR: temporaryFolder('interrupted') },
        interruptAt: /terraform apply/,
      });
      expect(exitCode).toBe(130);
      expect(leftIn('interrupted')).toEqual([]);
    },
    MINUTE_MS,
  );
});
