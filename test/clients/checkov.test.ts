import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { synthesize } from '../../lib/synthesis/synthesize';
import { alterStackFile } from '../e2e/alterations';
import { ROOT } from '../e2e/run-vault-env';
import { EXAMPLES } from '../support/synthesize';
import { describeWithProgram, runProgram } from './program';

// A scanner that parses nothing of a stack says so on one line and ends with 0.

/** No copy in another region, nobody notified of each object. */
const FOUND_ANYWHERE = ['CKV2_AWS_62', 'CKV_AWS_144'];
const NO_KEY_OF_KMS = 'CKV_AWS_145';
const PUBLIC_ACLS = ['CKV2_AWS_6', 'CKV_AWS_53'];
const FEWEST_PASSED = 20;

interface Check {
  readonly check_id: string;
  readonly file_path: string;
}

interface Report {
  readonly results: Readonly<Record<'passed_checks' | 'failed_checks', readonly Check[]>>;
  readonly summary: { readonly parsing_errors: number };
}

const FOLDER = mkdtempSync(join(tmpdir(), 'checkov-'));

afterAll(() => rmSync(FOLDER, { recursive: true }));

describeWithProgram('checkov', () => {
  let report: Report;

  beforeAll(async () => {
    const { signal } = new AbortController();
    const base = { root: ROOT, environmentsFolder: EXAMPLES, names: [], env: process.env, signal };
    const [stack] = await synthesize({ ...base, outFolder: FOLDER });
    const stacks = dirname(stack?.folder ?? '');
    cpSync(join(stacks, 'aws-kms'), join(stacks, 'open'), { recursive: true });
    alterStackFile(join(stacks, 'open', 'cdk.tf.json'), (resources) => {
      const { backup } = resources.aws_s3_bucket_public_access_block ?? {};
      if (backup !== undefined) backup.block_public_acls = false;
    });
    const args = ['--directory', stacks, '--framework', 'terraform_json', '--output', 'json', '--skip-download'];
    const { stdout } = await runProgram('checkov', args, { env: { HOME: FOLDER } });
    report = JSON.parse(stdout);
  });

  const checksOf = (name: string, result: keyof Report['results']) =>
    report.results[result].filter(({ file_path: file }) => dirname(file) === `/${name}`).map(({ check_id: id }) => id);

  test.each([
    { name: 'aes-256', found: [...FOUND_ANYWHERE, NO_KEY_OF_KMS] },
    { name: 'aws-kms', found: FOUND_ANYWHERE },
    { name: 'open', found: [...FOUND_ANYWHERE, ...PUBLIC_ACLS] },
  ])('reads the whole stack $name and finds $found', ({ name, found }) => {
    expect(report.summary.parsing_errors).toBe(0);
    expect(checksOf(name, 'failed_checks').sort()).toEqual([...found].sort());
    expect(checksOf(name, 'passed_checks').length).toBeGreaterThan(FEWEST_PASSED);
  });
});
