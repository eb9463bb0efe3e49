import type { Part, Upload } from '../../state/services/s3-state';
import type { XmlContent } from '../../wire/xml/xml-element';
import { requirePartKey } from '../encryption/customer-key';
import { requireDecrypt } from '../encryption/kms-encryption';
import { partMarkerOf, readLimit } from '../listing/list-parameters';
import { ownerOfBucket, type S3Operation, type S3Request, xmlResponse } from '../request/request';
import { findUpload } from './find-upload';

/** The elements besides the key with which both listings, of uploads and of parts, describe an upload. */
export function uploadElements(request: S3Request, upload: Upload): XmlContent {
  const { algorithm, type } = upload.checksum;
  return {
    UploadId: upload.uploadId,
    Initiator: { ID: upload.initiator.id, DisplayName: upload.initiator.displayName },
    Owner: { ID: ownerOfBucket(request) },
    StorageClass: upload.metadata.storageClass,
    ...(upload.isChecksumRequested ? { ChecksumAlgorithm: algorithm, ChecksumType: type } : {}),
  };
}

const KEY_IS_MISSING = 'To retrieve Part Checksum data requests must include appropriate encryption parameters.';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html */
export const listParts: S3Operation = (request) => {
  const upload = findUpload(request);
  if (upload.isChecksumRequested) requirePartKey(request, upload.encryption, KEY_IS_MISSING);
  requireDecrypt(request, 'upload-key');
  const marker = partMarkerOf(request.query.get('part-number-marker'), 'part-number-marker');
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

function partElements(part: Part, { checksum }: Upload): XmlContent {
  return {
    PartNumber: part.partNumber,
    LastModified: part.lastModified.toISOString(),
    ETag: `"${part.etag}"`,
    Size: part.body.length,
    [`Checksum${checksum.algorithm}`]: part.checksum,
  };
}
