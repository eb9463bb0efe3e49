import { type ParameterRules, readInteger, validationError } from '../../service/parameters';
import type { Role } from '../../state/services/iam-state';
import type { Form } from '../../wire/protocols/query-protocol';

const NAME = /[\w+=,.@-]*/;

/**
 * The rules for the parameters of STS.
 *
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export const PARAMETER_RULES: ParameterRules = {
  AccessKeyId: { minLength: 16, maxLength: 128, pattern: /[\w]*/ },
  EncodedMessage: { minLength: 1, maxLength: 10_240 },
  ExternalId: { minLength: 2, maxLength: 1224, pattern: /[\w+=,.@:/-]*/ },
  Policy: { minLength: 1, maxLength: 2048 },
  RoleArn: { minLength: 20, maxLength: 2048, pattern: /arn:[^:]+:iam::\d{12}:role\/.+/ },
  RoleSessionName: { minLength: 2, maxLength: 64, pattern: NAME },
  SourceIdentity: { minLength: 2, maxLength: 64, pattern: NAME },
  WebIdentityToken: { minLength: 4, maxLength: 20_000 },
};

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
