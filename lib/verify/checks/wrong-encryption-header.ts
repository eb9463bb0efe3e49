import { canaryBody } from '../check-kit/canary-body';
import type { NegativeCheck } from '../check-kit/check';
import { judgeDenials } from '../check-kit/denial';

export const wrongEncryptionHeader: NegativeCheck = {
  id: 'wrong-encryption-header',
  title: 'The other encryption method is refused',
  kind: 'negative',
  controls: ['S3.17', 'NIST.800-53.r5 SC-28'],
  does: 'Puts an object that asks for the encryption method that this environment does not use.',
  harmless:
    'The object is new and is removed at the end. If SSE-KMS wrongly succeeds for the first time in an account, AWS makes its free managed key aws/s3.',
  passes: 'AccessDenied.',
  lookAt: 'The statement of the bucket policy that denies s3:PutObject with another x-amz-server-side-encryption.',
  run: async ({ s3, canary, config, runId }) => {
    const other = config.form.encryption === 'AES-256' ? 'aws:kms' : 'AES256';
    const put = { ...canary(), Body: canaryBody(runId), ServerSideEncryption: other } as const;
    return judgeDenials([
      {
        call: `PutObject with ${other}`,
        refusal: 'AccessDenied',
        action: 's3:PutObject',
        answer: await s3.putObject(put),
      },
    ]);
  },
};
