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
