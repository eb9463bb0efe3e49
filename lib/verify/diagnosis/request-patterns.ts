import { isThrottling } from '../../aws/throttling';
import type { EnvironmentFacts, Evidence, Pattern } from '../result/diagnosis';
import { oneOf } from './fits';

/** Where an error names the region that it wants. @see https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
const EXPECTED_REGION = /(?:expecting '?|x-amz-bucket-region: )([a-z0-9-]+)/;

/** The bucket that S3 names: it may be another than the environment's. */
function bucketOf({ message }: Evidence, { bucket }: EnvironmentFacts): string {
  return /\(bucket: ([^)]+)\)/.exec(message)?.[1] ?? bucket;
}

const WRONG_REGION = [
  'PermanentRedirect',
  'TemporaryRedirect',
  'AuthorizationHeaderMalformed',
  'Http301',
  'IllegalLocationConstraintException',
];

/** AWS's answers to requests that come to the wrong place or at the wrong time. */
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
    cause: (evidence, facts) => {
      const expected = EXPECTED_REGION.exec(evidence.message)?.[1];
      return `The bucket ${bucketOf(evidence, facts)} is ${expected === undefined ? 'not' : `in ${expected}, not`} in ${facts.region}, where the request went.`;
    },
    fix: (evidence, facts) => {
      const { bucket, region } = facts;
      const expected = EXPECTED_REGION.exec(evidence.message)?.[1] ?? "the bucket's region";
      if (bucketOf(evidence, facts) !== bucket) return `Name a bucket in ${region}; this one is not the environment's.`;
      return `Set 'region' of the environment to ${expected} and emit the config again; Vault finds the bucket by its name, so the name in its form may belong to another bucket than the one in ${region}.`;
    },
  },
  {
    id: 'no-such-bucket',
    fits: oneOf('NoSuchBucket'),
    cause: (evidence, facts) => `There is no bucket named ${bucketOf(evidence, facts)}.`,
    fix: (evidence, facts) =>
      bucketOf(evidence, facts) !== facts.bucket
        ? 'Name another existing bucket, with --other-bucket where it is the one that must be out of reach.'
        : "Apply the stack, or correct the name: it must be the same in the config and in Vault's Bucket Name.",
  },
  {
    id: 'account-suspended',
    fits: oneOf('AllAccessDisabled', 'AccountProblem', 'NotSignedUp', 'OptInRequired', 'InvalidPayer'),
    cause: ({ message }, { account }) => `AWS keeps account ${account} from S3, whatever its policies say: ${message}`,
    fix: ({ requestId }) =>
      `Whoever pays for the account sees why in the AWS Billing console; AWS Support needs the request id${requestId === undefined ? '' : ` ${requestId}`}.`,
  },
  {
    id: 'requester-pays',
    fits: ({ message }) => /requester.?pays|x-amz-request-payer/i.test(message),
    cause: (evidence, facts) =>
      `Whoever asks for objects of ${bucketOf(evidence, facts)} has to say that they pay (Requester Pays), which Vault does not.`,
    fix: (_, { bucket }) =>
      `aws s3api put-bucket-request-payment --bucket ${bucket} --request-payment-configuration Payer=BucketOwner`,
  },
  {
    id: 'upload-stalled',
    // The same code without a status is a connection that stayed silent.
    fits: ({ code, status }) => code === 'RequestTimeout' && status !== undefined,
    cause: () =>
      'S3 answered, but the body of the request did not reach it in time: it stalled on its way, on a slow line, at a proxy that buffers, or because packets of full size are dropped (MTU).',
    fix: () =>
      "Upload some megabytes from this host by another route, and lower the MTU of the host's interface to that of the VPN or tunnel if that works.",
  },
  {
    id: 'not-aws-s3',
    fits: ({ status, code }) => status === 501 || code === 'NotImplemented',
    cause: ({ message }) =>
      `The server does not know a header or operation that S3 knows, such as its checksums (x-amz-checksum-*): it is an appliance or gateway, not the S3 of AWS. It says: ${message}`,
    fix: () =>
      'Reach S3 itself: look at AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_S3, endpoint_url in ~/.aws/config, and the DNS of this host. vault-env doctor shows the certificate of each endpoint.',
  },
  {
    id: 'throttled',
    // A HEAD request has nothing but its status, which a fault has as well.
    fits: ({ code }) => isThrottling(code) && code !== 'Http503',
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
