import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EnvironmentRehearsal, Rehearsal } from '../../lib/rehearsal/rehearsal';
import { rehearse } from '../../lib/rehearsal/rehearse';
import { synthesize } from '../../lib/synthesis/synthesize';
import { EXAMPLES } from '../support/synthesize';
import { ALTERATIONS, alterStackFile } from './alterations';
import { describeWithProvider } from './describe-with-provider';
import { type CommandResult, ROOT, runVaultEnv } from './run-vault-env';

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

/** Environments that are each a copy of an example, with a bucket of their own. */
function writeEnvironmentsToBreak(): string {
  const folder = temporaryFolder('environments');
  for (const { environment, example } of ALTERATIONS) {
    const text = readFileSync(join(EXAMPLES, `${example}.yaml`), 'utf8');
    writeFileSync(join(folder, `${environment}.yaml`), text.replace(/^bucket: .*$/m, `bucket: example-${environment}`));
  }
  return folder;
}

/** Breaks each stack after its synthesis, and rehearses what is then there. */
async function rehearseBroken(): Promise<Rehearsal> {
  const { signal } = new AbortController();
  const stacksFolder = join(temporary, 'broken');
  const base = { root: ROOT, environmentsFolder: writeEnvironmentsToBreak(), names: [], env: process.env, signal };
  await synthesize({ ...base, outFolder: stacksFolder });
  for (const { environment, alter } of ALTERATIONS) {
    alterStackFile(join(stacksFolder, 'stacks', environment, 'cdk.tf.json'), alter);
  }
  return rehearse({ ...base, stacksFolder, keep: false, onStep: () => undefined });
}

function checksOf({ verification }: EnvironmentRehearsal, isWanted: (result: string) => boolean): readonly string[] {
  const wanted = (verification?.checks ?? []).filter(({ result }) => isWanted(result));
  return wanted.map(({ id, result }) => `${id} ${result}`).sort();
}

describeWithProvider('rehearsal', () => {
  let examples: CommandResult;
  let broken: Rehearsal;

  // Side by side, because most of each is waiting for the provider.
  beforeAll(async () => {
    const env = { TMPDIR: temporaryFolder('examples') };
    [examples, broken] = await Promise.all([runVaultEnv(['rehearse', '--format', 'json'], { env }), rehearseBroken()]);
  }, 4 * MINUTE_MS);

  test('deploys, emits and verifies both examples', () => {
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
    ).toEqual([expected('aes-256', CHECKS), expected('aws-kms', [...CHECKS, ...CHECKS_OF_A_KEY])]);
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

  test.each(ALTERATIONS)('fails when $defect', ({ environment, notPassed }) => {
    const result = broken.environments.find(({ name }) => name === environment);
    expect(result?.verdict).toBe('fail');
    expect(result && checksOf(result, (of) => of !== 'pass')).toEqual(notPassed);
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
