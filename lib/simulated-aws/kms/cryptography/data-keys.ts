import { type Input, optionalInteger, optionalString } from '../../service/json-parameters';
import type { Call } from '../../service/service';
import { validationError } from '../request/key-errors';
import type { Output } from '../request/operation';
import { keyForUse, seal } from './key-for-use';

const DATA_KEY_SIZES: Readonly<Record<string, number>> = { AES_128: 16, AES_256: 32 };

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKey.html */
export function generateDataKey(call: Call, input: Input): Output {
  return newDataKey(call, input, 'kms:GenerateDataKey');
}

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKeyWithoutPlaintext.html */
export function generateDataKeyWithoutPlaintext(call: Call, input: Input): Output {
  const { Plaintext: _plaintext, ...answer } = newDataKey(call, input, 'kms:GenerateDataKeyWithoutPlaintext');
  return answer;
}

function newDataKey(call: Call, input: Input, action: string) {
  const plaintext = call.account.randomBytes(dataKeyBytes(input));
  const use = keyForUse(call, input, action);
  return {
    CiphertextBlob: seal(call.account, use, plaintext),
    Plaintext: plaintext.toString('base64'),
    KeyId: use.key.arn,
    KeyMaterialId: use.key.material.id,
  };
}

function dataKeyBytes(input: Input): number {
  const keySpec = optionalString(input, 'KeySpec');
  const numberOfBytes = optionalInteger(input, 'NumberOfBytes', { min: 1, max: 1024 });
  if ((keySpec === undefined) === (numberOfBytes === undefined)) {
    throw validationError('Please specify either number of bytes or key spec.');
  }
  const size = numberOfBytes ?? DATA_KEY_SIZES[keySpec ?? ''];
  if (size === undefined) {
    throw validationError(
      `1 validation error detected: Value '${keySpec}' at 'keySpec' failed to satisfy constraint: Member must satisfy enum value set: [AES_256, AES_128]`,
    );
  }
  return size;
}
