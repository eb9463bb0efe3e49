import { DELETION_DAYS } from '../../../iam';
import { type Input, optionalInteger, requiredString } from '../../service/json-parameters';
import type { Call } from '../../service/service';
import { keyState } from '../../state/services/kms-state';
import { authorizeKey, authorizeWithoutKey } from '../access/key-access';
import { requireNotPendingDeletion } from '../access/key-use';
import { requestedKey, saveKey } from '../access/requested-key';
import { presentedGrants } from '../grants/grant-tokens';
import { kmsError } from '../request/key-errors';
import { currentKeys, findKey } from '../request/key-identifier';
import { DESCRIPTION_RULE, epochSeconds, type Output } from '../request/operation';
import { page } from '../request/pages';
import { ensureAwsManagedKey } from './aws-managed-key';
import { keyMetadata } from './key-metadata';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Describing `alias/aws/s3` makes the key, as it does in AWS.
 *
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeKey.html
 */
export function describeKey(call: Call, input: Input): Output {
  const identifier = requiredString(input, 'KeyId');
  ensureAwsManagedKey(call.account, identifier);
  const grants = presentedGrants(call.account, input);
  const access = { action: 'kms:DescribeKey', presentedGrants: grants };
  const key = authorizeKey(call, findKey(call.account, identifier), access);
  return { KeyMetadata: keyMetadata(key) };
}

export function updateKeyDescription(call: Call, input: Input): Output {
  const description = requiredString(input, 'Description', DESCRIPTION_RULE);
  const key = requestedKey(call, input, { action: 'kms:UpdateKeyDescription' });
  requireNotPendingDeletion(key);
  saveKey(call.account, { ...key, description });
  return undefined;
}

export function enableKey(call: Call, input: Input): Output {
  return setEnabled(call, input, { action: 'kms:EnableKey', isEnabled: true });
}

export function disableKey(call: Call, input: Input): Output {
  return setEnabled(call, input, { action: 'kms:DisableKey', isEnabled: false });
}

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html */
export function scheduleKeyDeletion(call: Call, input: Input): Output {
  const days = optionalInteger(input, 'PendingWindowInDays', DELETION_DAYS) ?? DELETION_DAYS.byDefault;
  const context = { 'kms:ScheduleKeyDeletionPendingWindowInDays': String(days) };
  const key = requestedKey(call, input, { action: 'kms:ScheduleKeyDeletion', context });
  requireNotPendingDeletion(key);
  const deletionDate = new Date(call.account.now().getTime() + days * DAY_MS);
  saveKey(call.account, { ...key, deletionDate });
  return {
    KeyId: key.arn,
    DeletionDate: epochSeconds(deletionDate),
    KeyState: 'PendingDeletion',
    PendingWindowInDays: days,
  };
}

/** The key is disabled afterwards. @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CancelKeyDeletion.html */
export function cancelKeyDeletion(call: Call, input: Input): Output {
  const key = requestedKey(call, input, { action: 'kms:CancelKeyDeletion' });
  if (keyState(key) !== 'PendingDeletion') {
    throw kmsError('KMSInvalidStateException', `${key.arn} is not pending deletion.`);
  }
  const { deletionDate: _deletionDate, ...kept } = key;
  saveKey(call.account, { ...kept, isEnabled: false });
  return { KeyId: key.arn };
}

function setEnabled(
  call: Call,
  input: Input,
  change: { readonly action: string; readonly isEnabled: boolean },
): Output {
  const key = requestedKey(call, input, { action: change.action });
  requireNotPendingDeletion(key);
  saveKey(call.account, { ...key, isEnabled: change.isEnabled });
  return undefined;
}

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_ListKeys.html */
export function listKeys(call: Call, input: Input): Output {
  authorizeWithoutKey(call, '*', { action: 'kms:ListKeys' });
  const items = currentKeys(call.account).map((key) => ({ KeyId: key.keyId, KeyArn: key.arn }));
  return page(input, { name: 'Keys', items }, { default: 100, max: 1000 });
}
