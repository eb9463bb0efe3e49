import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VERIFIER_FILE } from '../lib/backup-environment/settings-sheet';

/** The built file, below the folder of this package: it comes with an installed one. */
export const BUILT_FOLDER = 'dist';

/** SHA-256 of the file for Vault hosts that stands in this package; `undefined` where none was built. */
export function verifierSha256(root: string): string | undefined {
  const file = join(root, BUILT_FOLDER, VERIFIER_FILE);
  return existsSync(file) ? sha256OfFile(file) : undefined;
}

export function sha256OfFile(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
