import { statSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { VERIFIER_FILE } from '../lib/backup-environment/settings-sheet';
import { makeFolder } from '../lib/make-folder';
import { buildSboms } from './build-sbom';
import { COMMIT_FILE, commitOf } from './commit';
import { BUILT_FOLDER, sha256OfFile } from './verifier-file';
import { requireVerifierNeeds } from './verifier-needs';

const ROOT = join(__dirname, '..');

/**
 * Builds what the package carries beside its sources: the file for Vault hosts, its sum, licences and SBOM, and the SBOM of
 * the package itself.
 *
 * @returns path of the file for Vault hosts
 * @throws {ToolkitError} as `requireVerifierNeeds`; `SbomFailed`; the reason of the signal
 */
export async function buildPackage(folder: string, signal?: AbortSignal): Promise<string> {
  requireVerifierNeeds(ROOT);
  // It needs esbuild, which is loaded with it.
  const { buildVerify } = require('./build-verify') as typeof import('./build-verify');
  makeFolder(folder);
  const verifier = await buildVerify(folder);
  signal?.throwIfAborted();
  writeFileSync(`${verifier.file}.sha256`, `${sha256OfFile(verifier.file)}  ${VERIFIER_FILE}\n`);
  writeFileSync(join(folder, COMMIT_FILE), `${commitOf(ROOT) ?? ''}\n`);
  await buildSboms(folder, verifier, signal);
  return verifier.file;
}

if (require.main === module) {
  void buildPackage(resolve(BUILT_FOLDER)).then((file) => {
    process.stdout.write(`${relative('', file)} (${(statSync(file).size / 1_000_000).toFixed(1)} MB)\n`);
  });
}
