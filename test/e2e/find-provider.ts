import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ToolkitError } from '../../lib/errors';
import { createTerraform, findTerraform } from '../../lib/terraform';

const CONFIGURATION = {
  terraform: { required_providers: { aws: { source: 'hashicorp/aws', version: '>= 5.100.0, < 7.0.0' } } },
};

/** Tells the end-to-end tests why they cannot run here, if they cannot: no Terraform, or no provider to be had. */
export default async function findProvider(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'find-provider-'));
  try {
    writeFileSync(join(folder, 'main.tf.json'), JSON.stringify(CONFIGURATION));
    const source = await createTerraform({ binary: await findTerraform(process.env), folder, env: process.env }).init();
    // Found once, the mirror need not be searched for again by each test.
    if (source.kind === 'mirror') process.env.VAULT_ENV_PROVIDER_MIRROR = source.folder;
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error;
    process.env.VAULT_ENV_E2E_SKIPPED = `${error.code}: ${error.message.split('\n')[0]}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
