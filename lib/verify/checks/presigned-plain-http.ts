import { canaryBody } from '../canary-body';
import type { NegativeCheck } from '../check';
import { judgeDenials } from '../denial';
import { blocked } from '../outcome';

export const presignedPlainHttp: NegativeCheck = {
  id: 'presigned-plain-http',
  title: 'A presigned URL is refused without TLS',
  kind: 'negative',
  controls: ['S3.5', 'NIST.800-53.r5 SC-8', 'NIST.800-53.r5 SC-8(1)'],
  does: 'Puts an object over HTTPS, presigns a URL that reads it, and asks for that URL over HTTP.',
  harmless: 'Only an object of this run is read; the URL is good for that object alone, and for a minute.',
  passes: 'AccessDenied.',
  lookAt: 'The statement of the bucket policy that denies s3:* where aws:SecureTransport is false, on its objects.',
  run: async ({ s3, s3OverPresignedHttp, canary, runId }) => {
    const target = canary();
    const put = await s3.putObject({ ...target, Body: canaryBody(runId) });
    if (!put.ok) return blocked('PutObject over HTTPS', put);
    const answer = await s3OverPresignedHttp.getObject(target);
    return judgeDenials([{ call: 'GetObject by a presigned URL over HTTP', refusal: 'AccessDenied', answer }]);
  },
};
