import { type AccountPlace, requireAccountPlace } from '../lib/config/account-base';
import { UsageError } from '../lib/errors';

/** Takes the base of an account and region in place of environments. */
export const ACCOUNT_BASE = {
  type: 'string',
  array: true,
  nargs: 2,
  describe: 'Account and region whose base is taken, the bucket for their access logs, in place of environments',
} as const;

interface AccountBaseChoice {
  readonly accountBase?: readonly string[] | undefined;
  readonly names: readonly string[];
}

/** @throws {ToolkitError} `BadAccountBase`, `BadArguments` */
export function accountPlaceOf({ accountBase, names }: AccountBaseChoice): AccountPlace | undefined {
  if (accountBase === undefined) return undefined;
  if (names.length > 0)
    throw new UsageError(
      'BadArguments',
      `'--account-base' must be without environments, got: ${names.join(', ')}\nIt is a stack of its own`,
    );
  return requireAccountPlace(accountBase);
}
