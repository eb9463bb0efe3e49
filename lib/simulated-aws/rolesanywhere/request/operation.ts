import type { Input } from '../../service/json-parameters';
import type { Call } from '../../service/service';
import { AwsError } from '../../wire/http/aws-error';

/** @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_CreateTrustAnchor.html#API_CreateTrustAnchor_Errors */
export function validationException(message: string): AwsError {
  return new AwsError(400, 'ValidationException', message);
}

export function resourceNotFound(message: string): AwsError {
  return new AwsError(404, 'ResourceNotFoundException', message);
}

/** @param reason why, which AWS keeps to itself */
export function accessDenied(message: string, reason: string): AwsError {
  return new AwsError(403, 'AccessDeniedException', message, {}, {}, reason);
}

export type Output = Readonly<Record<string, unknown>>;

/** An operation of the service, with where it is found. */
export interface RolesAnywhereOperation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** A segment in braces stands for the parameter of that name. */
  readonly path: string;
  /** Every other parameter that it takes, in the query or in the body; another one is answered with `NotImplemented`. */
  readonly parameters: readonly string[];
  /** @default 200 */
  readonly successStatus?: number;
  readonly run: (call: Call, input: Input) => Output;
}
