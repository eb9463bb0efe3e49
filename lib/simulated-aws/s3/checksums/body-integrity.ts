import { createHash } from 'node:crypto';
import type { ChecksumAlgorithm } from '../../state/services/stored-object';
import { badDigest, invalidRequest, s3Error } from '../request/errors';
import type { S3Request } from '../request/request';
import { CHECKSUM_ALGORITHMS, checksumHeader, computeChecksum, isChecksumAlgorithm } from './checksum';

/** A checksum that the caller announced, in a header or behind the body. */
export interface AnnouncedChecksum {
  readonly algorithm: ChecksumAlgorithm;
  readonly value: string;
}

/**
 * Checks `Content-MD5` and the `x-amz-checksum-*` that came with the body.
 *
 * @returns the checksum, when one was announced; it is right
 * @throws {AwsError} `InvalidDigest`, `BadDigest`, `InvalidRequest`
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
 */
export function verifyBody(request: S3Request): AnnouncedChecksum | undefined {
  const { body } = request.call.request;
  verifyContentMd5(request.headers['content-md5'], body);
  requireChosenChecksum(request);
  requireKnownTrailers(request);
  const announced = announcedChecksum(request);
  requireSameChoice(request, announced);
  if (announced && computeChecksum(announced.algorithm, body) !== announced.value) {
    throw badDigest(announced.algorithm);
  }
  return announced;
}

/** A client that says which checksum it chose has to send one. */
function requireChosenChecksum({ headers }: S3Request): void {
  if (headers['x-amz-sdk-checksum-algorithm'] === undefined || headers['x-amz-trailer'] !== undefined) return;
  if (Object.keys(headers).some((name) => name.startsWith('x-amz-checksum-'))) return;
  throw invalidRequest(
    'x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.',
  );
}

/** @throws {AwsError} `InvalidRequest` */
function requireKnownTrailers({ headers }: S3Request): void {
  for (const name of (headers['x-amz-trailer'] ?? '').split(',').map((one) => one.trim().toLowerCase())) {
    const algorithm = /^x-amz-checksum-(.+)$/.exec(name)?.[1]?.toUpperCase() ?? '';
    if (name !== '' && !isChecksumAlgorithm(algorithm)) {
      throw invalidRequest('The value specified in the x-amz-trailer header is not supported');
    }
  }
}

/** The algorithm that a client says it chose is the one whose checksum it sends. */
function requireSameChoice({ headers }: S3Request, announced: AnnouncedChecksum | undefined): void {
  const chosen = headers['x-amz-sdk-checksum-algorithm']?.toUpperCase();
  if (chosen === undefined || announced === undefined || chosen === announced.algorithm) return;
  throw invalidRequest('Value for x-amz-sdk-checksum-algorithm header is invalid.');
}

/** Whether the request carries any proof that its body is whole. */
export function hasIntegrityCheck(request: S3Request): boolean {
  return request.headers['content-md5'] !== undefined || announcedChecksum(request) !== undefined;
}

function verifyContentMd5(header: string | undefined, body: Buffer): void {
  if (header === undefined) return;
  if (!/^[A-Za-z0-9+/]{22}==$/.test(header)) throw s3Error('InvalidDigest', { 'Content-MD5': header });
  if (createHash('md5').update(body).digest('base64') !== header) throw badDigest('Content-MD5');
}

function announcedChecksum(request: S3Request): AnnouncedChecksum | undefined {
  const carried = { ...request.headers, ...request.call.request.trailers };
  const found = Object.keys(CHECKSUM_ALGORITHMS)
    .filter(isChecksumAlgorithm)
    .flatMap((algorithm) => {
      const value = carried[checksumHeader(algorithm)];
      return value === undefined ? [] : [{ algorithm, value }];
    });
  if (found.length > 1) {
    throw invalidRequest('Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.');
  }
  const [announced] = found;
  if (announced && !isWellFormed(announced)) {
    throw invalidRequest(`Value for ${checksumHeader(announced.algorithm)} header is invalid.`);
  }
  return announced;
}

function isWellFormed({ algorithm, value }: AnnouncedChecksum): boolean {
  const bytes = Buffer.from(value, 'base64');
  return bytes.length === CHECKSUM_ALGORITHMS[algorithm].sizeBytes && bytes.toString('base64') === value;
}
