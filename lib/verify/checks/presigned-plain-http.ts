import type { NegativeCheck } from '../check-kit/check';
import { judgeDenials } from '../check-kit/denial';
import { blocked } from '../check-kit/outcome';

export const presignedPlainHttp: NegativeCheck = {
  id: 'presigned-plain-http',
  title: 'A presigned URL is refused without TLS',
  kind: 'negative',
  controls: ['S3.5', 'NIST.800-53.r5 SC-8', 'NIST.800-53.r5 SC-8(1)'],
  does: 'Puts an object over HTTPS, presigns URLs that read it, and asks for one over HTTPS and for one over HTTP.',
  harmless: 'Only an object of this run is read; the URLs are good for that object alone, and for a minute.',
  passes: 'The object over HTTPS, and AccessDenied over HTTP.',
  lookAt: 'The statement of the bucket policy that denies s3:* where aws:SecureTransport is false, on its objects.',
  run: async ({ samples, s3Presigned, s3OverPresignedHttp }) => {
    const { target, put } = await samples.small();
    if (!put.ok) return blocked('PutObject over HTTPS', put);
    // S3 refuses every presigned URL with AccessDenied where clocks differ by more than the minute that it is good for.
    const [control, answer] = await Promise.all([s3Presigned.getObject(target), s3OverPresignedHttp.getObject(target)]);
    if (!control.ok) return blocked('GetObject by a presigned URL over HTTPS', control);
    const denial = { refusal: 'AccessDenied', action: 's3:GetObject' } as const;
    return judgeDenials([{ call: 'GetObject by a presigned URL over HTTP', ...denial, answer }]);
  },
};
