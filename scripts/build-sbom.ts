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
  const sbom = packageSbom();
  write(join(folder, 'sbom.cdx.json'), sbom);
  write(`${verifier.file}.cdx.json`, verifierSbom(sbom, verifier));
}

function packageSbom(): Sbom {
  const npm = process.env.npm_execpath;
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
  const [program, before] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  const text = execFileSync(program, [...before, ...args], { cwd: ROOT, encoding: 'utf8', maxBuffer: 1e8 });
  const { serialNumber: _, metadata, ...sbom }: Sbom = JSON.parse(text);
  const { timestamp: __, component, ...rest } = metadata;
  // npm takes the name of the folder for that of the package; and what is said of a run is another in each.
  const named = { ...sbom, metadata: { ...rest, component: { ...component, name: ownName } } };
  // `--omit=dev` would leave out what both the package and its development ask for.
  return onlyWith(named, (one) => !one.properties?.some(({ name }) => name === 'cdx:npm:package:development'));
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
