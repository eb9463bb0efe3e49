import { type Input, requiredObjects } from '../../service/json-parameters';
import type { Call } from '../../service/service';
import type { TrustAnchor } from '../../state/services/roles-anywhere-state';
import { requireResource } from '../request/access';
import type { Output } from '../request/operation';
import { keep } from '../request/resource-operations';
import { readEvent, readNotificationSettings } from './notification-settings';
import { trustAnchorKind } from './trust-anchor-kind';

type Settings = TrustAnchor['notificationSettings'];

/** @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_PutNotificationSettings.html */
export function putNotificationSettings(call: Call, input: Input): Output {
  const added = readNotificationSettings(input);
  const change = (settings: Settings) => new Map([...settings, ...added]);
  return changeSettings(call, input, { action: 'rolesanywhere:PutNotificationSettings', change });
}

/** @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_ResetNotificationSettings.html */
export function resetNotificationSettings(call: Call, input: Input): Output {
  const reset = requiredObjects(input, 'notificationSettingKeys').map(readEvent);
  const change = (settings: Settings) => new Map([...settings].filter(([event]) => !reset.includes(event)));
  return changeSettings(call, input, { action: 'rolesanywhere:ResetNotificationSettings', change });
}

interface SettingsChange {
  readonly action: string;
  readonly change: (settings: Settings) => Settings;
}

function changeSettings(call: Call, input: Input, { action, change }: SettingsChange): Output {
  const anchor = requireResource(call, input, trustAnchorKind, { action });
  return keep(call, trustAnchorKind, { ...anchor, notificationSettings: change(anchor.notificationSettings) });
}
