import { type Input, optionalString, requiredBytes, requiredString, stringMap } from '../../service/json-parameters';
import type { Call } from '../../service/service';
import { authorizeKeyUse } from '../access/key-use';
import { presentedGrants } from '../grants/grant-tokens';
import { findKey, type KeyReference } from '../request/key-identifier';
import { endDryRun, type Output, onlySimulated } from '../request/operation';
import { keyIdOf } from './ciphertext';
import { seal } from './key-for-use';
import { open } from './open';

/**
 * Permission is needed on both keys: `kms:ReEncryptFrom` on the source, `kms:ReEncryptTo` on the destination.
 *
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_ReEncrypt.html
 */
export function reEncrypt(call: Call, input: Input): Output {
  onlySimulated(input, 'SourceEncryptionAlgorithm', 'SYMMETRIC_DEFAULT');
  onlySimulated(input, 'DestinationEncryptionAlgorithm', 'SYMMETRIC_DEFAULT');
  const grants = presentedGrants(call.account, input);
  const sealed = {
    blob: requiredBytes(input, 'CiphertextBlob', 6144),
    encryptionContext: stringMap(input, 'SourceEncryptionContext'),
    keyIdentifier: optionalString(input, 'SourceKeyId'),
    presentedGrants: grants,
  };
  const destination = findKey(call.account, requiredString(input, 'DestinationKeyId'));
  const encryptionContext = stringMap(input, 'DestinationEncryptionContext');
  const context = { 'kms:ReEncryptOnSameKey': String(isSameKey(sealed.blob, destination)) };
  const source = open(call, sealed, { action: 'kms:ReEncryptFrom', context });
  const use = { action: 'kms:ReEncryptTo', encryptionContext, presentedGrants: grants, context };
  const key = authorizeKeyUse(call, destination, use);
  endDryRun(input);
  return {
    CiphertextBlob: seal(call.account, { key, encryptionContext }, source.plaintext),
    SourceKeyId: source.key.arn,
    KeyId: key.arn,
    SourceEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    DestinationEncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
    SourceKeyMaterialId: source.key.material.id,
    DestinationKeyMaterialId: key.material.id,
  };
}

function isSameKey(blob: Buffer, destination: KeyReference): boolean {
  return destination.kind === 'key' && destination.key.keyId === keyIdOf(blob);
}
