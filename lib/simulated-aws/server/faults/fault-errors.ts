import { AwsError } from '../../wire/http/aws-error';
import type { ErrorFault } from './fault';

type Form = readonly [status: number, code: string, message: string];

const RATE_EXCEEDED = 'Rate exceeded';
const UNKNOWN_FAILURE = 'The request processing has failed because of an unknown error, exception or failure.';
const TEMPORARY_FAILURE = 'The request has failed due to a temporary failure of the server.';

/**
 * How each service says that it is asked too often, or is out of order.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/CommonErrors.html
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/throttling.html
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/CommonErrors.html
 */
const FORMS: Readonly<Record<string, Readonly<Record<ErrorFault, Form>>>> = {
  s3: {
    throttling: [503, 'SlowDown', 'Please reduce your request rate.'],
    'internal-error': [500, 'InternalError', 'We encountered an internal error. Please try again.'],
    'service-unavailable': [503, 'ServiceUnavailable', 'Service is unable to handle request.'],
  },
  iam: queryForms('ServiceFailure'),
  sts: queryForms('InternalFailure'),
  kms: {
    throttling: [
      400,
      'ThrottlingException',
      'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.',
    ],
    'internal-error': [500, 'KMSInternalException', 'The request was rejected because an internal exception occurred.'],
    'service-unavailable': [503, 'ServiceUnavailable', TEMPORARY_FAILURE],
  },
  rolesanywhere: {
    throttling: [400, 'ThrottlingException', RATE_EXCEEDED],
    'internal-error': [500, 'InternalFailure', UNKNOWN_FAILURE],
    'service-unavailable': [503, 'ServiceUnavailableException', TEMPORARY_FAILURE],
  },
};

function queryForms(internalErrorCode: string): Readonly<Record<ErrorFault, Form>> {
  return {
    throttling: [400, 'Throttling', RATE_EXCEEDED],
    'internal-error': [500, internalErrorCode, UNKNOWN_FAILURE],
    'service-unavailable': [503, 'ServiceUnavailable', TEMPORARY_FAILURE],
  };
}

/** The error that the service answers with; for a service that is not simulated, in the words of STS. */
export function faultError(service: string, fault: ErrorFault): AwsError {
  const [status, code, message] = (FORMS[service] ?? queryForms('InternalFailure'))[fault];
  return new AwsError(status, code, message);
}
