import type { AccountState } from '../../state/account-state';
import { encrypt, INITIALIZATION_VECTOR_BYTES } from './ciphertext';
import type { KeyInUse } from './key-for-use';

/** The ciphertext blob of a plaintext, as Base64. */
export function seal(
  { randomBytes }: Pick<AccountState, 'randomBytes'>,
  { key, encryptionContext }: KeyInUse,
  plaintext: Buffer,
): string {
  const sealing = { keyId: key.keyId, keyMaterial: key.material.bytes, encryptionContext };
  return encrypt(sealing, plaintext, randomBytes(INITIALIZATION_VECTOR_BYTES)).toString('base64');
}
