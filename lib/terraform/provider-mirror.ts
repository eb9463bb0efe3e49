import { readdir } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { AWS_PROVIDER, satisfiesConstraint } from './provider-requirement';

/** Host names that a mirror files the provider under: Terraform's registry, OpenTofu's. */
export const REGISTRY_HOSTS = { Terraform: 'registry.terraform.io', OpenTofu: 'registry.opentofu.org' } as const;

/** A folder that Terraform can install the AWS provider from. */
export interface ProviderMirror {
  readonly folder: string;
  /** The registry that it stands for. */
  readonly host: string;
  /** Fitting versions below `<host>/hashicorp/aws`: a zip file, or a folder such as `5.100.0/linux_amd64`. */
  readonly packages: readonly string[];
}

const operatingSystems: Readonly<Record<string, string>> = { win32: 'windows' };
const architectures: Readonly<Record<string, string>> = { x64: 'amd64', ia32: '386' };

/** This machine in the words of Terraform, for example `linux_amd64`. */
export function terraformPlatform(): string {
  return `${operatingSystems[platform()] ?? platform()}_${architectures[arch()] ?? arch()}`;
}

/**
 * The mirror in this folder, when it holds a fitting provider for this machine, packed (zip) or unpacked.
 *
 * @param hosts registries to look for, the best one first
 * @see https://developer.hashicorp.com/terraform/cli/config/config-file#filesystem_mirror
 */
export async function mirrorIn(folder: string, hosts: readonly string[]): Promise<ProviderMirror | undefined> {
  for (const host of hosts) {
    const packages = await fittingPackages(join(folder, host, AWS_PROVIDER.source));
    if (packages.length > 0) {
      return { folder, host, packages };
    }
  }
  return undefined;
}

/** Names in a folder; none when it cannot be read. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}

function isFittingPackage(name: string): boolean {
  const suffix = `_${terraformPlatform()}.zip`;
  const prefix = 'terraform-provider-aws_';
  return (
    name.startsWith(prefix) && name.endsWith(suffix) && satisfiesConstraint(name.slice(prefix.length, -suffix.length))
  );
}

/** Whether this is the folder of a fitting version, with the provider's program in it. */
async function isFittingVersion(providerFolder: string, version: string): Promise<boolean> {
  if (!satisfiesConstraint(version)) {
    return false;
  }
  const programs = await namesIn(join(providerFolder, version, terraformPlatform()));
  return programs.some((name) => name.startsWith('terraform-provider-aws'));
}

async function fittingPackages(providerFolder: string): Promise<readonly string[]> {
  const packages: string[] = [];
  for (const name of await namesIn(providerFolder)) {
    if (isFittingPackage(name)) {
      packages.push(name);
    } else if (await isFittingVersion(providerFolder, name)) {
      packages.push(join(name, terraformPlatform()));
    }
  }
  return packages;
}
