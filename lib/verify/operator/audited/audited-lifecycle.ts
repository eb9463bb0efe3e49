import type { Arguments } from '../../../audit/stack/arguments';
import type { LifecycleRule } from '../settings/lifecycle-settings';
import { lifecycleSettings } from '../settings/lifecycle-settings';
import type { Settings } from '../settings/settings';

/** The lifecycle rules of the stack, as settings. */
export function readAuditedLifecycle({ rule = [] }: Arguments): Settings {
  return lifecycleSettings((rule as readonly Arguments[]).map(toRule));
}

function toRule(rule: Arguments): LifecycleRule {
  const expiration = block(rule.expiration);
  const noncurrent = block(rule.noncurrent_version_expiration);
  const filter = block(rule.filter);
  return {
    id: String(rule.id),
    status: String(rule.status),
    filter: Object.keys(filter).length === 0 ? undefined : filter,
    abortIncompleteDays: block(rule.abort_incomplete_multipart_upload).days_after_initiation,
    noncurrentDays: noncurrent.noncurrent_days,
    newerNoncurrentVersions: noncurrent.newer_noncurrent_versions,
    expirationDays: expiration.days,
    expirationDate: expiration.date,
    expiredObjectDeleteMarker: expiration.expired_object_delete_marker,
    transitions: listOf(rule.transition),
    noncurrentTransitions: listOf(rule.noncurrent_version_transition),
  };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

function block(value: unknown): Arguments {
  return (listOf(value)[0] ?? {}) as Arguments;
}
