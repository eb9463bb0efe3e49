import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { VERIFIER_FILE } from '../lib/backup-environment/settings-sheet';
import { name as ownName, version as ownVersion } from '../package.json';
import type { BuiltVerifier } from './build-verify';
import { type Component, isInstalled, type Sbom, wholeSbom } from './npm-sbom';
import { sha256OfFile } from './verifier-file';

const OWN_REF = `${ownName}@${ownVersion}`;

/** Writes what the package depends on, and what of it is in the file for Vault hosts, as CycloneDX. */
export async function buildSboms(folder: string, verifier: BuiltVerifier, signal?: AbortSignal): Promise<void> {
  const sbom = await wholeSbom(signal);
  write(join(folder, 'sbom.cdx.json'), onlyWith(sbom, isInstalled));
  write(`${verifier.file}.cdx.json`, verifierSbom(sbom, verifier));
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
