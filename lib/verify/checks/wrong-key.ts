import { canaryBody } from '../check-kit/canary-body';
import type { NegativeCheck } from '../check-kit/check';
import { judgeDenials } from '../check-kit/denial';

/** Accounts that AWS's documentation uses for examples. */
const EXAMPLE_ACCOUNTS = ['111122223333', '444455556666'] as const;
const KEY_ID = '1234abcd-12ab-34cd-56ef-1234567890ab';

export const wrongKey: NegativeCheck = {
  id: 'wrong-key',
  title: 'A key of another account is refused',
  kind: 'negative',
  controls: ['S3.17', 'NIST.800-53.r5 SC-12', 'NIST.800-53.r5 SC-28'],
  does: 'Puts an object that asks for SSE-KMS with a key of another account.',
  harmless: 'The key of the object is new and is removed at the end.',
  passes: 'AccessDenied to s3:PutObject. A refusal by KMS comes after S3 let the put through.',
  lookAt: 'The statement of the bucket policy that denies s3:PutObject with another key, and kms: grants of the role.',
  run: async ({ s3, canary, config, runId }) => {
    const { partition, region, account } = config.aws;
    const elsewhere = EXAMPLE_ACCOUNTS.find((example) => example !== account);
    const put = {
      ...canary(),
      Body: canaryBody(runId),
      ServerSideEncryption: 'aws:kms',
      SSEKMSKeyId: `arn:${partition}:kms:${region}:${elsewhere}:key/${KEY_ID}`,
    } as const;
    return judgeDenials([
      // KMS is asked about the key only when the put itself was let through; it refuses every key that is not there.
      {
        call: 'PutObject with a key of another account',
        refusal: 'AccessDenied',
        action: 's3:PutObject',
        meansAllowed: ['KMS.NotFoundException', 'KMS.DisabledException'],
        answer: await s3.putObject(put),
      },
    ]);
  },
};
