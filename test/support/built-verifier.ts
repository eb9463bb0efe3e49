import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BuiltVerifier, buildVerify } from '../../scripts/build-verify';

/** Where `keep-stacks.cjs` has this run of jest keep what it made. */
const { VAULT_ENV_TEST_STACKS: kept } = process.env;
const NOTE = 'built.json';

/** The file for Vault hosts in the folder, and its licences; built once in a run of all tests. */
export async function builtVerifier(folder: string): Promise<BuiltVerifier> {
  if (kept === undefined) return buildVerify(folder);
  const place = join(kept, 'verifier');
  if (!existsSync(place)) await keepVerifier(place);
  const { name, packageFolders } = JSON.parse(readFileSync(join(place, NOTE), 'utf8'));
  cpSync(place, folder, { recursive: true, filter: (path) => !path.endsWith(NOTE) });
  return { file: join(folder, name), packageFolders };
}

/** Put into place whole, because other workers read it. */
async function keepVerifier(place: string): Promise<void> {
  const half = `${place}.${process.pid}`;
  mkdirSync(half);
  const { file, packageFolders } = await buildVerify(half);
  writeFileSync(join(half, NOTE), JSON.stringify({ name: file.slice(half.length + 1), packageFolders }));
  try {
    renameSync(half, place);
  } catch (error) {
    // Another worker was faster.
    if (!existsSync(place)) throw error;
    rmSync(half, { recursive: true });
  }
}
