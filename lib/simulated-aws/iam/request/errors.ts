import { AwsError } from '../../wire/http/aws-error';

/**
 * Errors that more than one operation of IAM answers with.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
 */
export function noSuchEntity(message: string): AwsError {
  return new AwsError(404, 'NoSuchEntity', message);
}

export function entityAlreadyExists(message: string): AwsError {
  return new AwsError(409, 'EntityAlreadyExists', message);
}

export function deleteConflict(message: string): AwsError {
  return new AwsError(409, 'DeleteConflict', message);
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export function limitExceeded(message: string): AwsError {
  return new AwsError(409, 'LimitExceeded', message);
}

export function invalidInput(message: string): AwsError {
  return new AwsError(400, 'InvalidInput', message);
}

export function malformedPolicyDocument(message: string): AwsError {
  return new AwsError(400, 'MalformedPolicyDocument', message);
}
