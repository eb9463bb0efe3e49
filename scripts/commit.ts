import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUILT_FOLDER } from './verifier-file';

/** The commit that the package was built from, kept beside the build. */
export const COMMIT_FILE = 'commit.txt';

/**
 * The commit that this package is of: Git's own word in a checkout, and what was written at the build in an installed one.
 * The file for Vault hosts has its own in place of this function.
 */
export function commitOf(root: string): string | undefined {
  if (existsSync(join(root, '.git'))) return askGit(root);
  const file = join(root, BUILT_FOLDER, COMMIT_FILE);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() || undefined : undefined;
}

function askGit(folder: string): string | undefined {
  const { status, stdout } = spawnSync('git', ASK_STATUS, {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const commit = /^# branch\.oid ([0-9a-f]{40})/m.exec(stdout ?? '')?.[1];
  if (status !== 0 || commit === undefined) return undefined;
  return DIFFERENCE.test(stdout) ? `${commit}-dirty` : commit;
}

/** `git describe` would walk the whole history for a tag. */
const ASK_STATUS = [
  '--no-optional-locks',
  'status',
  '--porcelain=v2',
  '--branch',
  '--no-ahead-behind',
  '--no-renames',
  '--untracked-files=no',
];

const DIFFERENCE = /^[^#\n]/m;
