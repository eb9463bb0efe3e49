import type { Pattern } from '../result/diagnosis';
import { oneOf } from './fits';

/**
 * AWS's answers about the credentials and the signature of a request, and so about this host's clock.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
 */
export const CREDENTIAL_PATTERNS: readonly Pattern[] = [
  {
    id: 'clock-skew',
    // STS says SignatureDoesNotMatch, and KMS InvalidSignatureException.
    fits: (evidence) =>
      oneOf('RequestTimeTooSkewed', 'RequestExpired')(evidence) ||
      /Signature (expired|not yet current)/i.test(evidence.message) ||
      (evidence.code === 'AccessDenied' && /^Request has expired/.test(evidence.message)),
    cause: () =>
      "The clock of this host differs from AWS's by more than a signature tolerates: five to fifteen minutes, or one for verification's presigned URL.",
    fix: () => 'Set the clock: on EC2 let chrony follow 169.254.169.123. vault-env doctor shows the difference.',
  },
  {
    id: 'credentials-expired',
    fits: oneOf('ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired'),
    cause: () => 'The temporary credentials have expired and were not renewed.',
    fix: (_, { host }) =>
      `Run again where they are renewed by themselves: with ${host.giver}, and not with a copy of its credentials.`,
  },
  {
    id: 'credentials-unknown',
    fits: oneOf('InvalidAccessKeyId', 'InvalidClientTokenId', 'UnrecognizedClientException', 'InvalidToken'),
    cause: () =>
      'AWS does not know these credentials: they were deleted, they are of another partition, or the region is not enabled for the account.',
    fix: (_, { host }) =>
      `vault-env doctor says where this host takes its credentials from; remove keys in the environment or in ~/.aws that win over ${host.giver}.`,
  },
  {
    id: 'signature-wrong',
    fits: oneOf('SignatureDoesNotMatch', 'InvalidSignatureException'),
    cause: () =>
      'AWS received a different request from the one that was signed: the secret does not belong to the access key, or a proxy rewrites requests.',
    fix: () =>
      'Let the proxy pass S3, KMS and STS through without opening TLS; else look at the secret key that this host uses.',
  },
];
