import { canaryBody } from '../check-kit/canary-body';
import type { PositiveCheck } from '../check-kit/check';
import { blocked, failed, observe, passed, refused } from '../check-kit/outcome';

export const multipartAbort: PositiveCheck = {
  id: 'multipart-abort',
  title: 'An unfinished upload can be listed and given up',
  kind: 'positive',
  controls: ['NIST.800-53.r5 CP-9'],
  requires: ['s3:AbortMultipartUpload', 's3:ListBucketMultipartUploads', 's3:ListMultipartUploadParts', 's3:PutObject'],
  isRetried: true,
  does: 'Begins an upload below the prefix of this run, lists its parts, lists the uploads under its key and aborts it.',
  harmless: 'The upload is its own, and no other is aborted.',
  passes: 'Both lists name the upload, and AbortMultipartUpload succeeds.',
  lookAt:
    'The role’s policy for s3:AbortMultipartUpload, s3:ListMultipartUploadParts and s3:ListBucketMultipartUploads.',
  steps: 4,
  run: async ({ s3, canary, runId }) => {
    const target = canary();
    const created = await s3.createMultipartUpload(target);
    if (!created.ok) return blocked('CreateMultipartUpload', created);
    const upload = { ...target, UploadId: created.value.UploadId };
    const part = await s3.uploadPart({ ...upload, PartNumber: 1, Body: canaryBody(runId) });
    if (!part.ok) return blocked('UploadPart', part);
    const [parts, uploads] = await Promise.all([
      s3.listParts(upload),
      s3.listMultipartUploads({ Bucket: target.Bucket, Prefix: target.Key }),
    ]);
    if (!parts.ok) return refused('ListParts', parts);
    if (!uploads.ok) return refused('ListMultipartUploads', uploads);
    const aborted = await s3.abortMultipartUpload(upload);
    if (!aborted.ok) return refused('AbortMultipartUpload', aborted);
    const seen = [
      observe('ListParts', parts, `${parts.value.Parts?.length ?? 0} parts`),
      observe('ListMultipartUploads', uploads, `${uploads.value.Uploads?.length ?? 0} uploads`),
      observe('AbortMultipartUpload', aborted),
    ];
    const isListed = (uploads.value.Uploads ?? []).some((one) => one.UploadId === upload.UploadId);
    if (parts.value.Parts?.length !== 1 || !isListed) return failed(seen, 'A list left out the unfinished upload.');
    return passed(seen, 'The unfinished upload was listed and given up.');
  },
};
