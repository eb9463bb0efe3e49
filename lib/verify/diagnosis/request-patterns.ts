import type { Pattern } from './diagnosis';
import { oneOf } from './fits';

/** Where an error names the region that it wants. @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
const EXPECTED_REGION = /expecting '?([a-z0-9-]+)'?/;

const WRONG_REGION = [
  'PermanentRedirect',
  'TemporaryRedirect',
  'AuthorizationHeaderMalformed',
  'Http301',
  'IllegalLocationConstraintException',
];

/** What AWS answers to requests that are wrong about the bucket, the key, the clock or the credentials. */
export const REQUEST_PATTERNS: readonly Pattern[] = [
  {
    id: 'wrong-endpoint',
    // The bucket is where the config says, so it is the request that went astray.
    fits: ({ code, message }) =>
      code === 'InvalidSignatureException' && /Credential should be scoped to a valid region/i.test(message),
    cause: () => 'The request was signed for one region and came to the endpoint of another.',
    fix: () =>
      'An endpoint of your own (AWS_ENDPOINT_URL) serves one region; leave it out, or leave out the check with --without.',
  },
  {
    id: 'region-mismatch',
    fits: oneOf(...WRONG_REGION),
    cause: ({ message }, { bucket, region }) => {
      const expected = EXPECTED_REGION.exec(message)?.[1];
      return `The bucket ${bucket} is ${expected === undefined ? 'not' : `in ${expected}, not`} in ${region}, where the request went.`;
    },
    fix: ({ message }, { region }) => {
      const expected = EXPECTED_REGION.exec(message)?.[1] ?? "the bucket's region";
      return `Set 'region' of the environment to ${expected} and emit the config again; Vault finds the bucket by its name, so the name in its form may belong to another bucket than the one in ${region}.`;
    },
  },
  {
    id: 'no-such-bucket',
    fits: oneOf('NoSuchBucket'),
    cause: (_evidence, { bucket }) => `There is no bucket of the name ${bucket}.`,
    fix: () => "Apply the stack, or correct the name: it must be the same in the config and in Vault's Bucket Name.",
  },
  {
    id: 'key-disabled',
    fits: oneOf('DisabledException', 'KMS.DisabledException'),
    cause: (_evidence, { keyArn }) => `The key ${keyArn ?? ''} is disabled, so nothing can be written or read.`,
    fix: (_evidence, { keyArn }) =>
      `aws kms enable-key --key-id ${keyArn ?? '<key>'}, after finding out who disabled it.`,
  },
  {
    id: 'key-pending-deletion',
    fits: oneOf('KMSInvalidStateException', 'KMS.KMSInvalidStateException', 'KMS.InvalidStateException'),
    cause: (_evidence, { keyArn }) =>
      `The key ${keyArn ?? ''} cannot be used in its state; most often its deletion is scheduled, and with it that of every backup.`,
    fix: (_evidence, { keyArn }) =>
      `aws kms cancel-key-deletion --key-id ${keyArn ?? '<key>'}, then aws kms enable-key, before the date is over.`,
  },
  {
    id: 'no-such-key',
    fits: oneOf('NotFoundException', 'KMS.NotFoundException'),
    cause: (_evidence, { keyArn, region }) =>
      `KMS does not know the key ${keyArn ?? ''}: it was deleted, or it is not in ${region}, the region of the bucket.`,
    fix: () =>
      "Compare Vault's Master Key and the default encryption of the bucket with the key in KMS; both must be in the bucket's region.",
  },
  {
    id: 'clock-skew',
    fits: (evidence) =>
      oneOf('RequestTimeTooSkewed', 'RequestExpired')(evidence) ||
      (evidence.code === 'InvalidSignatureException' && /Signature (expired|not yet current)/i.test(evidence.message)),
    cause: () =>
      'The clock of this host differs from that of AWS by more than the five to fifteen minutes that a signature is good for.',
    fix: () => 'Set the clock: on EC2 let chrony follow 169.254.169.123. vault-env doctor shows the difference.',
  },
  {
    id: 'credentials-expired',
    fits: oneOf('ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired'),
    cause: () => 'The temporary credentials have expired and were not renewed.',
    fix: () =>
      'Run again where they are renewed by themselves: with the instance profile, and not with a copy of its credentials.',
  },
  {
    id: 'credentials-unknown',
    fits: oneOf('InvalidAccessKeyId', 'InvalidClientTokenId', 'UnrecognizedClientException', 'InvalidToken'),
    cause: () =>
      'AWS does not know these credentials: they were deleted, they are of another partition, or the region is not enabled for the account.',
    fix: () =>
      'vault-env doctor says where this host takes its credentials from; remove keys in the environment or in ~/.aws that win over the instance profile.',
  },
  {
    id: 'signature-wrong',
    fits: oneOf('SignatureDoesNotMatch', 'InvalidSignatureException'),
    cause: () =>
      'AWS received another request than was signed: the secret is not that of the access key, or a proxy rewrites requests.',
    fix: () =>
      'Let the proxy pass S3, KMS and STS through without opening TLS; else look at the secret key that this host uses.',
  },
  {
    id: 'throttled',
    fits: oneOf(
      'SlowDown',
      'Throttling',
      'ThrottlingException',
      'TooManyRequestsException',
      'RequestLimitExceeded',
      'LimitExceededException',
      'Http429',
    ),
    cause: () => 'AWS asked to slow down, and still did after several tries.',
    fix: () => 'Run it again when less is going on in the account.',
  },
  {
    id: 'aws-fault',
    fits: ({ status }) => status !== undefined && status >= 500,
    cause: ({ status }) =>
      `AWS had a fault of its own (HTTP ${status}), or something between this host and AWS has one.`,
    fix: ({ requestId }) =>
      requestId === undefined
        ? 'No request id came back, so look at the proxy first; else run it again.'
        : `Run it again; if it stays, give AWS Support the request id ${requestId}.`,
  },
];
