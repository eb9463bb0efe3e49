import type { Refused } from '../../aws/answer';

/** Codes of a request that never left this host: no name, no connection, no TLS, no credentials to sign with. */
const NEVER_SENT: ReadonlySet<string> = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CredentialsProviderError',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'EAI_AGAIN',
  'EAI_FAIL',
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** A time-out before there was a connection, in the words of Node and of the SDK. */
const NEVER_CONNECTED = /^connect ETIMEDOUT\b|did not establish a connection/;

/**
 * Whether a refused write has left nothing behind: it was never sent, redirected, or refused by whoever answered.
 *
 * After a fault of the service, or a connection that broke, nobody knows.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/Redirects.html
 */
export function isCertainlyNotWritten({ code, status, message }: Refused): boolean {
  if (status === undefined) return NEVER_SENT.has(code) || NEVER_CONNECTED.test(message);
  return status >= 300 && status < 500;
}
