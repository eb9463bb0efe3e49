import { type Input, optionalString, requiredString } from '../../service/json-parameters';
import type { Call } from '../../service/service';
import type { AccountState } from '../../state/account-state';
import type { KmsAlias } from '../../state/services/kms-state';
import { authorizeWithoutKey } from '../access/key-access';
import { requireNotPendingDeletion } from '../access/key-use';
import { authorizedKey } from '../access/requested-key';
import { aliasArn } from '../request/key-arn';
import { kmsError, notFound } from '../request/key-errors';
import { findKey } from '../request/key-identifier';
import { epochSeconds, type Output } from '../request/operation';
import { page } from '../request/pages';
import { requireAliasName } from './alias-name';
import { predefinedAliases } from './aws-managed-key';

/**
 * Each change of an alias needs permission on the alias (IAM policy) and on the key (key policy).
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/alias-access.html
 */
export function createAlias(call: Call, input: Input): Output {
  const name = requireAliasName(requiredString(input, 'AliasName'));
  const target = requiredString(input, 'TargetKeyId');
  const arn = aliasArn(call.account, name);
  authorizeWithoutKey(call, arn, { action: 'kms:CreateAlias' });
  const key = authorizedKey(call, target, { action: 'kms:CreateAlias' });
  if (call.account.kms.aliases.has(name)) {
    throw kmsError('AlreadyExistsException', `An alias with the name ${arn} already exists`);
  }
  requireNotPendingDeletion(key);
  const now = call.account.now();
  call.account.kms.aliases.set(name, { name, arn, targetKeyId: key.keyId, createdAt: now, updatedAt: now });
  return undefined;
}

export function updateAlias(call: Call, input: Input): Output {
  const target = requiredString(input, 'TargetKeyId');
  const alias = changeableAlias(call, input, 'kms:UpdateAlias');
  const key = authorizedKey(call, target, { action: 'kms:UpdateAlias' });
  requireNotPendingDeletion(key);
  call.account.kms.aliases.set(alias.name, { ...alias, targetKeyId: key.keyId, updatedAt: call.account.now() });
  return undefined;
}

export function deleteAlias(call: Call, input: Input): Output {
  const alias = changeableAlias(call, input, 'kms:DeleteAlias');
  call.account.kms.aliases.delete(alias.name);
  return undefined;
}

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_ListAliases.html */
export function listAliases(call: Call, input: Input): Output {
  authorizeWithoutKey(call, '*', { action: 'kms:ListAliases' });
  const targetKeyId = requestedTarget(call.account, optionalString(input, 'KeyId'));
  const aliases = [...call.account.kms.aliases.values()]
    .filter((alias) => targetKeyId === undefined || alias.targetKeyId === targetKeyId)
    .map(aliasListEntry);
  const items =
    targetKeyId === undefined ? [...aliases, ...predefinedAliases(call.account).map(predefinedEntry)] : aliases;
  return page(input, { name: 'Aliases', items }, { default: 50, max: 100 });
}

/** The alias, once the caller may change it and what it points at now. */
function changeableAlias(call: Call, input: Input, action: string): KmsAlias {
  const name = requireAliasName(requiredString(input, 'AliasName'));
  const arn = aliasArn(call.account, name);
  authorizeWithoutKey(call, arn, { action });
  const alias = call.account.kms.aliases.get(name);
  if (alias === undefined) {
    throw notFound(`Alias ${arn} is not found.`);
  }
  authorizedKey(call, alias.targetKeyId, { action });
  return alias;
}

function requestedTarget(account: AccountState, identifier: string | undefined): string | undefined {
  if (identifier === undefined) {
    return undefined;
  }
  const reference = findKey(account, identifier);
  if (reference.kind === 'foreign') {
    throw notFound(`Key '${reference.arn}' does not exist`);
  }
  return reference.key.keyId;
}

/** It has no `TargetKeyId` yet. */
function predefinedEntry({ name, arn }: Pick<KmsAlias, 'name' | 'arn'>): Readonly<Record<string, unknown>> {
  return { AliasArn: arn, AliasName: name };
}

function aliasListEntry(alias: KmsAlias): Readonly<Record<string, unknown>> {
  return {
    AliasArn: alias.arn,
    AliasName: alias.name,
    TargetKeyId: alias.targetKeyId,
    CreationDate: epochSeconds(alias.createdAt),
    LastUpdatedDate: epochSeconds(alias.updatedAt),
  };
}
