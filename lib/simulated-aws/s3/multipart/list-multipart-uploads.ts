import type { Bucket, Upload } from '../../state/services/s3-state';
import { compareUtf8 } from '../../state/services/utf8-order';
import type { XmlContent } from '../../wire/xml/xml-element';
import { entriesOf, listPage, type Page, prefixesOf } from '../listing/list-page';
import { readEncoding, readLimit } from '../listing/list-parameters';
import { findBucket, type S3Operation, xmlResponse } from '../request/request';
import { uploadElements } from './list-parts';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html */
export const listMultipartUploads: S3Operation = (request) => {
  const { query } = request;
  const bucket = findBucket(request);
  const encode = readEncoding(request);
  const [keyMarker, uploadMarker] = [query.get('key-marker') ?? '', query.get('upload-id-marker') ?? ''];
  const rolled = { prefix: query.get('prefix') ?? '', delimiter: query.get('delimiter') ?? '' };
  const limit = readLimit(request, 'max-uploads');
  const uploads = uploadsAfter(bucket, keyMarker, uploadMarker);
  const page = listPage(uploads, { ...rolled, limit }, uploadMarker === '' ? keyMarker : '');
  return xmlResponse('ListMultipartUploadsResult', {
    Bucket: bucket.name,
    KeyMarker: encode(keyMarker),
    UploadIdMarker: uploadMarker,
    ...nextMarkers(page, encode),
    Prefix: encode(rolled.prefix),
    Delimiter: rolled.delimiter === '' ? undefined : encode(rolled.delimiter),
    EncodingType: query.get('encoding-type'),
    MaxUploads: limit,
    IsTruncated: page.isTruncated,
    Upload: entriesOf(page).map((upload) => ({
      Key: encode(upload.key),
      Initiated: upload.initiatedAt.toISOString(),
      ...uploadElements(request, upload),
    })),
    CommonPrefixes: prefixesOf(page).map((one) => ({ Prefix: encode(one) })),
  });
};

function nextMarkers(page: Page<Upload>, encode: (text: string) => string): XmlContent {
  const last = page.isTruncated ? page.items.at(-1) : undefined;
  return {
    NextKeyMarker: last && encode(last.kind === 'entry' ? last.entry.key : last.prefix),
    NextUploadIdMarker: last?.kind === 'entry' ? last.entry.uploadId : undefined,
  };
}

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
