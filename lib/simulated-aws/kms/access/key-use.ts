import { cryptographicContext, type EncryptionContext } from '../../../request-model';
import type { Call } from '../../service/service';
import type { Grant } from '../../state/services/grant';
import { type KmsKey, keyState } from '../../state/services/kms-state';
import { keyDisabled, keyOutOfReach, keyPendingDeletion } from '../request/key-errors';
import { type KeyReference, keyById } from '../request/key-identifier';
import { authorizeKey, type ConditionKeys, callerName } from './key-access';

/** A cryptographic operation that is about to use a key. */
export interface KeyUse {
  /** `kms:…` */
  readonly action: string;
  readonly encryptionContext: EncryptionContext;
  /** Grants whose tokens came with the request. */
  readonly presentedGrants?: readonly Grant[];
  /** Condition keys of the service that asks on the caller's behalf. */
  readonly context?: ConditionKeys;
}

/**
 * The key, once the caller may use it in this way and its state permits it.
 *
 * @throws {AwsError} `AccessDeniedException`, `DisabledException`, `KMSInvalidStateException`
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
 */
export function authorizeKeyUse(call: Call, reference: KeyReference, use: KeyUse): KmsKey {
  const context = { ...cryptographicContext(use.encryptionContext), ...use.context };
  const key = authorizeKey(call, reference, { ...use, context });
  requireEnabled(key);
  return key;
}

/**
 * The key that a ciphertext names, as a reference.
 *
 * @throws {AwsError} `AccessDeniedException` when it is not there: KMS does not tell absent from forbidden here
 */
export function keyOfCiphertext(call: Call, keyId: string, action = 'kms:Decrypt'): KeyReference {
  const key = keyById(call.account, keyId);
  if (key === undefined) {
    const request = { caller: callerName(call), action };
    throw keyOutOfReach(request, 'the resource associated with this ciphertext');
  }
  return { kind: 'key', key };
}

/** @throws {AwsError} `DisabledException`, `KMSInvalidStateException` */
export function requireEnabled(key: KmsKey): void {
  if (keyState(key) === 'Disabled') {
    throw keyDisabled(key);
  }
  requireNotPendingDeletion(key);
}

/** @throws {AwsError} `KMSInvalidStateException` */
export function requireNotPendingDeletion(key: KmsKey): void {
  if (keyState(key) === 'PendingDeletion') {
    throw keyPendingDeletion(key);
  }
}
