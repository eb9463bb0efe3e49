import { canaryBody } from '../check-kit/canary-body';
import type { NegativeCheck } from '../check-kit/check';
import { judgeDenials } from '../check-kit/denial';
import { blocked } from '../check-kit/outcome';

export const plainHttp: NegativeCheck = {
  id: 'plain-http',
  title: 'Requests without TLS are refused',
  kind: 'negative',
  controls: ['S3.5', 'NIST.800-53.r5 SC-8', 'NIST.800-53.r5 SC-8(1)', 'NIST.800-53.r5 SC-13'],
  does: 'Puts an object over HTTPS, then gets it and puts another over HTTP, to the same host with the same signature.',
  harmless: 'Only objects of this run are read and written; a signature cannot be used for another request.',
  passes: 'AccessDenied to both requests over HTTP.',
  lookAt:
    'The statement of the bucket policy that denies s3:* where aws:SecureTransport is false, on bucket and objects.',
  run: async ({ samples, s3OverPlainHttp, canary, runId }) => {
    const { target, put } = await samples.small();
    if (!put.ok) return blocked('PutObject over HTTPS', put);
    const [read, written] = await Promise.all([
      s3OverPlainHttp.getObject(target),
      s3OverPlainHttp.putObject({ ...canary('put'), Body: canaryBody(runId) }),
    ]);
    return judgeDenials([
      { call: 'GetObject over HTTP', refusal: 'AccessDenied', action: 's3:GetObject', answer: read },
      { call: 'PutObject over HTTP', refusal: 'AccessDenied', action: 's3:PutObject', answer: written },
    ]);
  },
};
