import { type Input, requiredBytes } from '../../service/json-parameters';
import type { Call } from '../../service/service';
import { type Output, onlySimulated } from '../request/operation';
import { keyForUse, seal } from './key-for-use';

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html */
export function encrypt(call: Call, input: Input): Output {
  onlySimulated(input, 'EncryptionAlgorithm', 'SYMMETRIC_DEFAULT');
  const plaintext = requiredBytes(input, 'Plaintext', 4096);
  const use = keyForUse(call, input, 'kms:Encrypt');
  return {
    CiphertextBlob: seal(call.account, use, plaintext),
    KeyId: use.key.arn,
    EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
  };
}
