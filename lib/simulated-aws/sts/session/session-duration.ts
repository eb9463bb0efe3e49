import { readInteger, validationError } from '../../service/parameters';
import type { Role } from '../../state/services/iam-state';
import type { Form } from '../../wire/protocols/query-protocol';

const DURATION_LIMITS = { min: 900, max: 43_200, byDefault: 3600 };

/** Seconds that the request asks for. @throws {AwsError} `ValidationError` */
export function readSessionDuration(form: Form): number {
  return readInteger(form, 'DurationSeconds', DURATION_LIMITS);
}

/** @throws {AwsError} `ValidationError`, when the role admits no such long sessions */
export function requireRoleDuration(role: Role, durationSeconds: number): void {
  if (durationSeconds > role.maxSessionDurationSeconds) {
    throw validationError('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
  }
}
