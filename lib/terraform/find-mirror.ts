import type { ProcessEnvironment } from '../process-environment';
import { foldersBelow, impliedMirrorFolders } from './mirror-folders';
import { mirrorIn, type ProviderMirror, REGISTRY_HOSTS } from './provider-mirror';
import type { Product } from './terraform-binary';

/** Where to look for a provider on this machine. */
export interface MirrorSearch {
  readonly env: ProcessEnvironment;
  readonly product: Product;
  /** The folder that Terraform runs in. */
  readonly folder: string;
  readonly optionalSoftwareFolders: readonly string[];
}

/** The first mirror on this machine that holds a fitting AWS provider. */
export async function findMirror(search: MirrorSearch): Promise<ProviderMirror | undefined> {
  const hosts = hostsFor(search.product);
  for (const folder of impliedMirrorFolders(search.env, search.folder)) {
    const mirror = await mirrorIn(folder, hosts);
    if (mirror !== undefined) {
      return mirror;
    }
  }
  for await (const folder of foldersBelow(search.optionalSoftwareFolders)) {
    const mirror = await mirrorIn(folder, hosts);
    if (mirror !== undefined) {
      return mirror;
    }
  }
  return undefined;
}

/** The registry of the product first; the other one has the same provider. */
export function hostsFor(product: Product): readonly string[] {
  const other = product === 'Terraform' ? 'OpenTofu' : 'Terraform';
  return [REGISTRY_HOSTS[product], REGISTRY_HOSTS[other]];
}
