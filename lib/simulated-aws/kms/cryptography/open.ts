import type { EncryptionContext } from '../../../request-model';
import type { Call } from '../../service/service';
import type { Grant } from '../../state/services/grant';
import type { KmsKey } from '../../state/services/kms-state';
import { authorizeKeyUse, type KeyUse, keyOfCiphertext } from '../access/key-use';
import { kmsError } from '../request/key-errors';
import { findKey } from '../request/key-identifier';
import { decrypt, keyIdOf } from './ciphertext';

/** A ciphertext, and what a request says of it. */
export interface Sealed {
  readonly blob: Buffer;
  readonly encryptionContext: EncryptionContext;
  /** Must agree with the key that the ciphertext names. */
  readonly keyIdentifier: string | undefined;
  readonly presentedGrants: readonly Grant[];
}

/** A ciphertext that was opened. */
export interface Opened {
  readonly key: KmsKey;
  readonly plaintext: Buffer;
}

/**
 * Opens a ciphertext under the key that it names, once the caller may use the key in this way.
 *
 * @throws {AwsError} `InvalidCiphertextException`, `IncorrectKeyException`, `AccessDeniedException`,
 *   `DisabledException`, `KMSInvalidStateException`, `NotFoundException`
 */
export function open(call: Call, sealed: Sealed, use: Pick<KeyUse, 'action' | 'context'>): Opened {
  const key = keyForOpening(call, sealed, use);
  const { blob, encryptionContext } = sealed;
  const plaintext = decrypt({ keyId: key.keyId, keyMaterial: key.material.bytes, encryptionContext }, blob);
  if (plaintext === undefined) {
    throw invalidCiphertext();
  }
  return { key, plaintext };
}

function keyForOpening(
  call: Call,
  { blob, encryptionContext, keyIdentifier, presentedGrants }: Sealed,
  use: Pick<KeyUse, 'action' | 'context'>,
): KmsKey {
  const keyId = keyIdOf(blob);
  if (keyId === undefined) {
    throw invalidCiphertext();
  }
  const reference =
    keyIdentifier === undefined ? keyOfCiphertext(call, keyId, use.action) : findKey(call.account, keyIdentifier);
  const key = authorizeKeyUse(call, reference, { ...use, encryptionContext, presentedGrants });
  if (key.keyId !== keyId) {
    throw kmsError(
      'IncorrectKeyException',
      'The key ID in the request does not identify a CMK that can perform this operation.',
    );
  }
  return key;
}

function invalidCiphertext(): Error {
  return kmsError('InvalidCiphertextException', 'The ciphertext is not valid for this key and encryption context.');
}
