import { rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ToolkitError } from '../errors';
import { makeFolder } from '../make-folder';
import type { ProcessEnvironment } from '../process-environment';
import { systemReason } from '../system-reason';
import { findMirror, hostsFor } from './find-mirror';
import type { ProviderSource } from './init';
import { optionalSoftwareFolders } from './mirror-folders';
import { mirrorIn, REGISTRY_HOSTS } from './provider-mirror';
import { MIRROR_VARIABLE } from './provider-not-found';
import { AWS_PROVIDER } from './provider-requirement';
import { createTerraform, type TerraformOptions } from './terraform';
import type { Product } from './terraform-binary';

/** Where to keep a provider that comes from a registry, and what else a run needs. */
interface LocateProviderOptions extends Omit<TerraformOptions, 'folder'> {
  /** An empty folder of its own. */
  readonly folder: string;
  /** A folder that outlives the run: the provider is hundreds of megabytes large. The user's own cache wins. */
  readonly cacheFolder?: string;
}

/** Where the provider is, and what to add to the environment so that later runs need not look for it. */
interface LocatedProvider {
  readonly source: ProviderSource;
  readonly env: ProcessEnvironment;
}

/**
 * Finds the AWS provider once, for several folders that need it.
 *
 * @throws {ToolkitError} `CannotWrite`, of the cache; `ProviderNotFound`, `TerraformInitFailed`, `TerraformInterrupted`
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#provider-plugin-cache
 */
export async function locateProvider(options: LocateProviderOptions): Promise<LocatedProvider> {
  const { folder } = options;
  makeFolder(folder);
  const aws = { source: AWS_PROVIDER.source, version: AWS_PROVIDER.constraint };
  await writeFile(join(folder, 'main.tf.json'), JSON.stringify({ terraform: { required_providers: { aws } } }));
  const cache = cacheEnvironment(options);
  const source = await createTerraform({ ...options, env: { ...options.env, ...cache } }).init();
  if (source.kind === 'mirror' && cache.TF_PLUGIN_CACHE_DIR && !options.env.TF_PLUGIN_CACHE_DIR)
    await rmdir(cache.TF_PLUGIN_CACHE_DIR).catch(() => undefined);
  return { source, env: source.kind === 'mirror' ? { [MIRROR_VARIABLE]: source.folder } : cache };
}

/**
 * Without a lock file Terraform takes nothing from a cache, unless it is told that it may. Told so, later runs only link
 * to what the first one put there: side by side they would otherwise download into one folder.
 */
function cacheEnvironment({ env, cacheFolder }: LocateProviderOptions): ProcessEnvironment {
  if (env[MIRROR_VARIABLE] || (cacheFolder === undefined && !env.TF_PLUGIN_CACHE_DIR)) return {};
  const folder = env.TF_PLUGIN_CACHE_DIR || cacheFolder || '';
  makeCache(folder);
  return { TF_PLUGIN_CACHE_DIR: folder, TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: 'true' };
}

/** @throws {ToolkitError} `CannotWrite` */
function makeCache(folder: string): void {
  try {
    makeFolder(folder);
  } catch (cause) {
    throw new ToolkitError(
      'CannotWrite',
      `'${folder}' must be a folder that can be made for the providers, got: ${systemReason(cause)}\nName another one with TF_PLUGIN_CACHE_DIR`,
      { cause },
    );
  }
}

/** Where a first run would get the AWS provider from. */
export interface ProviderAtHand {
  /** The mirror on this machine; missing when there is none. */
  readonly folder?: string;
  /** Host of the registry that is asked where there is no mirror. */
  readonly registry: string;
}

/** Looks for a fitting AWS provider on this machine. It runs nothing and asks nobody. */
export async function findProviderAtHand(
  env: ProcessEnvironment,
  product: Product,
  folder: string,
): Promise<ProviderAtHand> {
  const registry = REGISTRY_HOSTS[product];
  const named = env[MIRROR_VARIABLE];
  const mirror = named
    ? await mirrorIn(named, hostsFor(product))
    : await findMirror({ env, product, folder, optionalSoftwareFolders });
  return { registry, ...(mirror && { folder: mirror.folder }) };
}
