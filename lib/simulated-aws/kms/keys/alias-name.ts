import { MOST_OF_ALIAS } from '../../../iam';
import type { AccountState } from '../../state/account-state';
import { aliasArn } from '../request/key-arn';
import { kmsError, validationError } from '../request/key-errors';

const PATTERN = '^[a-zA-Z0-9:/_-]+$';

/**
 * An alias name that a customer may create or change.
 *
 * @throws {AwsError} `ValidationException`, `InvalidAliasNameException`, `NotAuthorizedException` for `alias/aws/…`
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html
 */
export function requireAliasName(name: string): string {
  requireConstraint(
    name,
    name.length <= MOST_OF_ALIAS,
    `Member must have length less than or equal to ${MOST_OF_ALIAS}`,
  );
  requireConstraint(name, new RegExp(PATTERN).test(name), `Member must satisfy regular expression pattern: ${PATTERN}`);
  if (!name.startsWith('alias/')) {
    throw validationError('Alias must start with the prefix "alias/".');
  }
  if (name.startsWith('alias/aws/')) {
    throw kmsError('NotAuthorizedException', 'The prefix "alias/aws/" is reserved for AWS managed keys.');
  }
  if (name === 'alias/' || name.includes(':')) {
    throw kmsError('InvalidAliasNameException', `${name} contains invalid characters for an alias`);
  }
  return name;
}

function requireConstraint(name: string, holds: boolean, constraint: string): void {
  if (holds) return;
  throw validationError(
    `1 validation error detected: Value '${name}' at 'aliasName' failed to satisfy constraint: ${constraint}`,
  );
}

/** Gives a key of the account an alias as if it had always had it. */
export function importAlias(account: AccountState, name: string, targetKeyId: string): void {
  const now = account.now();
  account.kms.aliases.set(name, { name, arn: aliasArn(account, name), targetKeyId, createdAt: now, updatedAt: now });
}
