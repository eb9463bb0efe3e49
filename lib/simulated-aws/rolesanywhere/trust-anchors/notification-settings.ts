import {
  type Input,
  optionalInteger,
  optionalString,
  requiredBoolean,
  requiredObjects,
  requiredString,
} from '../../service/json-parameters';
import type { NotificationSetting, TrustAnchor } from '../../state/services/roles-anywhere-state';
import { servicePrincipal } from '../request/access';

const events = ['CA_CERTIFICATE_EXPIRY', 'END_ENTITY_CERTIFICATE_EXPIRY'];
const channels = ['ALL'];
const byDefault: NotificationSetting = { isEnabled: true, thresholdDays: 45 };

type Settings = TrustAnchor['notificationSettings'];

/**
 * The settings that a request makes its own, by their event.
 *
 * @throws {AwsError} `ValidationException`
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_NotificationSetting.html
 */
export function readNotificationSettings(input: Input): Settings {
  const settings = requiredObjects(input, 'notificationSettings').map((setting) => {
    const event = readEvent(setting);
    const thresholdDays = optionalInteger(setting, 'threshold', { min: 1, max: 360 }) ?? byDefault.thresholdDays;
    return [event, { isEnabled: requiredBoolean(setting, 'enabled'), thresholdDays }] as const;
  });
  return new Map(settings);
}

/**
 * Every event has a setting: AWS's own where nobody has made another.
 *
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/customize-notification-settings.html
 */
export function describeNotificationSettings(settings: Settings, accountId: string): readonly object[] {
  return events.map((event) => {
    const own = settings.get(event);
    const { isEnabled, thresholdDays } = own ?? byDefault;
    const configuredBy = own === undefined ? servicePrincipal : accountId;
    return { enabled: isEnabled, event, threshold: thresholdDays, channel: 'ALL', configuredBy };
  });
}

/** Every channel is one: `ALL`. @throws {AwsError} `ValidationException` */
export function readEvent(setting: Input): string {
  optionalString(setting, 'channel', { oneOf: channels });
  return requiredString(setting, 'event', { oneOf: events });
}
