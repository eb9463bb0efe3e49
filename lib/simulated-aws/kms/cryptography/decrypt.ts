import {
  type Input,
  optionalBoolean,
  optionalString,
  optionalStrings,
  requiredBytes,
  stringMap,
} from '../../service/json-parameters';
import type { Call } from '../../service/service';
import { presentedGrants } from '../grants/grant-tokens';
import { endDryRun, type Output, onlySimulated } from '../request/operation';
import { keyForUse } from './key-for-use';
import { open } from './open';

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html */
export function decrypt(call: Call, input: Input): Output {
  onlySimulated(input, 'EncryptionAlgorithm', 'SYMMETRIC_DEFAULT');
  if (ignoresCiphertext(input)) {
    keyForUse(call, input, 'kms:Decrypt');
  }
  const sealed = {
    blob: requiredBytes(input, 'CiphertextBlob', 6144),
    encryptionContext: stringMap(input, 'EncryptionContext'),
    keyIdentifier: optionalString(input, 'KeyId'),
    presentedGrants: presentedGrants(call.account, input),
  };
  const { key, plaintext } = open(call, sealed, { action: 'kms:Decrypt' });
  endDryRun(input);
  return {
    KeyId: key.arn,
    KeyMaterialId: key.material.id,
    Plaintext: plaintext.toString('base64'),
    EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
  };
}

/** A dry run may ask for the permission alone; it then never gets as far as the ciphertext. */
function ignoresCiphertext(input: Input): boolean {
  return optionalBoolean(input, 'DryRun') && optionalStrings(input, 'DryRunModifiers').includes('IGNORE_CIPHERTEXT');
}
