import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { synthesize } from '../../lib/synthesis/synthesize';
import { ROOT, runVaultEnv } from '../e2e/run-vault-env';
import { alterStackFile } from '../provider/alterations';
import { EXAMPLES } from '../support/examples';
import { describeWithProgram, runProgram } from './program';

// A scanner that parses nothing of a stack says so on one line and ends with 0.

/** No copy in another region, nobody notified of each object. */
const FOUND_ANYWHERE = ['CKV2_AWS_62', 'CKV_AWS_144'];
/** The default encryption, which the environment file chooses. */
const NO_KEY_OF_KMS = 'CKV_AWS_145';
const PUBLIC_ACLS = ['CKV2_AWS_6', 'CKV_AWS_53'];
const FEWEST_PASSED = 20;

interface Check {
  readonly check_id: string;
}

interface Report {
  readonly results: Readonly<Record<'passed_checks' | 'failed_checks', readonly Check[]>>;
  readonly summary: { readonly parsing_errors: number };
}

const FOLDER = mkdtempSync(join(tmpdir(), 'checkov-'));

afterAll(() => rmSync(FOLDER, { recursive: true }));

/** A plan of the real provider, with the planned values that the fixture leaves out, as Terraform writes them. */
function writePlan(name: string): string {
  const plan = JSON.parse(readFileSync(join(ROOT, 'test', 'fixtures', 'plans', `${name}.json`), 'utf8'));
  const resources = plan.resource_changes.map(({ change, ...resource }: { change: { after: object } }) => ({
    ...resource,
    values: change.after,
  }));
  const file = join(FOLDER, `${name}.json`);
  writeFileSync(file, JSON.stringify({ ...plan, planned_values: { root_module: { resources } } }));
  return file;
}

// Alone a scan takes some 10 seconds.
jest.setTimeout(600_000);

describeWithProgram('checkov', () => {
  let stacks: string;

  beforeAll(async () => {
    const { signal } = new AbortController();
    const base = { root: ROOT, environmentsFolder: EXAMPLES, names: [], env: process.env, signal };
    const {
      stacks: [stack],
    } = await synthesize({ ...base, outFolder: FOLDER });
    stacks = dirname(stack?.folder ?? '');
    cpSync(join(stacks, 'aws-kms'), join(stacks, 'open'), { recursive: true });
    alterStackFile(join(stacks, 'open', 'cdk.tf.json'), (resources) => {
      const { backup } = resources.aws_s3_bucket_public_access_block ?? {};
      if (backup !== undefined) backup.block_public_acls = false;
    });
  });

  /** One stack at a time: of several it joins resources of one address. */
  function scan(stack: string): Promise<Report> {
    return run(['--directory', stack, '--framework', 'terraform_json']);
  }

  async function run(args: readonly string[]): Promise<Report> {
    const { stdout } = await runProgram('checkov', [...args, '--output', 'json', '--skip-download'], {
      env: { HOME: FOLDER },
    });
    return JSON.parse(stdout);
  }

  test.each([
    { name: 'aes-256', found: [...FOUND_ANYWHERE, NO_KEY_OF_KMS] },
    { name: 'aws-kms', found: FOUND_ANYWHERE },
  ])('reads the whole stack $name and finds $found', async ({ name, found }) => {
    const { results, summary } = await scan(join(stacks, name));
    expect(results.failed_checks.map(({ check_id: id }) => id).sort()).toEqual([...found].sort());
    expect({ errors: summary.parsing_errors, isRead: results.passed_checks.length > FEWEST_PASSED }).toEqual({
      errors: 0,
      isRead: true,
    });
  });

  test.each([
    { name: 'aes-256', found: [...FOUND_ANYWHERE, NO_KEY_OF_KMS] },
    { name: 'aws-kms', found: FOUND_ANYWHERE },
  ])('reads the whole plan of $name and finds $found', async ({ name, found }) => {
    const { results, summary } = await run(['--file', writePlan(name), '--framework', 'terraform_plan']);
    expect(results.failed_checks.map(({ check_id: id }) => id).sort()).toEqual([...found].sort());
    expect({ errors: summary.parsing_errors, isRead: results.passed_checks.length > FEWEST_PASSED }).toEqual({
      errors: 0,
      isRead: true,
    });
  });

  test.each(['aes-256', 'aws-kms'])(
    'finds nothing in %s with the settings of synth --scanner checkov',
    async (name) => {
      const out = join(FOLDER, 'ready');
      const { exitCode } = await runVaultEnv([
        'synth',
        name,
        '--scanner',
        'checkov',
        '--environments',
        EXAMPLES,
        '--out',
        out,
      ]);
      const { results, summary } = await scan(join(out, 'stacks', name));
      expect({ exitCode, errors: summary.parsing_errors, failed: results.failed_checks }).toEqual({
        exitCode: 0,
        errors: 0,
        failed: [],
      });
    },
  );

  test('fails a stack whose block of public ACLs is open', async () => {
    const { results } = await scan(join(stacks, 'open'));
    expect(results.failed_checks.map(({ check_id: id }) => id)).toEqual(expect.arrayContaining(PUBLIC_ACLS));
  });
});
