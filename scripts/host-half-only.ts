import type { BackupEnvironment } from '../lib/backup-environment';
import { UsageError } from '../lib/errors';
import type { Verification } from '../lib/verify/result/verification';
import { isAsOperator, type OperatorChoice } from './operator-choice';

export { isAsOperator, type OperatorChoice };

/**
 * Stands for the operator's half in the file for the Vault host, which does not carry what that half compares with.
 *
 * @throws {UsageError} `OperatorNotHere`
 */
export async function verifyConfigAsOperator(config: BackupEnvironment): Promise<Verification> {
  throw new UsageError(
    'OperatorNotHere',
    `'--as operator' must be run from the package, beside the stack of '${config.environment}', got: the file for the Vault host\n` +
      'Run npm run -s vault-env -- verify <config> --as operator there',
  );
}
