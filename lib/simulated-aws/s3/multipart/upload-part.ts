import type { Part, Upload } from '../../state/services/s3-state';
import { type AnnouncedChecksum, verifyBody } from '../checksums/body-integrity';
import { checksumHeader, computeChecksum } from '../checksums/checksum';
import { encryptionResponseHeaders } from '../encryption/choose-encryption';
import { requirePartKey } from '../encryption/customer-key';
import { requireDecrypt } from '../encryption/kms-encryption';
import { etagOf } from '../objects/new-object';
import { invalidArgument, invalidRequest } from '../request/errors';
import { emptyResponse, type S3Operation, type S3Request } from '../request/request';
import { findUpload } from './find-upload';

const MAX_PART_NUMBER = 10_000;

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html */
export const uploadPart: S3Operation = (request) => {
  const upload = findUpload(request);
  const partNumber = readPartNumber(request);
  const announced = verifyBody(request);
  requireSameAlgorithm(upload, announced);
  requirePartKey(request, upload.encryption);
  requireDecrypt(request, 'upload-key');
  const { body } = request.call.request;
  const part = addPart(request, upload, { partNumber, body, ...(announced && { checksum: announced.value }) });
  return emptyResponse(200, {
    etag: `"${part.etag}"`,
    ...encryptionResponseHeaders(upload.encryption),
    ...(announced ? { [checksumHeader(announced.algorithm)]: announced.value } : {}),
  });
};

/** @throws {AwsError} `InvalidArgument`, outside 1 to 10,000 */
export function readPartNumber({ query }: S3Request): number {
  const text = query.get('partNumber') ?? '';
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 1 || number > MAX_PART_NUMBER) {
    throw invalidArgument('Part number must be an integer between 1 and 10000, inclusive', 'partNumber', text);
  }
  return number;
}

interface NewPart extends Pick<Part, 'partNumber' | 'body'> {
  /** Checksum by the upload's algorithm, when it has been checked already. */
  readonly checksum?: string;
}

/** Keeps a part; a part with the same number gives way to it. */
export function addPart({ call }: S3Request, upload: Upload, { partNumber, body, checksum }: NewPart): Part {
  const part: Part = {
    partNumber,
    body,
    etag: etagOf(call, body, upload.encryption),
    lastModified: call.account.now(),
    ...(upload.isChecksumRequested ? { checksum: checksum ?? computeChecksum(upload.checksum.algorithm, body) } : {}),
  };
  upload.parts.set(partNumber, part);
  return part;
}

function requireSameAlgorithm(
  { checksum: { algorithm, type }, isChecksumRequested }: Upload,
  announced: AnnouncedChecksum | undefined,
): void {
  if (!isChecksumRequested || announced?.algorithm === algorithm) return;
  // The checksum of the whole can be computed without those of the parts.
  if (announced === undefined && type === 'FULL_OBJECT') return;
  const [expected, actual] = [algorithm.toLowerCase(), announced?.algorithm.toLowerCase() ?? 'null'];
  throw invalidRequest(
    `Checksum Type mismatch occurred, expected checksum Type: ${expected}, actual checksum Type: ${actual}`,
  );
}
