import { UsageError } from '../lib/errors';

/**
 * Stands for the examination of a workstation in the file for the Vault host, where nothing is deployed from.
 *
 * @throws {UsageError} `WorkstationNotHere`
 */
export async function examineThisWorkstation(): Promise<never> {
  throw new UsageError(
    'WorkstationNotHere',
    "'--workstation' must be run from the package, got: the file for the Vault host\n" +
      'Run npm run -s vault-env -- doctor --workstation there',
  );
}
