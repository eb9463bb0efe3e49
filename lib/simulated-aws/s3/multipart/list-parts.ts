import { canonicalUserId } from '../account-owner';
import { requireDecrypt } from '../encryption/kms-encryption';
import { invalidArgument } from '../errors';
import { readLimit } from '../listing/list-parameters';
import type { S3Operation } from '../request';
import { xmlResponse } from '../responses';
import { findUpload } from './find-upload';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html */
export const listParts: S3Operation = (request) => {
  const upload = findUpload(request);
  requireDecrypt(request, upload.encryption);
  const marker = request.query.get('part-number-marker') || '0';
  if (!/^\d+$/.test(marker)) {
    const message = 'Provided part-number-marker not an integer or within integer range';
    throw invalidArgument(message, 'part-number-marker', marker);
  }
  const limit = readLimit(request, 'max-parts');
  const after = [...upload.parts.values()]
    .filter((part) => part.partNumber > Number(marker))
    .sort((left, right) => left.partNumber - right.partNumber);
  const page = after.slice(0, limit);
  const { algorithm, type } = upload.checksum;
  return xmlResponse('ListPartsResult', {
    Bucket: request.bucketName,
    Key: upload.key,
    UploadId: upload.uploadId,
    Initiator: { ID: upload.initiator.id, DisplayName: upload.initiator.displayName },
    Owner: { ID: canonicalUserId(request.call.account.accountId) },
    StorageClass: upload.metadata.storageClass,
    PartNumberMarker: Number(marker),
    NextPartNumberMarker: page.at(-1)?.partNumber ?? 0,
    MaxParts: limit,
    IsTruncated: after.length > page.length,
    ...(upload.isChecksumRequested ? { ChecksumAlgorithm: algorithm, ChecksumType: type } : {}),
    Part: page.map((part) => ({
      PartNumber: part.partNumber,
      LastModified: part.lastModified.toISOString(),
      ETag: `"${part.etag}"`,
      Size: part.body.length,
      ...(upload.isChecksumRequested ? { [`Checksum${algorithm}`]: part.checksum } : {}),
    })),
  });
};
