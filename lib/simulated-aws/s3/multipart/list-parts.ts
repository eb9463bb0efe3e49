import { requireDecrypt } from '../encryption/kms-encryption';
import { invalidArgument } from '../errors';
import { readLimit } from '../listing/list-parameters';
import type { S3Operation, S3Request } from '../request';
import { xmlResponse } from '../responses';
import type { Part, Upload } from '../state';
import type { XmlContent } from '../xml';
import { findUpload } from './find-upload';
import { uploadElements } from './upload-elements';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html */
export const listParts: S3Operation = (request) => {
  const upload = findUpload(request);
  requireDecrypt(request, 'upload-key');
  const marker = readMarker(request);
  const limit = readLimit(request, 'max-parts');
  const after = [...upload.parts.values()]
    .filter((part) => part.partNumber > marker)
    .sort((left, right) => left.partNumber - right.partNumber);
  const page = after.slice(0, limit);
  return xmlResponse('ListPartsResult', {
    Bucket: request.bucketName,
    Key: upload.key,
    ...uploadElements(request, upload),
    PartNumberMarker: marker,
    NextPartNumberMarker: page.at(-1)?.partNumber ?? 0,
    MaxParts: limit,
    IsTruncated: after.length > page.length,
    Part: page.map((part) => partElements(part, upload)),
  });
};

function readMarker({ query }: S3Request): number {
  const marker = query.get('part-number-marker') || '0';
  if (/^\d+$/.test(marker)) return Number(marker);
  const message = 'Provided part-number-marker not an integer or within integer range';
  throw invalidArgument(message, 'part-number-marker', marker);
}

function partElements(part: Part, { checksum }: Upload): XmlContent {
  return {
    PartNumber: part.partNumber,
    LastModified: part.lastModified.toISOString(),
    ETag: `"${part.etag}"`,
    Size: part.body.length,
    [`Checksum${checksum.algorithm}`]: part.checksum,
  };
}
