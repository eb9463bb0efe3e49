import { type Input, optionalStrings } from '../../service/json-parameters';
import type { AccountState } from '../../state/account-state';
import type { Grant } from '../../state/services/grant';
import type { KmsKey } from '../../state/services/kms-state';
import { accountsInRegion } from '../request/key-arn';
import { kmsError, validationError } from '../request/key-errors';
import { currentKeys } from '../request/key-identifier';

/** The grant tokens of a request. */
const MAX_TOKENS = 10;

/** A grant and the key that it is on. */
export interface GrantOnKey {
  readonly key: KmsKey;
  readonly grant: Grant;
}

export function newGrantToken({ randomBytes }: Pick<AccountState, 'randomBytes'>): string {
  return randomBytes(120).toString('base64url');
}

/**
 * The grants that the request's tokens name.
 *
 * @throws {AwsError} `InvalidGrantTokenException`, `ValidationException` for more than ten
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/using-grant-token.html
 */
export function presentedGrants(account: AccountState, input: Input): readonly Grant[] {
  const tokens = optionalStrings(input, 'GrantTokens');
  if (tokens.length > MAX_TOKENS) {
    throw validationError(
      `1 validation error detected: Value at 'grantTokens' failed to satisfy constraint: Member must have length less than or equal to ${MAX_TOKENS}`,
    );
  }
  return tokens.map((token) => grantOfToken(account, token).grant);
}

/** @throws {AwsError} `InvalidGrantTokenException` */
export function grantOfToken(account: AccountState, token: string): GrantOnKey {
  const found = allGrants(account).find(({ grant }) => grant.tokens.includes(token));
  if (found === undefined) {
    throw kmsError('InvalidGrantTokenException', 'The grant token is not valid.');
  }
  return found;
}

/** Every grant on every key of every account in the region. */
export function allGrants(account: AccountState): readonly GrantOnKey[] {
  return accountsInRegion(account)
    .flatMap(currentKeys)
    .flatMap((key) => key.grants.map((grant) => ({ key, grant })));
}
