import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { IHasher } from 'hash-wasm';
import { piecesOf } from '../../state/services/object-table';
import type { Checksum, ChecksumAlgorithm, ObjectBody } from '../../state/services/stored-object';
import type { XmlContent } from '../../wire/xml/xml-element';
import { invalidRequest } from '../request/errors';
import { crc32c, crc64nvme } from './crc';

interface AlgorithmFacts {
  readonly digest: (pieces: readonly Buffer[]) => Buffer;
  readonly sizeBytes: number;
  /** The types that a multipart upload may ask for; the first is what it gets without asking. */
  readonly multipartTypes: readonly ('COMPOSITE' | 'FULL_OBJECT')[];
}

/** @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html */
export const CHECKSUM_ALGORITHMS: Readonly<Record<ChecksumAlgorithm, AlgorithmFacts>> = {
  CRC32: {
    digest: (pieces) => bigEndian(chain(crc32, pieces)),
    sizeBytes: 4,
    multipartTypes: ['COMPOSITE', 'FULL_OBJECT'],
  },
  CRC32C: {
    digest: (pieces) => bigEndian(chain(crc32c, pieces)),
    sizeBytes: 4,
    multipartTypes: ['COMPOSITE', 'FULL_OBJECT'],
  },
  CRC64NVME: { digest: crc64nvme, sizeBytes: 8, multipartTypes: ['FULL_OBJECT'] },
  MD5: { digest: (pieces) => hashOf('md5', pieces), sizeBytes: 16, multipartTypes: ['COMPOSITE'] },
  SHA1: { digest: (pieces) => hashOf('sha1', pieces), sizeBytes: 20, multipartTypes: ['COMPOSITE'] },
  SHA256: { digest: (pieces) => hashOf('sha256', pieces), sizeBytes: 32, multipartTypes: ['COMPOSITE'] },
  SHA512: { digest: (pieces) => hashOf('sha512', pieces), sizeBytes: 64, multipartTypes: ['COMPOSITE'] },
  XXHASH3: { digest: (pieces) => xxhash('XXHASH3', pieces), sizeBytes: 8, multipartTypes: ['COMPOSITE'] },
  XXHASH64: { digest: (pieces) => xxhash('XXHASH64', pieces), sizeBytes: 8, multipartTypes: ['COMPOSITE'] },
  XXHASH128: { digest: (pieces) => xxhash('XXHASH128', pieces), sizeBytes: 16, multipartTypes: ['COMPOSITE'] },
};

/** The checksum that S3 computes when an upload names no algorithm. */
export const DEFAULT_CHECKSUM_ALGORITHM: ChecksumAlgorithm = 'CRC64NVME';

export function isChecksumAlgorithm(name: string): name is ChecksumAlgorithm {
  return Object.hasOwn(CHECKSUM_ALGORITHMS, name);
}

/** The algorithm of that name, in any case. @throws {AwsError} `InvalidRequest` */
export function readChecksumAlgorithm(text: string): ChecksumAlgorithm {
  const name = text.toUpperCase();
  if (isChecksumAlgorithm(name)) return name;
  throw invalidRequest(
    'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]',
  );
}

/** The header that carries a checksum, for example `x-amz-checksum-crc32`. */
export function checksumHeader(algorithm: ChecksumAlgorithm): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`;
}

/** The checksum in base64, as headers and documents carry it. */
export function computeChecksum(algorithm: ChecksumAlgorithm, body: ObjectBody): string {
  return CHECKSUM_ALGORITHMS[algorithm].digest(piecesOf(body)).toString('base64');
}

function chain(crc: (bytes: Buffer, before: number) => number, pieces: readonly Buffer[]): number {
  return pieces.reduce((before, piece) => crc(piece, before), 0);
}

function hashOf(algorithm: 'md5' | 'sha1' | 'sha256' | 'sha512', pieces: readonly Buffer[]): Buffer {
  const hash = createHash(algorithm);
  for (const piece of pieces) hash.update(piece);
  return hash.digest();
}

function bigEndian(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}

/** The checksum and its type as headers; nothing for an object without one. */
export function checksumHeaders(checksum: Checksum | undefined): Readonly<Record<string, string>> {
  if (!checksum) return {};
  return { [checksumHeader(checksum.algorithm)]: checksum.value, 'x-amz-checksum-type': checksum.type };
}

/** The checksum and its type as elements of a document. */
export function checksumElements(checksum: Checksum | undefined): XmlContent {
  if (!checksum) return {};
  return { [`Checksum${checksum.algorithm}`]: checksum.value, ChecksumType: checksum.type };
}

type XxhashAlgorithm = 'XXHASH3' | 'XXHASH64' | 'XXHASH128';

/** The functions of xxHash, which Node lacks; none until a request first names one, for compiling them takes a while. */
let hashers: Readonly<Record<XxhashAlgorithm, IHasher>> | undefined;

/** Has to be over before a digest is asked for. */
export async function loadXxhash(): Promise<void> {
  if (hashers !== undefined) return;
  const { createXXHash3, createXXHash64, createXXHash128 } = await import('hash-wasm');
  const [XXHASH3, XXHASH64, XXHASH128] = await Promise.all([createXXHash3(), createXXHash64(), createXXHash128()]);
  hashers = { XXHASH3, XXHASH64, XXHASH128 };
}

/** Whether the head of a request names one: an upload has to, before anything else can need it. */
export function namesXxhash(headers: Readonly<Record<string, string>>): boolean {
  return Object.entries(headers).some(([name, value]) => /xxhash/i.test(name) || /^[\w, -]*xxhash/i.test(value));
}

/** The digest of the pieces one after the other, most significant byte first. @see https://github.com/Cyan4973/xxHash */
function xxhash(algorithm: XxhashAlgorithm, pieces: readonly Buffer[]): Buffer {
  if (hashers === undefined) throw new Error('xxHash is not loaded');
  const hasher = hashers[algorithm].init();
  for (const piece of pieces) hasher.update(piece);
  return Buffer.from(hasher.digest('binary'));
}
