import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { synthesize } from '../../lib/synthesis/synthesize';
import { ROOT } from '../e2e/run-vault-env';
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

describeWithProgram('checkov', () => {
  let stacks: string;

  beforeAll(async () => {
    const { signal } = new AbortController();
    const base = { root: ROOT, environmentsFolder: EXAMPLES, names: [], env: process.env, signal };
    const [stack] = await synthesize({ ...base, outFolder: FOLDER });
    stacks = dirname(stack?.folder ?? '');
    cpSync(join(stacks, 'aws-kms'), join(stacks, 'open'), { recursive: true });
    alterStackFile(join(stacks, 'open', 'cdk.tf.json'), (resources) => {
      const { backup } = resources.aws_s3_bucket_public_access_block ?? {};
      if (backup !== undefined) backup.block_public_acls = false;
    });
  });

  /** One stack at a time: of several it joins resources of one address. */
  async function scan(name: string): Promise<Report> {
    const args = ['--directory', join(stacks, name), '--framework', 'terraform_json', '--output', 'json'];
    const { stdout } = await runProgram('checkov', [...args, '--skip-download'], { env: { HOME: FOLDER } });
    return JSON.parse(stdout);
  }

  test.each([
    { name: 'aes-256', found: [...FOUND_ANYWHERE, NO_KEY_OF_KMS] },
    { name: 'aws-kms', found: FOUND_ANYWHERE },
  ])('reads the whole stack $name and finds $found', async ({ name, found }) => {
    const { results, summary } = await scan(name);
    expect(results.failed_checks.map(({ check_id: id }) => id).sort()).toEqual([...found].sort());
    expect({ errors: summary.parsing_errors, isRead: results.passed_checks.length > FEWEST_PASSED }).toEqual({
      errors: 0,
      isRead: true,
    });
  });

  test('fails a stack whose block of public ACLs is open', async () => {
    const { results } = await scan('open');
    expect(results.failed_checks.map(({ check_id: id }) => id)).toEqual(expect.arrayContaining(PUBLIC_ACLS));
  });
});
