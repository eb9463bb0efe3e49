import type { ProcessEnvironment } from '../process-environment';
import { findMirror, hostsFor } from './find-mirror';
import { optionalSoftwareFolders } from './mirror-folders';
import { mirrorIn, registryHosts } from './provider-mirror';
import { mirrorVariable } from './provider-not-found';
import type { Product } from './terraform-binary';

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
  const registry = registryHosts[product];
  const named = env[mirrorVariable];
  const mirror = named
    ? await mirrorIn(named, hostsFor(product))
    : await findMirror({ env, product, folder, optionalSoftwareFolders });
  return { registry, ...(mirror && { folder: mirror.folder }) };
}
