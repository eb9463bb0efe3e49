import type { ChildResult } from '../child-process';
import { errorBlock } from './error-block';
import { findMirror, hostsFor, type MirrorSearch } from './find-mirror';
import { pluginFolder } from './plugin-folder';
import { mirrorIn, type ProviderMirror } from './provider-mirror';
import { MIRROR_VARIABLE, notAMirror, providerNotFound } from './provider-not-found';
import { registryWatch } from './registry-watch';
import { runTerraform, type TerraformRun, terraformFailed } from './run-terraform';

const INIT_ARGS = ['init', '-input=false', '-no-color'];

/** How a failed init says that no provider could be had; anything else is a fault of the configuration. */
const providerFailure =
  /Failed to (query available provider packages|install provider|resolve provider packages)|provider registry|registry service/i;

/** Where the provider came from. */
export type ProviderSource =
  /** A registry, the user's own CLI configuration, or nowhere because none is needed. */
  { readonly kind: 'terraform' } | { readonly kind: 'mirror'; readonly folder: string };

/**
 * Initializes the folder: from {@link MIRROR_VARIABLE} when it is set, else as Terraform itself would, else from a mirror
 * on this machine.
 *
 * @throws {ToolkitError} `ProviderNotFound`, `TerraformInitFailed`, `TerraformInterrupted`
 * @see https://developer.hashicorp.com/terraform/cli/commands/init
 */
export async function initialize(run: TerraformRun, search: MirrorSearch): Promise<ProviderSource> {
  const named = search.env[MIRROR_VARIABLE];
  if (named) {
    return initFromMirror(run, await namedMirror(named, search));
  }
  const failure = await plainInit(run);
  if (failure === undefined) {
    return { kind: 'terraform' };
  }
  const mirror = await findMirror(search);
  if (mirror === undefined) {
    throw providerNotFound(run.binary.product, failure);
  }
  run.onOutput(`No provider from the registry; using the mirror '${mirror.folder}'.`);
  return initFromMirror(run, mirror);
}

async function namedMirror(folder: string, search: MirrorSearch): Promise<ProviderMirror> {
  const mirror = await mirrorIn(folder, hostsFor(search.product));
  if (mirror === undefined) {
    throw notAMirror(folder, search.product);
  }
  return mirror;
}

async function initFromMirror(run: TerraformRun, mirror: ProviderMirror): Promise<ProviderSource> {
  const folder = await pluginFolder(mirror, run.binary.product, run.folder);
  const args = [...INIT_ARGS, `-plugin-dir=${folder}`];
  // A cache would keep links into the mirror, which may be gone the next time.
  const { TF_PLUGIN_CACHE_DIR: _cache, ...env } = run.env;
  const result = await runTerraform({ ...run, env }, args);
  if (result.exitCode !== 0) {
    throw terraformFailed(run, { code: 'TerraformInitFailed', args, result });
  }
  return { kind: 'mirror', folder: mirror.folder };
}

/** Why no provider could be had, in one line; `undefined` after a success. */
async function plainInit(run: TerraformRun): Promise<string | undefined> {
  const watch = registryWatch(run);
  try {
    return withoutProvider(run, await runTerraform(watch.run, INIT_ARGS));
  } catch (error) {
    const reason = watch.gaveUp();
    if (reason === undefined || run.signal?.aborted) {
      throw error;
    }
    return reason;
  } finally {
    watch.stop();
  }
}

function withoutProvider(run: TerraformRun, result: ChildResult): string | undefined {
  if (result.exitCode === 0) {
    return undefined;
  }
  if (!providerFailure.test(result.stderr + result.stdout)) {
    throw terraformFailed(run, { code: 'TerraformInitFailed', args: INIT_ARGS, result });
  }
  return reasonOf(result);
}

/** Terraform's explanation, which follows the title of its error, as one line. */
function reasonOf(result: ChildResult): string {
  const [title = '', explanation = title] = errorBlock(result.stderr).split('\n\n');
  return explanation.replace(/\s+/g, ' ');
}
