import type { AccountState } from '../../state/account-state';
import type { KmsKey } from '../../state/services/kms-state';
import { accountsInRegion, aliasArn, type KmsArn, keyArn, parseKmsArn } from './key-arn';
import { kmsError, notFound } from './key-errors';

/** The key that a `KeyId` parameter led to. */
export type KeyReference =
  | { readonly kind: 'key'; readonly key: KmsKey; readonly requestAlias?: string }
  /** A key of another account that is not simulated, or that has no such key: which, is not told. */
  | { readonly kind: 'foreign'; readonly arn: string };

const KEY_ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * The key that a key id, key ARN, alias name or alias ARN names.
 *
 * @throws {AwsError} `NotFoundException` when it names none in this region; `InvalidArnException`
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-id
 */
export function findKey(account: AccountState, identifier: string): KeyReference {
  if (!identifier.startsWith('arn:')) {
    return findLocalKey(account, identifier);
  }
  const arn = parseKmsArn(identifier);
  if (arn === undefined) {
    throw kmsError('InvalidArnException', `Invalid arn ${identifier}`);
  }
  if (arn.region !== account.region || arn.partition !== account.partition) {
    throw notFound(`Invalid arn ${arn.region}`);
  }
  if (arn.accountId !== account.accountId) {
    return findForeignKey(account, arn) ?? { kind: 'foreign', arn: identifier };
  }
  return findLocalKey(account, arn.resource.replace(/^key\//, ''));
}

/** Every key whose waiting period is not over. */
export function currentKeys(account: AccountState): readonly KmsKey[] {
  removeDeletedKeys(account);
  return [...account.kms.keys.values()];
}

/** The key with this id in any account of the region, unless its waiting period is over. */
export function keyById(account: AccountState, id: string): KmsKey | undefined {
  return accountsInRegion(account)
    .map((owner) => ownKeyById(owner, id))
    .find((key) => key !== undefined);
}

function ownKeyById(account: AccountState, id: string): KmsKey | undefined {
  removeDeletedKeys(account);
  return account.kms.keys.get(id);
}

function findForeignKey(account: AccountState, { accountId, resource }: KmsArn): KeyReference | undefined {
  const owner = account.accounts.find(accountId, account.region);
  const target = resource.startsWith('alias/') ? owner?.kms.aliases.get(resource)?.targetKeyId : resource.slice(4);
  const key = owner && ownKeyById(owner, target ?? '');
  if (key === undefined) return undefined;
  return { kind: 'key', key, ...(resource.startsWith('alias/') ? { requestAlias: resource } : {}) };
}

function findLocalKey(account: AccountState, name: string): KeyReference {
  return name.startsWith('alias/') ? findByAlias(account, name) : { kind: 'key', key: findById(account, name) };
}

function findByAlias(account: AccountState, name: string): KeyReference {
  removeDeletedKeys(account);
  const alias = account.kms.aliases.get(name);
  if (alias === undefined) {
    throw notFound(`Alias ${aliasArn(account, name)} is not found.`);
  }
  return { kind: 'key', key: findById(account, alias.targetKeyId), requestAlias: name };
}

function findById(account: AccountState, id: string): KmsKey {
  const key = ownKeyById(account, id);
  if (key === undefined) {
    throw notFound(KEY_ID.test(id) ? `Key '${keyArn(account, id)}' does not exist` : `Invalid keyId '${id}'`);
  }
  return key;
}

/** KMS deletes a key, and the aliases that point at it, once its waiting period is over. */
function removeDeletedKeys(account: AccountState): void {
  const now = account.now();
  for (const key of account.kms.keys.values()) {
    if (key.deletionDate !== undefined && key.deletionDate <= now) {
      account.kms.keys.delete(key.keyId);
      removeAliasesOf(account, key);
    }
  }
}

function removeAliasesOf(account: AccountState, key: KmsKey): void {
  for (const alias of account.kms.aliases.values()) {
    if (alias.targetKeyId === key.keyId) {
      account.kms.aliases.delete(alias.name);
    }
  }
}
