import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ToolkitError } from '../../lib/errors';
import { findTerraform, locateProvider } from '../../lib/terraform';
import { quickMirror } from '../support/quick-provider/quick-mirror';

const NOT_HERE: ReadonlySet<string> = new Set(['TerraformNotFound', 'ProviderNotFound']);

/** Tells the end-to-end tests why they cannot run here, if they cannot: no Terraform, or no provider to be had. */
export default async function findProvider(): Promise<void> {
  // Two projects ask for it in one process.
  if (process.env.VAULT_ENV_WHOLE_PROVIDER !== undefined) return;
  // A tenth of the provider's time went into collecting garbage while it reads its schemas.
  process.env.GOGC ??= '400';
  const folder = mkdtempSync(join(tmpdir(), 'find-provider-'));
  try {
    const binary = await findTerraform(process.env);
    // Found once, the provider need not be looked for by each test.
    const { source, env } = await locateProvider({ binary, folder, env: process.env });
    Object.assign(process.env, env);
    if (source.kind === 'mirror') await useQuickProvider(source.folder, folder);
  } catch (error) {
    // Anything else is a defect of the search, which must not hide behind skipped tests.
    if (!(error instanceof ToolkitError) || !NOT_HERE.has(error.code)) throw error;
    process.env.VAULT_ENV_E2E_SKIPPED = `${error.code}: ${error.message.split('\n')[0]}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const PROGRAM = /[/\\]terraform-provider-aws[^/\\]*$/;

/** Only a provider that lies unpacked in its mirror stays where it is. What asks for the whole one finds it still. */
async function useQuickProvider(mirror: string, initialized: string): Promise<void> {
  const installed = readdirSync(initialized, { recursive: true, encoding: 'utf8' }).find((file) => PROGRAM.test(file));
  const program = installed && realpathSync(join(initialized, installed));
  if (!program?.startsWith(realpathSync(mirror))) return;
  Object.assign(process.env, {
    VAULT_ENV_WHOLE_PROVIDER: mirror,
    VAULT_ENV_PROVIDER_MIRROR: quickMirror(mirror, program),
    TF_DISABLE_PLUGIN_TLS: '1',
    VAULT_ENV_KEPT_PROVIDERS: await keepProviders(),
  });
}

const KEEPER = join(__dirname, '..', 'support', 'quick-provider', 'keep.cjs');

/** The port of a process that keeps providers until this one ends. */
async function keepProviders(): Promise<string> {
  const keeper = spawn(process.execPath, [KEEPER], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [port] = await once(keeper.stdout, 'data');
  keeper.unref();
  for (const pipe of [keeper.stdin, keeper.stdout]) (pipe as Socket).unref();
  return String(port).trim();
}
