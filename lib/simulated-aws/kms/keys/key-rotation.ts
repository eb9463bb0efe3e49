import { ROTATION_DAYS } from '../../../iam';
import { type Input, optionalInteger } from '../../service/json-parameters';
import type { Call } from '../../service/service';
import { type KeyRotation, type KmsKey, keyState } from '../../state/services/kms-state';
import { requireEnabled } from '../access/key-use';
import { requestedKey, saveKey } from '../access/requested-key';
import { epochSeconds, type Output } from '../request/operation';

const DAY_MS = 24 * 60 * 60 * 1000;

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html */
export function enableKeyRotation(call: Call, input: Input): Output {
  const periodDays = optionalInteger(input, 'RotationPeriodInDays', ROTATION_DAYS) ?? ROTATION_DAYS.byDefault;
  const context = { 'kms:RotationPeriodInDays': String(periodDays) };
  const key = requestedKey(call, input, { action: 'kms:EnableKeyRotation', context });
  requireEnabled(key);
  saveKey(call.account, { ...key, rotation: { periodDays, enabledAt: call.account.now() } });
  return undefined;
}

export function disableKeyRotation(call: Call, input: Input): Output {
  const key = requestedKey(call, input, { action: 'kms:DisableKeyRotation' });
  requireEnabled(key);
  const { rotation: _rotation, ...kept } = key;
  saveKey(call.account, kept);
  return undefined;
}

/**
 * A key that is pending deletion is never rotated, whatever it was before.
 *
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html
 */
export function getKeyRotationStatus(call: Call, input: Input): Output {
  const key = requestedKey(call, input, { action: 'kms:GetKeyRotationStatus' });
  const rotation = activeRotation(key);
  return {
    KeyId: key.arn,
    KeyRotationEnabled: rotation !== undefined,
    ...(rotation === undefined ? {} : schedule(rotation, call.account.now())),
  };
}

function activeRotation(key: KmsKey): KeyRotation | undefined {
  return keyState(key) === 'PendingDeletion' ? undefined : key.rotation;
}

function schedule(rotation: KeyRotation, now: Date): Readonly<Record<string, unknown>> {
  const periodMs = rotation.periodDays * DAY_MS;
  const periodsOver = Math.floor((now.getTime() - rotation.enabledAt.getTime()) / periodMs);
  const next = new Date(rotation.enabledAt.getTime() + (periodsOver + 1) * periodMs);
  return { RotationPeriodInDays: rotation.periodDays, NextRotationDate: epochSeconds(next) };
}
