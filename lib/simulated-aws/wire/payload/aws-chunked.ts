import { AwsError } from '../http/aws-error';
import { isSameSignature, sha256Hex, sign } from '../signature/hashes';
import { signatureRefusal } from '../signature/refusals';

/** The signing of a body's chunks: each signature covers the one before it, and the first the request's own. */
export interface ChunkSigning {
  readonly key: Buffer;
  /** `20130524T000000Z` */
  readonly signedAt: string;
  /** `20130524/us-east-1/s3/aws4_request` */
  readonly scope: string;
  readonly seedSignature: string;
}

/** How an `aws-chunked` body is made. */
export interface ChunkedForm {
  /** Absent when chunks are not signed. */
  readonly signing?: ChunkSigning;
  readonly hasTrailer: boolean;
}

/** An `aws-chunked` body without its wrapping. */
export interface Unwrapped {
  readonly body: Buffer;
  /** Lower-case names. */
  readonly trailers: Readonly<Record<string, string>>;
}

/** Every chunk but the last must hold at least this much. */
const MIN_CHUNK_BYTES = 8192;

/**
 * Takes an `aws-chunked` body apart and checks the signatures of its chunks and of its trailer.
 *
 * @throws {AwsError} `IncompleteBody`, `SignatureDoesNotMatch`, `InvalidChunkSizeError`, `MalformedTrailerError`
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export function unwrapChunks(wrapped: Buffer, { signing, hasTrailer }: ChunkedForm): Unwrapped {
  const chunks: Buffer[] = [];
  let position = 0;
  let previous = signing?.seedSignature ?? '';
  for (;;) {
    const chunk = readChunk(wrapped, position);
    position = chunk.end;
    if (signing !== undefined) {
      requireSignature(signing, chunkStringToSign(signing, previous, chunk.data), chunk.signature);
      previous = chunk.signature ?? '';
    }
    if (chunk.data.length === 0) {
      break;
    }
    requireChunkSize(chunks.at(-1));
    chunks.push(chunk.data);
  }
  const rest = wrapped.subarray(position).toString('utf8');
  if (!hasTrailer && !/^(?:\r\n)?$/.test(rest)) {
    throw incompleteBody();
  }
  const [only = Buffer.alloc(0), ...others] = chunks;
  const body = others.length === 0 ? only : Buffer.concat(chunks);
  return { body, trailers: hasTrailer ? readTrailer(rest, signing, previous) : {} };
}

interface Chunk {
  readonly data: Buffer;
  readonly signature?: string;
  /** Where the next chunk begins; for the last, empty one, where the trailer begins. */
  readonly end: number;
}

function readChunk(wrapped: Buffer, start: number): Chunk {
  const lineEnd = wrapped.indexOf('\r\n', start);
  const line = /^([0-9a-f]{1,8})(?:;chunk-signature=([0-9a-f]{64}))?$/i.exec(
    wrapped.subarray(start, Math.max(start, lineEnd)).toString('latin1'),
  );
  if (line === null) {
    throw incompleteBody();
  }
  const sizeBytes = Number.parseInt(line[1] ?? '', 16);
  const dataStart = lineEnd + 2;
  const dataEnd = dataStart + sizeBytes;
  if (sizeBytes > 0 && wrapped.subarray(dataEnd, dataEnd + 2).toString('latin1') !== '\r\n') {
    throw incompleteBody();
  }
  return {
    data: wrapped.subarray(dataStart, dataEnd),
    ...(line[2] === undefined ? {} : { signature: line[2] }),
    end: sizeBytes === 0 ? dataStart : dataEnd + 2,
  };
}

function requireChunkSize(previous: Buffer | undefined): void {
  if (previous !== undefined && previous.length < MIN_CHUNK_BYTES) {
    throw new AwsError(
      403,
      'InvalidChunkSizeError',
      `Only the last chunk is allowed to have a size less than ${MIN_CHUNK_BYTES} bytes`,
    );
  }
}

function readTrailer(text: string, signing: ChunkSigning | undefined, previous: string): Unwrapped['trailers'] {
  const lines = text.split(/\r?\n/).filter((line) => line !== '');
  const pairs = lines.map((line) => {
    const colon = line.indexOf(':');
    if (colon < 1) {
      throw new AwsError(400, 'MalformedTrailerError', `The trailer line '${line}' is not a header.`);
    }
    return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  const { 'x-amz-trailer-signature': signature, ...trailers } = Object.fromEntries(pairs);
  if (signing !== undefined) {
    requireSignature(signing, trailerStringToSign(signing, previous, trailers), signature);
  }
  return trailers;
}

function requireSignature(signing: ChunkSigning, stringToSign: string, presented: string | undefined): void {
  if (presented === undefined || !isSameSignature(sign(signing.key, stringToSign), presented)) {
    throw signatureRefusal('rest-xml', 'wrong-signature', {
      fields: { StringToSign: stringToSign, SignatureProvided: presented ?? '' },
    });
  }
}

function chunkStringToSign({ signedAt, scope }: ChunkSigning, previous: string, data: Buffer): string {
  return ['AWS4-HMAC-SHA256-PAYLOAD', signedAt, scope, previous, sha256Hex(''), sha256Hex(data)].join('\n');
}

function trailerStringToSign(
  { signedAt, scope }: ChunkSigning,
  previous: string,
  trailers: Unwrapped['trailers'],
): string {
  const lines = Object.entries(trailers).map(([name, value]) => `${name}:${value}\n`);
  return ['AWS4-HMAC-SHA256-TRAILER', signedAt, scope, previous, sha256Hex(lines.join(''))].join('\n');
}

function incompleteBody(): AwsError {
  return new AwsError(
    400,
    'IncompleteBody',
    'You did not provide the number of bytes specified by the Content-Length HTTP header.',
  );
}
