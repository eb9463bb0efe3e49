import { join } from 'node:path';
import { runChild } from '../lib/child-process';
import { ToolkitError } from '../lib/errors';
import { name as ownName } from '../package.json';
import { type LockedPackage, lockedPackages } from './locked-packages';
import { requireVerifierNeeds } from './verifier-needs';

const ROOT = join(__dirname, '..');

export interface Component {
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
  readonly purl?: string;
  readonly licenses?: readonly unknown[];
  readonly properties?: readonly { readonly name: string; readonly value: string }[];
}

/** A software bill of materials. @see https://cyclonedx.org/docs/1.5/json/ */
export interface Sbom {
  readonly serialNumber?: string;
  readonly metadata: { readonly timestamp?: string; readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

/**
 * Components of the package and of its development, some of which may be in the file for Vault hosts.
 *
 * @throws {ToolkitError} as `requireVerifierNeeds`; `SbomFailed`
 */
export async function wholeSbom(signal?: AbortSignal): Promise<Sbom> {
  const locked = lockedPackages(requireVerifierNeeds(ROOT));
  const { serialNumber: _, metadata, ...sbom }: Sbom = JSON.parse(await askNpm(signal));
  const { timestamp: __, component, ...rest } = metadata;
  // npm takes the name of the folder for that of the package; and what is said of a run is another in each.
  const named = { ...sbom, metadata: { ...rest, component: { ...component, name: ownName } } };
  return { ...named, components: named.components.map((one) => asLocked(one, locked.get(one['bom-ref']))) };
}

const ASK_SBOM = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];

async function askNpm(signal: AbortSignal | undefined): Promise<string> {
  const npm = process.env.npm_execpath;
  const [program, before] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  const args = [...before, ...ASK_SBOM];
  const child = await runChild({ program, args, env: process.env, folder: ROOT, ...(signal && { signal }) });
  signal?.throwIfAborted();
  if (child.exitCode === 0) return child.stdout;
  throw new ToolkitError(
    'SbomFailed',
    `'npm ${ASK_SBOM.join(' ')}' must write an SBOM of '${ROOT}', got: exit code ${child.exitCode}\n${child.stderr}\n` +
      'Run npm ci, with the npm that comes with Node, so that lock and packages are those of package.json',
  );
}

const DEVELOPMENT = 'cdx:npm:package:development';

/**
 * npm tells of one place where a package is, which may be under another name or for development while another is not, and
 * leaves out a licence that SPDX has no id for, such as `Public Domain`.
 */
function asLocked(component: Component, locked: LockedPackage | undefined): Component {
  if (locked === undefined) return component;
  const { properties = [], licenses = [], ...rest } = component;
  const { name, license, isForDevelopment } = locked;
  return {
    ...rest,
    name,
    ...(rest.purl !== undefined && { purl: purlOf(name, rest.version) }),
    properties: isForDevelopment ? properties : properties.filter((property) => property.name !== DEVELOPMENT),
    licenses: licenses.length === 0 && license !== undefined ? [{ license: { name: license } }] : licenses,
  };
}

/** @see https://github.com/package-url/purl-spec/blob/main/types-doc/npm-definition.md */
function purlOf(name: string, version: string): string {
  return `pkg:npm/${name.replace(/^@/, '%40')}@${version}`;
}

/** Whether it is there where the package is installed, and not for its development alone. */
export function isInstalled({ properties = [] }: Component): boolean {
  return !properties.some(({ name }) => name === DEVELOPMENT);
}
