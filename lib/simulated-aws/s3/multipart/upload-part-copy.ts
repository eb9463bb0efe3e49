import { joined, sizeOf, sliceOf } from '../../state/services/object-table';
import type { ObjectBody } from '../../state/services/stored-object';
import { encryptionResponseHeaders } from '../encryption/choose-encryption';
import { requirePartKey } from '../encryption/customer-key';
import { requireDecrypt } from '../encryption/kms-encryption';
import { readCopySource } from '../objects/copy-source';
import { invalidArgument } from '../request/errors';
import { findBucket, type S3Operation, type S3Request, xmlResponse } from '../request/request';
import { findUpload } from './find-upload';
import { addPart, readPartNumber } from './upload-part';

const RANGE_HEADER = 'x-amz-copy-source-range';

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html */
export const uploadPartCopy: S3Operation = (request) => {
  const upload = findUpload(request);
  const partNumber = readPartNumber(request);
  const { reference, version } = readCopySource(request);
  requirePartKey(request, upload.encryption);
  requireDecrypt(request, 'upload-key');
  const part = addPart(request, upload, { partNumber, body: readSourceRange(request, version.body) });
  const isVersioned = findBucket(request, reference.bucketName).versioning !== undefined;
  return xmlResponse(
    'CopyPartResult',
    {
      LastModified: part.lastModified.toISOString(),
      ETag: `"${part.etag}"`,
      ...(upload.isChecksumRequested ? { [`Checksum${upload.checksum.algorithm}`]: part.checksum } : {}),
    },
    {
      ...encryptionResponseHeaders(upload.encryption),
      ...(isVersioned ? { 'x-amz-copy-source-version-id': version.versionId } : {}),
    },
  );
};

/** The range has to be whole, `bytes=first-last`, and inside the source. */
function readSourceRange({ headers }: S3Request, body: ObjectBody): Buffer {
  const header = headers[RANGE_HEADER];
  if (header === undefined) return joined(body);
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(header) ?? [];
  if (first === undefined || last === undefined || Number(first) > Number(last)) {
    const message =
      'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy';
    throw invalidArgument(message, RANGE_HEADER, header);
  }
  const size = sizeOf(body);
  if (Number(last) >= size) {
    throw invalidArgument(`Range specified is not valid for source object of size: ${size}`, RANGE_HEADER, header);
  }
  return joined(sliceOf(body, { start: Number(first), end: Number(last) + 1 }));
}
