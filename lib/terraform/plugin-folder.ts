import { rm, symlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { makeFolder } from '../make-folder';
import { type ProviderMirror, REGISTRY_HOSTS } from './provider-mirror';
import { AWS_PROVIDER } from './provider-requirement';
import type { Product } from './terraform-binary';

/**
 * The folder for `init -plugin-dir`.
 *
 * A mirror of the other product's registry is linked under this product's host name, inside `.terraform`, where it
 * lives as long as what was installed from it.
 */
export async function pluginFolder(mirror: ProviderMirror, product: Product, workingFolder: string): Promise<string> {
  const host = REGISTRY_HOSTS[product];
  if (mirror.host === host) {
    return resolve(mirror.folder);
  }
  const linked = resolve(workingFolder, '.terraform', 'provider-mirror');
  for (const name of mirror.packages) {
    // Terraform follows a link only where the package itself should be.
    const target = resolve(mirror.folder, mirror.host, AWS_PROVIDER.source, name);
    await replaceLink(target, join(linked, host, AWS_PROVIDER.source, name));
  }
  return linked;
}

async function replaceLink(target: string, link: string): Promise<void> {
  makeFolder(dirname(link));
  await rm(link, { force: true, recursive: true });
  await symlink(target, link);
}
