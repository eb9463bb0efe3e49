import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { VERIFIER_FILE } from '../lib/backup-environment/settings-sheet';
import { name as ownName, version as ownVersion } from '../package.json';
import type { BuiltVerifier } from './build-verify';
import { sha256OfFile } from './verifier-file';

const ROOT = join(__dirname, '..');
const OWN_REF = `${ownName}@${ownVersion}`;

interface Component {
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
  readonly purl?: string;
  readonly licenses?: readonly unknown[];
  readonly properties?: readonly { readonly name: string; readonly value: string }[];
}

/** A software bill of materials. @see https://cyclonedx.org/docs/1.5/json/ */
interface Sbom {
  readonly serialNumber?: string;
  readonly metadata: { readonly timestamp?: string; readonly component: Component };
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[];
}

/** Writes what the package depends on, and what of it is in the file for Vault hosts, as CycloneDX. */
export function buildSboms(folder: string, verifier: BuiltVerifier): void {
  const sbom = wholeSbom();
  write(join(folder, 'sbom.cdx.json'), onlyWith(sbom, isInstalled));
  write(`${verifier.file}.cdx.json`, verifierSbom(sbom, verifier));
}

/** Components of the package and of its development, some of which may be in the file for Vault hosts. */
function wholeSbom(): Sbom {
  const npm = process.env.npm_execpath;
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
  const [program, before] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  const text = execFileSync(program, [...before, ...args], { cwd: ROOT, encoding: 'utf8', maxBuffer: 1e8 });
  const { serialNumber: _, metadata, ...sbom }: Sbom = JSON.parse(text);
  const { timestamp: __, component, ...rest } = metadata;
  // npm takes the name of the folder for that of the package; and what is said of a run is another in each.
  const named = { ...sbom, metadata: { ...rest, component: { ...component, name: ownName } } };
  const locked = lockedPackages();
  return { ...named, components: named.components.map((one) => asLocked(one, locked.get(one['bom-ref']))) };
}

/** A package of the lock, at one of its places or several. */
interface LockedPackage {
  readonly name: string;
  readonly license: string | undefined;
  /** Whether it is there for the development of this package alone, at each of its places. */
  readonly isForDevelopment: boolean;
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

function lockedPackages(): ReadonlyMap<string, LockedPackage> {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  const found = new Map<string, LockedPackage>();
  for (const [path, { name = nameIn(path), version, license, dev = false }] of Object.entries<LockEntry>(packages)) {
    const isForDevelopment = dev && found.get(`${name}@${version}`)?.isForDevelopment !== false;
    found.set(`${name}@${version}`, { name, license, isForDevelopment });
  }
  return found;
}

interface LockEntry {
  /** Only where the folder has another one. */
  readonly name?: string;
  readonly version: string;
  readonly license?: string;
  readonly dev?: boolean;
}

function nameIn(path: string): string {
  return path.split('node_modules/').at(-1) ?? path;
}

function isInstalled({ properties = [] }: Component): boolean {
  return !properties.some(({ name }) => name === DEVELOPMENT);
}

function verifierSbom(sbom: Sbom, { file, packageFolders }: BuiltVerifier): Sbom {
  const refs = new Set(packageFolders.map(refOf));
  const component = {
    ...sbom.metadata.component,
    name: VERIFIER_FILE,
    hashes: [{ alg: 'SHA-256', content: sha256OfFile(file) }],
  };
  return onlyWith({ ...sbom, metadata: { ...sbom.metadata, component } }, (one) => refs.has(one['bom-ref']));
}

function refOf(folder: string): string {
  const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return `${name}@${version}`;
}

function onlyWith(sbom: Sbom, isWanted: (component: Component) => boolean): Sbom {
  const components = sbom.components.filter(isWanted);
  const refs = new Set([OWN_REF, ...components.map((component) => component['bom-ref'])]);
  const dependencies = sbom.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((one) => refs.has(one)) }));
  return { ...sbom, components, dependencies };
}

function write(file: string, sbom: Sbom): void {
  writeFileSync(file, `${JSON.stringify(sbom, null, 2)}\n`);
}
