import type { KmsKey } from '../../state/services/kms-state';
import { AwsError } from '../../wire/http/aws-error';

/** Errors of the KMS API that more than one operation answers with. KMS answers every client error with status 400. */
export function kmsError(code: string, message: string): AwsError {
  return new AwsError(400, code, message);
}

export function notFound(message: string): AwsError {
  return kmsError('NotFoundException', message);
}

export function validationError(message: string): AwsError {
  return kmsError('ValidationException', message);
}

export function keyDisabled(key: KmsKey): AwsError {
  return kmsError('DisabledException', `${key.arn} is disabled.`);
}

export function keyPendingDeletion(key: KmsKey): AwsError {
  return kmsError('KMSInvalidStateException', `${key.arn} is pending deletion.`);
}

/**
 * KMS's error for a key that it will not confirm to exist: one of another account, or the unknown key of a ciphertext.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html
 */
export function keyOutOfReach(
  request: { readonly caller: string; readonly action: string },
  subject: string,
): AwsError {
  const reasons =
    'because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access';
  return kmsError(
    'AccessDeniedException',
    `User: ${request.caller} is not authorized to perform: ${request.action} on ${subject} ${reasons}`,
  );
}
