import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ToolkitError } from '../../lib/errors';
import { findTerraform, locateProvider } from '../../lib/terraform';

const NOT_HERE: ReadonlySet<string> = new Set(['TerraformNotFound', 'ProviderNotFound']);

/** Tells the end-to-end tests why they cannot run here, if they cannot: no Terraform, or no provider to be had. */
export default async function findProvider(): Promise<void> {
  // A tenth of the provider's time went into collecting garbage while it reads its schemas.
  process.env.GOGC ??= '400';
  const folder = mkdtempSync(join(tmpdir(), 'find-provider-'));
  try {
    const binary = await findTerraform(process.env);
    // Found once, the provider need not be looked for by each test.
    Object.assign(process.env, (await locateProvider({ binary, folder, env: process.env })).env);
  } catch (error) {
    // Anything else is a defect of the search, which must not hide behind skipped tests.
    if (!(error instanceof ToolkitError) || !NOT_HERE.has(error.code)) throw error;
    process.env.VAULT_ENV_E2E_SKIPPED = `${error.code}: ${error.message.split('\n')[0]}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
