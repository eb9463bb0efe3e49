import { canaryBody } from '../check-kit/canary-body';
import type { NegativeCheck } from '../check-kit/check';
import { judgeDenials } from '../check-kit/denial';

/** SSE-C takes a key of 256 bits. */
const KEY_BYTES = 32;

export const customerProvidedKey: NegativeCheck = {
  id: 'customer-provided-key',
  title: 'Encryption with a key that the caller brings is refused',
  kind: 'negative',
  controls: ['NIST.800-53.r5 SC-12', 'NIST.800-53.r5 SC-28'],
  does: 'Puts an object with SSE-C, the way ransomware locks up a bucket.',
  harmless: 'The object is its own, and is removed at the end; the key is of no use elsewhere.',
  passes: 'AccessDenied.',
  lookAt: 'The statement of the bucket policy that denies s3:PutObject with a customer algorithm.',
  run: async ({ s3, canary, runId }) => {
    const put = {
      ...canary(),
      Body: canaryBody(runId),
      SSECustomerAlgorithm: 'AES256',
      SSECustomerKey: Buffer.alloc(KEY_BYTES, runId).toString('base64'),
    };
    return judgeDenials([
      {
        call: 'PutObject with SSE-C',
        refusal: 'AccessDenied',
        action: 's3:PutObject',
        answer: await s3.putObject(put),
      },
    ]);
  },
};
