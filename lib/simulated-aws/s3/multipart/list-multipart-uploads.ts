import { canonicalUserId } from '../account-owner';
import { entriesOf, listPage, prefixesOf } from '../listing/list-page';
import { readEncoding, readLimit } from '../listing/list-parameters';
import { compareUtf8 } from '../objects/utf8-order';
import { findBucket, type S3Operation } from '../request';
import { xmlResponse } from '../responses';
import type { Bucket, Upload } from '../state';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html */
export const listMultipartUploads: S3Operation = (request) => {
  const { query } = request;
  const bucket = findBucket(request);
  const encode = readEncoding(request);
  const keyMarker = query.get('key-marker') ?? '';
  const uploadMarker = query.get('upload-id-marker') ?? '';
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const limit = readLimit(request, 'max-uploads');
  const uploads = uploadsAfter(bucket, keyMarker, uploadMarker);
  const page = listPage(uploads, { prefix, delimiter, limit }, uploadMarker === '' ? keyMarker : '');
  const last = page.isTruncated ? page.items.at(-1) : undefined;
  return xmlResponse('ListMultipartUploadsResult', {
    Bucket: bucket.name,
    KeyMarker: encode(keyMarker),
    UploadIdMarker: uploadMarker,
    NextKeyMarker: last && encode(last.kind === 'entry' ? last.entry.key : last.prefix),
    NextUploadIdMarker: last?.kind === 'entry' ? last.entry.uploadId : undefined,
    Prefix: encode(prefix),
    Delimiter: delimiter === '' ? undefined : encode(delimiter),
    EncodingType: query.get('encoding-type'),
    MaxUploads: limit,
    IsTruncated: page.isTruncated,
    Upload: entriesOf(page).map((upload) => ({
      Key: encode(upload.key),
      UploadId: upload.uploadId,
      Initiator: { ID: upload.initiator.id, DisplayName: upload.initiator.displayName },
      Owner: { ID: canonicalUserId(request.call.account.accountId) },
      StorageClass: upload.metadata.storageClass,
      Initiated: upload.initiatedAt.toISOString(),
      ...(upload.isChecksumRequested
        ? { ChecksumAlgorithm: upload.checksum.algorithm, ChecksumType: upload.checksum.type }
        : {}),
    })),
    CommonPrefixes: prefixesOf(page).map((one) => ({ Prefix: encode(one) })),
  });
};

/** Uploads after the markers: by key, those of one key in the order in which they were started. */
function uploadsAfter(bucket: Bucket, keyMarker: string, uploadMarker: string): readonly Upload[] {
  const ordered = [...bucket.uploads.values()].sort(
    (left, right) => compareUtf8(left.key, right.key) || left.initiatedAt.getTime() - right.initiatedAt.getTime(),
  );
  const marked = ordered.findIndex((upload) => upload.key === keyMarker && upload.uploadId === uploadMarker);
  return ordered.filter(
    (upload, index) =>
      compareUtf8(upload.key, keyMarker) > 0 || (uploadMarker !== '' && upload.key === keyMarker && index > marked),
  );
}
