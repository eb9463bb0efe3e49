import type { EncryptionContext } from '../../request-model';
import type { Call } from '../service';
import { decrypt as decryptBlob, encrypt as encryptBlob, initializationVectorBytes, keyIdOf } from './ciphertext';
import { kmsError, validationError } from './key-errors';
import { findKey } from './key-identifier';
import { authorizeKeyUse, keyOfCiphertext } from './key-use';
import type { Output } from './operation';
import {
  type Input,
  onlySimulated,
  optionalBoolean,
  optionalInteger,
  optionalString,
  optionalStrings,
  requiredBytes,
  requiredString,
  stringMap,
} from './parameters';
import type { KmsKey } from './state';

const dataKeySizes: Readonly<Record<string, number>> = { AES_128: 16, AES_256: 32 };

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_Encrypt.html */
export function encrypt(call: Call, input: Input): Output {
  onlySimulated(input, 'EncryptionAlgorithm', 'SYMMETRIC_DEFAULT');
  const plaintext = requiredBytes(input, 'Plaintext', 4096);
  const { key, encryptionContext } = keyForUse(call, input, 'kms:Encrypt');
  return {
    CiphertextBlob: sealed(call, key, { plaintext, encryptionContext }),
    KeyId: key.arn,
    EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
  };
}

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_Decrypt.html */
export function decrypt(call: Call, input: Input): Output {
  onlySimulated(input, 'EncryptionAlgorithm', 'SYMMETRIC_DEFAULT');
  if (ignoresCiphertext(input)) {
    keyForUse(call, input, 'kms:Decrypt');
  }
  const blob = requiredBytes(input, 'CiphertextBlob', 6144);
  const encryptionContext = stringMap(input, 'EncryptionContext');
  const key = keyForDecryption(call, input, blob);
  const seal = { keyId: key.keyId, keyMaterial: key.material.bytes, encryptionContext };
  const plaintext = decryptBlob(seal, blob);
  if (plaintext === undefined) {
    throw invalidCiphertext();
  }
  endDryRun(input);
  return {
    KeyId: key.arn,
    KeyMaterialId: key.material.id,
    Plaintext: plaintext.toString('base64'),
    EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
  };
}

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateDataKey.html */
export function generateDataKey(call: Call, input: Input): Output {
  return newDataKey(call, input, 'kms:GenerateDataKey');
}

export function generateDataKeyWithoutPlaintext(call: Call, input: Input): Output {
  const { Plaintext: _plaintext, ...answer } = newDataKey(call, input, 'kms:GenerateDataKeyWithoutPlaintext');
  return answer;
}

function newDataKey(call: Call, input: Input, action: string) {
  const plaintext = call.account.randomBytes(dataKeyBytes(input));
  const { key, encryptionContext } = keyForUse(call, input, action);
  return {
    CiphertextBlob: sealed(call, key, { plaintext, encryptionContext }),
    Plaintext: plaintext.toString('base64'),
    KeyId: key.arn,
    KeyMaterialId: key.material.id,
  };
}

function keyForUse(call: Call, input: Input, action: string) {
  const encryptionContext = stringMap(input, 'EncryptionContext');
  const reference = findKey(call.account, requiredString(input, 'KeyId'));
  const key = authorizeKeyUse(call, reference, { action, encryptionContext });
  endDryRun(input);
  return { encryptionContext, key };
}

/**
 * A dry run ends where the answer would be made: everything before it was checked.
 *
 * @throws {AwsError} `DryRunOperationException`
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/testing-permissions.html
 */
function endDryRun(input: Input): void {
  if (optionalBoolean(input, 'DryRun')) {
    throw kmsError('DryRunOperationException', 'The request would have succeeded, but the DryRun option is set.');
  }
}

/** A dry run may ask for the permission alone; it then never gets as far as the ciphertext. */
function ignoresCiphertext(input: Input): boolean {
  return optionalBoolean(input, 'DryRun') && optionalStrings(input, 'DryRunModifiers').includes('IGNORE_CIPHERTEXT');
}

/** The ciphertext itself names its key; a `KeyId` must agree with it. */
function keyForDecryption(call: Call, input: Input, blob: Buffer): KmsKey {
  const keyId = keyIdOf(blob);
  if (keyId === undefined) {
    throw invalidCiphertext();
  }
  const encryptionContext = stringMap(input, 'EncryptionContext');
  const identifier = optionalString(input, 'KeyId');
  const reference = identifier === undefined ? keyOfCiphertext(call, keyId) : findKey(call.account, identifier);
  const key = authorizeKeyUse(call, reference, { action: 'kms:Decrypt', encryptionContext });
  if (key.keyId !== keyId) {
    throw kmsError(
      'IncorrectKeyException',
      'The key ID in the request does not identify a CMK that can perform this operation.',
    );
  }
  return key;
}

function sealed(
  call: Call,
  key: KmsKey,
  content: { readonly plaintext: Buffer; readonly encryptionContext: EncryptionContext },
): string {
  const seal = { keyId: key.keyId, keyMaterial: key.material.bytes, encryptionContext: content.encryptionContext };
  return encryptBlob(seal, content.plaintext, call.account.randomBytes(initializationVectorBytes)).toString('base64');
}

function dataKeyBytes(input: Input): number {
  const keySpec = optionalString(input, 'KeySpec');
  const numberOfBytes = optionalInteger(input, 'NumberOfBytes', { min: 1, max: 1024 });
  if ((keySpec === undefined) === (numberOfBytes === undefined)) {
    throw validationError('Please specify either number of bytes or key spec.');
  }
  const size = numberOfBytes ?? dataKeySizes[keySpec ?? ''];
  if (size === undefined) {
    throw validationError(
      `1 validation error detected: Value '${keySpec}' at 'keySpec' failed to satisfy constraint: Member must satisfy enum value set: [AES_256, AES_128]`,
    );
  }
  return size;
}

function invalidCiphertext(): Error {
  return kmsError('InvalidCiphertextException', 'The ciphertext is not valid for this key and encryption context.');
}
