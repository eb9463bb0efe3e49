import { type Input, requiredString } from '../../service/json-parameters';
import type { Call } from '../../service/service';
import type { AccountState } from '../../state/account-state';
import type { KmsKey } from '../../state/services/kms-state';
import { ownerOf } from '../request/key-arn';
import { notFound } from '../request/key-errors';
import { findKey } from '../request/key-identifier';
import { authorizeKey, type KeyAccess } from './key-access';

/**
 * The key that `KeyId` names by its id or ARN, once the caller may do this to it.
 *
 * @throws {AwsError} `NotFoundException` (also for an alias, which these operations do not take), `AccessDeniedException`
 */
export function requestedKey(call: Call, input: Input, access: KeyAccess): KmsKey {
  return authorizedKey(call, requiredString(input, 'KeyId'), access);
}

/** As {@link requestedKey}, for a key that another parameter names. */
export function authorizedKey(call: Call, identifier: string, access: KeyAccess): KmsKey {
  if (/^(arn:.*:)?alias\//.test(identifier)) {
    throw notFound(`Invalid keyId ${identifier}`);
  }
  return authorizeKey(call, findKey(call.account, identifier), access);
}

/** Replaces a key in the account that it is in. */
export function saveKey(account: AccountState, key: KmsKey): void {
  ownerOf(account, key).kms.keys.set(key.keyId, key);
}
