import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ToolkitError } from '../../lib/errors';
import { findTerraform, locateProvider } from '../../lib/terraform';

/** Tells the end-to-end tests why they cannot run here, if they cannot: no Terraform, or no provider to be had. */
export default async function findProvider(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'find-provider-'));
  try {
    const binary = await findTerraform(process.env);
    // Found once, the provider need not be looked for by each test.
    Object.assign(process.env, (await locateProvider({ binary, folder, env: process.env })).env);
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error;
    process.env.VAULT_ENV_E2E_SKIPPED = `${error.code}: ${error.message.split('\n')[0]}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
