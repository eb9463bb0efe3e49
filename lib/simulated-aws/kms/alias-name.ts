import { kmsError, validationError } from './key-errors';

const maxLength = 256;

/**
 * An alias name that a customer may create or change.
 *
 * @throws {AwsError} `ValidationException`, `InvalidAliasNameException`, `NotAuthorizedException` for `alias/aws/…`
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html
 */
export function requireAliasName(name: string): string {
  if (!name.startsWith('alias/')) {
    throw validationError('Alias must start with the prefix "alias/".');
  }
  if (name.startsWith('alias/aws/')) {
    throw kmsError('NotAuthorizedException', 'The prefix "alias/aws/" is reserved for AWS managed keys.');
  }
  if (name.length > maxLength || !/^alias\/[a-zA-Z0-9/_-]+$/.test(name)) {
    throw kmsError('InvalidAliasNameException', `${name} contains invalid characters for an alias`);
  }
  return name;
}
