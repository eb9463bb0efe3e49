import { AwsError } from '../http/aws-error';
import type { Protocol } from '../http/message';

/** Why a signature is not accepted. */
export type RefusalReason =
  | 'expired-token'
  | 'invalid-token'
  | 'malformed'
  | 'malformed-query'
  | 'missing'
  | 'skewed'
  | 'unknown-key'
  | 'unsupported-algorithm'
  | 'wrong-region'
  | 'wrong-signature';

interface RefusalForm {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

type Forms = Readonly<Record<RefusalReason, RefusalForm>>;

const MISMATCH =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
const INVALID_TOKEN = 'The security token included in the request is invalid.';
const EXPIRED_TOKEN = 'The security token included in the request is expired';
const BAD_REGION = 'Credential should be scoped to a valid region. ';

/** Each refusal in the words of each protocol; `{…}` is filled in from the refusal's details. */
const FORMS_BY_PROTOCOL: Readonly<Record<Protocol, Forms>> = {
  'rest-xml': {
    'expired-token': { status: 400, code: 'ExpiredToken', message: 'The provided token has expired.' },
    'invalid-token': {
      status: 400,
      code: 'InvalidToken',
      message: 'The provided token is malformed or otherwise invalid.',
    },
    malformed: {
      status: 400,
      code: 'AuthorizationHeaderMalformed',
      message: 'The authorization header is malformed; {reason}.',
    },
    'malformed-query': {
      status: 400,
      code: 'AuthorizationQueryParametersError',
      message: 'The authorization query parameters are malformed; {reason}.',
    },
    missing: { status: 403, code: 'AccessDenied', message: 'Access Denied' },
    skewed: {
      status: 403,
      code: 'RequestTimeTooSkewed',
      message: 'The difference between the request time and the current time is too large.',
    },
    'unknown-key': {
      status: 403,
      code: 'InvalidAccessKeyId',
      message: 'The AWS Access Key Id you provided does not exist in our records.',
    },
    'unsupported-algorithm': {
      status: 400,
      code: 'InvalidRequest',
      message: 'The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.',
    },
    'wrong-region': {
      status: 400,
      code: 'AuthorizationHeaderMalformed',
      message: "The authorization header is malformed; the region '{got}' is wrong; expecting '{expected}'",
    },
    'wrong-signature': {
      status: 403,
      code: 'SignatureDoesNotMatch',
      message:
        'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
    },
  },
  query: {
    'expired-token': { status: 403, code: 'ExpiredToken', message: EXPIRED_TOKEN },
    'invalid-token': { status: 403, code: 'InvalidClientTokenId', message: INVALID_TOKEN },
    malformed: {
      status: 400,
      code: 'IncompleteSignature',
      message: 'The Authorization header is incomplete: {reason}.',
    },
    'malformed-query': { status: 400, code: 'IncompleteSignature', message: 'The signature is incomplete: {reason}.' },
    missing: { status: 403, code: 'MissingAuthenticationToken', message: 'Request is missing Authentication Token' },
    skewed: { status: 403, code: 'SignatureDoesNotMatch', message: '{reason}' },
    'unknown-key': { status: 403, code: 'InvalidClientTokenId', message: INVALID_TOKEN },
    'unsupported-algorithm': {
      status: 400,
      code: 'IncompleteSignature',
      message: "The algorithm '{got}' is not supported; sign with AWS4-HMAC-SHA256.",
    },
    'wrong-region': { status: 403, code: 'SignatureDoesNotMatch', message: BAD_REGION },
    'wrong-signature': { status: 403, code: 'SignatureDoesNotMatch', message: MISMATCH },
  },
  json: {
    'expired-token': { status: 400, code: 'ExpiredTokenException', message: EXPIRED_TOKEN },
    'invalid-token': { status: 400, code: 'UnrecognizedClientException', message: INVALID_TOKEN },
    malformed: {
      status: 400,
      code: 'IncompleteSignatureException',
      message: 'The Authorization header is incomplete: {reason}.',
    },
    'malformed-query': {
      status: 400,
      code: 'IncompleteSignatureException',
      message: 'The signature is incomplete: {reason}.',
    },
    missing: { status: 400, code: 'MissingAuthenticationTokenException', message: 'Missing Authentication Token' },
    skewed: { status: 400, code: 'InvalidSignatureException', message: '{reason}' },
    'unknown-key': { status: 400, code: 'UnrecognizedClientException', message: INVALID_TOKEN },
    'unsupported-algorithm': {
      status: 400,
      code: 'IncompleteSignatureException',
      message: "The algorithm '{got}' is not supported; sign with AWS4-HMAC-SHA256.",
    },
    'wrong-region': { status: 400, code: 'InvalidSignatureException', message: BAD_REGION },
    'wrong-signature': { status: 400, code: 'InvalidSignatureException', message: MISMATCH },
  },
  'rest-json': {
    'expired-token': { status: 403, code: 'ExpiredTokenException', message: EXPIRED_TOKEN },
    'invalid-token': { status: 403, code: 'UnrecognizedClientException', message: INVALID_TOKEN },
    malformed: {
      status: 403,
      code: 'IncompleteSignatureException',
      message: 'The Authorization header is incomplete: {reason}.',
    },
    'malformed-query': {
      status: 403,
      code: 'IncompleteSignatureException',
      message: 'The signature is incomplete: {reason}.',
    },
    missing: { status: 403, code: 'MissingAuthenticationTokenException', message: 'Missing Authentication Token' },
    skewed: { status: 403, code: 'InvalidSignatureException', message: '{reason}' },
    'unknown-key': { status: 403, code: 'UnrecognizedClientException', message: INVALID_TOKEN },
    'unsupported-algorithm': {
      status: 403,
      code: 'IncompleteSignatureException',
      message: "The algorithm '{got}' is not supported; sign with AWS4-HMAC-SHA256.",
    },
    'wrong-region': { status: 403, code: 'InvalidSignatureException', message: BAD_REGION },
    'wrong-signature': { status: 403, code: 'InvalidSignatureException', message: MISMATCH },
  },
};

/** Words that complete a refusal's message, and elements that S3 adds to the body of its error. */
export interface RefusalDetails {
  readonly words?: Readonly<Record<string, string>>;
  readonly fields?: Readonly<Record<string, string>>;
}

/**
 * The error that tells the caller why its signature is not accepted.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/CommonErrors.html
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/CommonErrors.html
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/CommonErrors.html
 */
export function signatureRefusal(
  protocol: Protocol,
  reason: RefusalReason,
  { words = {}, fields = {} }: RefusalDetails = {},
): AwsError {
  const { status, code, message } = FORMS_BY_PROTOCOL[protocol][reason];
  const completed = message.replace(/\{(\w+)\}/g, (whole, name) => words[name] ?? whole);
  return new AwsError(status, code, completed, protocol === 'rest-xml' ? fields : {});
}
