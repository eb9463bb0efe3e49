import type { AccountState } from '../../state/account-state';
import type { KmsKey } from '../../state/services/kms-state';
import { keyArn } from '../request/key-arn';
import { parseKeyPolicy } from './key-policy';
import { defaultKeyPolicyDocument } from './key-policy-documents';

/** The settings of a new key; any that is left out has AWS's default. */
export interface NewKey {
  readonly keyId?: string;
  readonly manager?: KmsKey['manager'];
  readonly description?: string;
  /** Key policy document. */
  readonly policy?: string;
  readonly rotation?: KmsKey['rotation'];
  readonly tags?: ReadonlyMap<string, string>;
}

/**
 * A symmetric key with random material. It is not in the account yet.
 *
 * @throws {AwsError} `MalformedPolicyDocumentException`
 */
export function newKey(account: AccountState, properties: NewKey): KmsKey {
  const keyId = properties.keyId ?? randomKeyId(account);
  return {
    keyId,
    arn: keyArn(account, keyId),
    manager: properties.manager ?? 'CUSTOMER',
    description: properties.description ?? '',
    createdAt: account.now(),
    isEnabled: true,
    policy: parseKeyPolicy(properties.policy ?? defaultKeyPolicyDocument(account), account),
    tags: properties.tags ?? new Map(),
    grants: [],
    material: { id: account.randomBytes(32).toString('hex'), bytes: account.randomBytes(32) },
    ...(properties.rotation === undefined ? {} : { rotation: properties.rotation }),
  };
}

/**
 * Puts a key into the account that "was always there", for example the existing key of a rehearsal.
 *
 * @param properties.keyId a UUID, as the last part of the key ARN
 * @throws {AwsError} `MalformedPolicyDocumentException`
 */
export function importKey(account: AccountState, properties: NewKey & { readonly keyId: string }): KmsKey {
  const key = newKey(account, properties);
  account.kms.keys.set(key.keyId, key);
  return key;
}

/** A version 4 UUID, the form of a key id. */
function randomKeyId(account: AccountState): string {
  const bytes = account.randomBytes(16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
