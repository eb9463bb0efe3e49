import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ToolkitError } from '../lib/errors';
import { parseStrictJson } from '../lib/json-shape';

/** npm's list of every package, with its version and its licence. */
const LOCK = 'package-lock.json';
const FIX = `Take it from the revision of the other files (in Git: git checkout ${LOCK}), and run npm ci`;

/**
 * What a folder of the project must hold, so that the file for Vault hosts can be built in it.
 *
 * @returns path of the lock
 * @throws {ToolkitError} `NoPackageLock`, `BadPackageLock`, `NotInstalled`
 */
export function requireVerifierNeeds(
  root: string,
  resolvePackage: (name: string) => unknown = require.resolve,
): string {
  const lock = join(root, LOCK);
  if (!existsSync(lock))
    throw new ToolkitError(
      'NoPackageLock',
      `'${lock}' must be there, from which the SBOM of the file for Vault hosts is made, got: no such file\n${FIX}`,
    );
  requireLock(lock);
  try {
    resolvePackage('esbuild');
  } catch (cause) {
    throw new ToolkitError(
      'NotInstalled',
      "'esbuild' must be installed, which makes the file for Vault hosts, got: no such package\n" +
        'Run npm ci without --omit=dev, or take the file from a package of vault-env, which carries it',
      { cause },
    );
  }
  return lock;
}

function requireLock(lock: string): void {
  const got = whatIsWrong(lock);
  if (got === undefined) return;
  throw new ToolkitError('BadPackageLock', `'${lock}' must be the lock of npm 7 or later, got: ${got}\n${FIX}`);
}

function whatIsWrong(lock: string): string | undefined {
  try {
    const { packages } = Object(parseStrictJson(readFileSync(lock, 'utf8')));
    return typeof packages === 'object' && packages !== null ? undefined : 'no packages';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
