import { isThrottling } from '../../aws/throttling';
import type { Pattern } from '../result/diagnosis';
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

/** What AWS answers to requests that come to the wrong place or at the wrong time. */
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
