import { AwsError, notImplemented } from '../http/aws-error';
import type { RawRequest } from '../http/raw-request';
import { STREAMING_PAYLOADS } from '../signature/hashes';
import { type ChunkSigning, type Unwrapped, unwrapChunks } from './aws-chunked';

/** A request whose body stands as it was meant. */
export interface UnwrappedRequest {
  readonly headers: RawRequest['headers'];
  readonly body: Buffer;
  readonly trailers: Unwrapped['trailers'];
}

/**
 * Unwraps an `aws-chunked` body, if the request says that it has one.
 *
 * The headers come back without the wrapping's own coding and length, so that they describe the body.
 *
 * @param signing what signs the chunks; absent for an anonymous request
 * @throws {AwsError} as {@link unwrapChunks}, and `MissingContentLength`; `MalformedTrailerError` for a trailer that is
 *   announced and does not come, or the other way round
 */
export function unwrapBody(request: RawRequest, signing: ChunkSigning | undefined): UnwrappedRequest {
  const { headers } = request;
  const form = STREAMING_PAYLOADS[headers['x-amz-content-sha256'] ?? ''];
  if (form === undefined) {
    requireAnnouncedTrailers(headers['x-amz-trailer'], {});
    return { headers, body: request.body, trailers: {} };
  }
  if (form.isSigned && signing === undefined) {
    throw notImplemented('signed chunks in a request that is not signed in its Authorization header');
  }
  const { body, trailers } = unwrapChunks(request.body, {
    ...(form.isSigned && signing !== undefined ? { signing } : {}),
    hasTrailer: form.hasTrailer,
  });
  requireDecodedLength(headers['x-amz-decoded-content-length'], body);
  requireAnnouncedTrailers(headers['x-amz-trailer'], trailers);
  return { headers: withoutWrapping(headers, String(body.length)), body, trailers };
}

/** The headers as they describe the body that is going to come, if it is `aws-chunked`. */
export function unwrapHeaders(headers: RawRequest['headers']): RawRequest['headers'] {
  if (STREAMING_PAYLOADS[headers['x-amz-content-sha256'] ?? ''] === undefined) return headers;
  return withoutWrapping(headers, headers['x-amz-decoded-content-length'] ?? '');
}

function requireDecodedLength(declared: string | undefined, body: Buffer): void {
  if (declared === undefined) {
    throw new AwsError(411, 'MissingContentLength', 'You must provide the Content-Length HTTP header.');
  }
  if (declared !== String(body.length)) {
    throw new AwsError(
      400,
      'IncompleteBody',
      'The request body terminated unexpectedly: it is not as long as x-amz-decoded-content-length says.',
    );
  }
}

function requireAnnouncedTrailers(announced: string | undefined, trailers: Unwrapped['trailers']): void {
  const names = (announced ?? '').split(',').map((name) => name.trim().toLowerCase());
  const expected = names.filter((name) => name !== '').sort();
  const received = Object.keys(trailers).sort();
  if (expected.join() !== received.join()) {
    throw new AwsError(
      400,
      'MalformedTrailerError',
      'The request contained trailing data that was not well-formed or did not conform to our published schema.',
    );
  }
}

function withoutWrapping(headers: RawRequest['headers'], length: string): RawRequest['headers'] {
  const codings = (headers['content-encoding'] ?? '').split(',').map((coding) => coding.trim());
  const kept = codings.filter((coding) => coding !== '' && coding !== 'aws-chunked').join(',');
  const { 'content-encoding': _coding, 'transfer-encoding': _transfer, ...others } = headers;
  return { ...others, 'content-length': length, ...(kept === '' ? {} : { 'content-encoding': kept }) };
}
