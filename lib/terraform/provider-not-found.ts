import { ToolkitError } from '../errors';
import { REGISTRY_HOSTS, terraformPlatform } from './provider-mirror';
import { AWS_PROVIDER } from './provider-requirement';
import type { Product } from './terraform-binary';

/** Names a folder to install the AWS provider from, without asking a registry. */
export const MIRROR_VARIABLE = 'VAULT_ENV_PROVIDER_MIRROR';

/** @param reason why the registry gave none, in one line */
export function providerNotFound(product: Product, reason: string): ToolkitError {
  const host = REGISTRY_HOSTS[product];
  const program = product === 'Terraform' ? 'terraform' : 'tofu';
  return new ToolkitError(
    'ProviderNotFound',
    `The provider '${AWS_PROVIDER.source}' (${AWS_PROVIDER.constraint}) for ${terraformPlatform()} must be in a registry or in a mirror folder, got: neither
${reason}

Do one of these:
  1. Give ${program} a way to ${host}: network access, or HTTPS_PROXY.
  2. On a machine with that access, run this in the folder of a synthesized stack, and copy the folder to this machine:
       ${program} providers mirror -platform=${terraformPlatform()} <folder>
     It is found as ~/.terraform.d/plugins, as /usr/local/share/terraform/plugins, or below /opt.
  3. Set ${MIRROR_VARIABLE} to a folder that holds ${host}/${AWS_PROVIDER.source}.`,
  );
}

/** {@link MIRROR_VARIABLE} names a folder that is no mirror of the provider. */
export function notAMirror(folder: string, product: Product): ToolkitError {
  return new ToolkitError(
    'ProviderNotFound',
    `'${MIRROR_VARIABLE}' must name a folder that holds ${REGISTRY_HOSTS[product]}/${AWS_PROVIDER.source} (${AWS_PROVIDER.constraint}) for ${terraformPlatform()}, got: '${folder}'
Correct it, make such a folder with 'terraform providers mirror', or unset it to use the registry.`,
  );
}
