import type { Part, Upload } from '../../state/services/s3-state';
import { readXml } from '../../wire/xml/xml';
import { childrenNamed, childText, type XmlElement } from '../../wire/xml/xml-element';
import { computeChecksum } from '../checksums/checksum';
import { completeMultipartUploadDocument } from '../documents/objects';
import { validateShape } from '../documents/shape';
import { invalidRequest, malformedXml, s3Error } from '../request/errors';
import type { S3Request } from '../request/request';

const MIN_PART_BYTES = 5 * 1024 * 1024;

/**
 * The parts that the caller completes the upload with, in order.
 *
 * @throws {AwsError} `MalformedXML`, `InvalidPartOrder`, `InvalidPart`, `EntityTooSmall`, `InvalidRequest`
 */
export function readChosenParts(request: S3Request, upload: Upload): readonly Part[] {
  const document = readXml(request.call.request.body);
  if (document.name !== 'CompleteMultipartUpload') throw malformedXml();
  validateShape(document, completeMultipartUploadDocument);
  const chosen = childrenNamed(document, 'Part');
  requireOrder(chosen, upload);
  const parts = chosen.map((element) => findPart(element, upload));
  for (const part of parts.slice(0, -1)) requirePartSize(part);
  return parts;
}

function numberOf(element: XmlElement): number {
  return Number(childText(element, 'PartNumber'));
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompletedPart.html */
function requireOrder(chosen: readonly XmlElement[], upload: Upload): void {
  const numbers = chosen.map(numberOf);
  const isOrdered = hasChecksumOfEachPart(upload)
    ? numbers.every((number, index) => number === index + 1)
    : numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0));
  if (!isOrdered) throw s3Error('InvalidPartOrder', { UploadId: upload.uploadId });
}

/** Such parts are also numbered without a gap. */
function hasChecksumOfEachPart({ isChecksumRequested, checksum }: Upload): boolean {
  return isChecksumRequested && checksum.type === 'COMPOSITE';
}

function findPart(element: XmlElement, upload: Upload): Part {
  const partNumber = numberOf(element);
  const etag = (childText(element, 'ETag') ?? '').replaceAll('"', '');
  const part = upload.parts.get(partNumber);
  const sent = childText(element, `Checksum${upload.checksum.algorithm}`);
  if (hasChecksumOfEachPart(upload) && sent === undefined) {
    const name = upload.checksum.algorithm.toLowerCase();
    throw invalidRequest(
      `The upload was created using a ${name} checksum. The complete request must include the checksum for each part. It was missing for part ${partNumber} in the request.`,
    );
  }
  if (part?.etag !== etag || (sent !== undefined && sent !== checksumOf(part, upload))) {
    throw s3Error('InvalidPart', { UploadId: upload.uploadId, PartNumber: String(partNumber), ETag: etag });
  }
  return part;
}

function checksumOf({ checksum, body }: Part, upload: Upload): string {
  return checksum ?? computeChecksum(upload.checksum.algorithm, body);
}

function requirePartSize({ partNumber, body, etag }: Part): void {
  if (body.length >= MIN_PART_BYTES) return;
  throw s3Error('EntityTooSmall', {
    ProposedSize: String(body.length),
    MinSizeAllowed: String(MIN_PART_BYTES),
    PartNumber: String(partNumber),
    ETag: etag,
  });
}
