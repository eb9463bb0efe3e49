import { type Settings, settingsOf } from './settings';

/** A lifecycle rule, whoever spelled it. What the stack never sets is there to be seen when somebody else does. */
export interface LifecycleRule {
  readonly id: string;
  readonly status: string;
  /** The filter of the rule; missing when it is for every object. */
  readonly filter: unknown;
  readonly abortIncompleteDays: unknown;
  readonly noncurrentDays: unknown;
  readonly newerNoncurrentVersions: unknown;
  readonly expirationDays: unknown;
  readonly expirationDate: unknown;
  readonly expiredObjectDeleteMarker: unknown;
  readonly transitions: readonly unknown[];
  readonly noncurrentTransitions: readonly unknown[];
}

/** Each rule's settings under its id. */
export function lifecycleSettings(rules: readonly LifecycleRule[]): Settings {
  return Object.assign({}, ...rules.map(ruleSettings));
}

function ruleSettings(rule: LifecycleRule): Settings {
  const settings = settingsOf({
    Status: rule.status,
    Filter: rule.filter && JSON.stringify(rule.filter),
    'AbortIncompleteMultipartUpload.DaysAfterInitiation': rule.abortIncompleteDays,
    'NoncurrentVersionExpiration.NoncurrentDays': rule.noncurrentDays,
    'NoncurrentVersionExpiration.NewerNoncurrentVersions': rule.newerNoncurrentVersions,
    'Expiration.Days': rule.expirationDays,
    'Expiration.Date': rule.expirationDate,
    'Expiration.ExpiredObjectDeleteMarker': rule.expiredObjectDeleteMarker,
    Transitions: rule.transitions.length > 0 ? JSON.stringify(rule.transitions) : undefined,
    NoncurrentVersionTransitions:
      rule.noncurrentTransitions.length > 0 ? JSON.stringify(rule.noncurrentTransitions) : undefined,
  });
  return Object.fromEntries(Object.entries(settings).map(([name, value]) => [`${rule.id}: ${name}`, value]));
}
