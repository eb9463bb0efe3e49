import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The version whose figures are the goals' starting point. */
export const REFERENCE_COMMIT = '535d26f';

/** Commands to run before peers and the earlier version can be measured. */
export const INSTALL_COMMAND = 'npm run bench:peers';

export const ROOT = join(__dirname, '..');
export const REFERENCE_FOLDER = join(ROOT, 'node_modules', '.cache', 'bench', REFERENCE_COMMIT);

/** Two checkouts of the project to measure side by side; the earlier one when it is installed. */
export interface Versions {
  readonly ours: string;
  readonly reference?: string;
}

export function findVersions(folder = REFERENCE_FOLDER): Versions {
  return existsSync(join(folder, 'node_modules')) ? { ours: ROOT, reference: folder } : { ours: ROOT };
}
