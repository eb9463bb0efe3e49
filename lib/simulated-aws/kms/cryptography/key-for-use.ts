import type { EncryptionContext } from '../../../request-model';
import { type Input, requiredString, stringMap } from '../../service/json-parameters';
import type { Call } from '../../service/service';
import type { KmsKey } from '../../state/services/kms-state';
import { authorizeKeyUse } from '../access/key-use';
import { presentedGrants } from '../grants/grant-tokens';
import { endDryRun } from '../request/dry-run';
import { findKey } from '../request/key-identifier';

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
