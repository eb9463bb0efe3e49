import {
  type Input,
  optionalInteger,
  optionalString,
  requiredBoolean,
  requiredObjects,
  requiredString,
} from '../../service/json-parameters';
import type { NotificationSetting, TrustAnchor } from '../../state/services/roles-anywhere-state';
import { SERVICE_PRINCIPAL } from '../request/access';

const EVENTS = ['CA_CERTIFICATE_EXPIRY', 'END_ENTITY_CERTIFICATE_EXPIRY'];
const CHANNELS = ['ALL'];
const BY_DEFAULT: NotificationSetting = { isEnabled: true, thresholdDays: 45 };

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
    const thresholdDays = optionalInteger(setting, 'threshold', { min: 1, max: 360 }) ?? BY_DEFAULT.thresholdDays;
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
  return EVENTS.map((event) => {
    const own = settings.get(event);
    const { isEnabled, thresholdDays } = own ?? BY_DEFAULT;
    const configuredBy = own === undefined ? SERVICE_PRINCIPAL : accountId;
    return { enabled: isEnabled, event, threshold: thresholdDays, channel: 'ALL', configuredBy };
  });
}

/** Every channel is one: `ALL`. @throws {AwsError} `ValidationException` */
export function readEvent(setting: Input): string {
  optionalString(setting, 'channel', { oneOf: CHANNELS });
  return requiredString(setting, 'event', { oneOf: EVENTS });
}
