import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Rehearsal } from '../../lib/rehearsal/rehearsal';
import { SAMPLE } from './alterations';
import { describeWithProvider } from './describe-with-provider';
import { checksOf, outcomeOf, rehearseBroken } from './rehearse-broken';
import { type CommandResult, runVaultEnv } from './run-vault-env';

const MINUTE_MS = 60_000;
const STEPS = ['synthesize', 'start-account', 'init', 'apply', 'second-plan', 'emit', 'host', 'verify', 'compare'];
const CHECKS = [
  'administer-iam',
  'administer-kms',
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

let temporary: string;

beforeAll(() => {
  temporary = mkdtempSync(join(tmpdir(), 'rehearse-test-'));
});

afterAll(() => {
  rmSync(temporary, { recursive: true });
});

/** A temporary folder for one run of the command, so that what it leaves is seen. */
function temporaryFolder(name: string): string {
  const folder = join(temporary, name);
  mkdirSync(folder);
  return folder;
}

/** What is in it beside the cache of the TypeScript loader. */
const leftIn = (name: string) => readdirSync(join(temporary, name)).filter((entry) => !entry.startsWith('tsx-'));

describeWithProvider('rehearsal', () => {
  let examples: CommandResult;
  let broken: Rehearsal;

  // Side by side, because most of each is waiting for the provider.
  beforeAll(async () => {
    const env = { TMPDIR: temporaryFolder('examples') };
    [examples, broken] = await Promise.all([
      runVaultEnv(['rehearse', '--format', 'json'], { env }),
      rehearseBroken([SAMPLE], temporaryFolder('broken')),
    ]);
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
        checks: checksOf(environment, () => true),
        verdictOfChecks: environment.verification?.verdict,
        leftovers: environment.verification?.leftovers,
      })),
    ).toEqual([
      expected('aes-256', CHECKS),
      expected('aws-kms', [...CHECKS, ...CHECKS_OF_A_KEY]),
      expected('object-lock', [...CHECKS.filter((id) => id !== 'probe-removal'), ...CHECKS_OF_A_LOCK]),
    ]);
    expect(environments.map(({ verification }) => verification?.locked)).toEqual([
      undefined,
      undefined,
      { versions: 8, mode: 'GOVERNANCE', until: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) },
    ]);
    expect(summary).toEqual({ version: 1, verdict: 'pass', simulated: true });
    expect(examples.exitCode).toBe(0);
  });

  test('tells on standard error what it is doing, and nowhere a key', () => {
    expect(examples.stderr).toMatch(/^aws-kms: terraform apply$/m);
    expect(examples.stdout + examples.stderr).not.toMatch(/(AKIA|ASIA)[A-Z0-9]{12}/);
  });

  test('leaves nothing behind', () => {
    expect(leftIn('examples')).toEqual([]);
  });

  test(`fails when ${SAMPLE.defect}`, () => {
    expect(outcomeOf(broken, SAMPLE)).toEqual({
      verdict: 'fail',
      failedAt: 'verify',
      notPassed: SAMPLE.notPassed,
    });
  });

  test('is a failure as a whole when one environment fails', () => {
    expect(broken.verdict).toBe('fail');
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
