import type { EncryptionContext } from '../../../request-model';
import { type Input, requiredString, stringMap } from '../../service/json-parameters';
import type { Call } from '../../service/service';
import type { AccountState } from '../../state/account-state';
import type { KmsKey } from '../../state/services/kms-state';
import { authorizeKeyUse } from '../access/key-use';
import { presentedGrants } from '../grants/grant-tokens';
import { findKey } from '../request/key-identifier';
import { endDryRun } from '../request/operation';
import { encrypt, INITIALIZATION_VECTOR_BYTES } from './ciphertext';

/** A key that may be used, and the encryption context of the request. */
export interface KeyInUse {
  readonly key: KmsKey;
  readonly encryptionContext: EncryptionContext;
}

/**
 * The key that `KeyId` names, once the caller may use it in this way.
 *
 * @throws {AwsError} `AccessDeniedException`, `DisabledException`, `KMSInvalidStateException`, `NotFoundException`,
 *   `InvalidGrantTokenException`, `DryRunOperationException`
 */
export function keyForUse(call: Call, input: Input, action: string): KeyInUse {
  const encryptionContext = stringMap(input, 'EncryptionContext');
  const reference = findKey(call.account, requiredString(input, 'KeyId'));
  const grants = presentedGrants(call.account, input);
  const key = authorizeKeyUse(call, reference, { action, encryptionContext, presentedGrants: grants });
  endDryRun(input);
  return { key, encryptionContext };
}

/** The ciphertext blob of a plaintext, as Base64. */
export function seal(
  { randomBytes }: Pick<AccountState, 'randomBytes'>,
  { key, encryptionContext }: KeyInUse,
  plaintext: Buffer,
): string {
  const sealing = { keyId: key.keyId, keyMaterial: key.material.bytes, encryptionContext };
  return encrypt(sealing, plaintext, randomBytes(INITIALIZATION_VECTOR_BYTES)).toString('base64');
}
