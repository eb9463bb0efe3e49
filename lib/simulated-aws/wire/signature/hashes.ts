import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { AwsError } from '../http/aws-error';
import { type Protocol, tryReadParameters } from '../http/message';
import type { RawRequest } from '../http/raw-request';
import type { CredentialScope, PresentedSignature } from './presented-signature';

/** A client signs one request after the other with the same key; more than these are derived again. */
const MAX_DERIVED = 64;
const DERIVED = new Map<string, Buffer>();

/** The key that signs everything in one credential scope. */
export function signingKey(secretAccessKey: string, scope: CredentialScope): Buffer {
  const name = `${secretAccessKey} ${scopeText(scope)}`;
  const known = DERIVED.get(name);
  if (known !== undefined) return known;
  const key = deriveKey(secretAccessKey, scope);
  if (DERIVED.size >= MAX_DERIVED) DERIVED.clear();
  DERIVED.set(name, key);
  return key;
}

function deriveKey(secretAccessKey: string, { date, region, service }: CredentialScope): Buffer {
  return [date, region, service, 'aws4_request'].reduce<Buffer>(
    (key, part) => createHmac('sha256', key).update(part).digest(),
    Buffer.from(`AWS4${secretAccessKey}`),
  );
}

/** A time as signatures hold it: `20130524T000000Z`. */
export function basicTime(date: Date): string {
  return date.toISOString().replace(/[-:]|\.\d{3}/g, '');
}

export function scopeText({ date, region, service }: CredentialScope): string {
  return `${date}/${region}/${service}/aws4_request`;
}

export function sign(key: Buffer, stringToSign: string): string {
  return createHmac('sha256', key).update(stringToSign).digest('hex');
}

export function sha256Hex(data: Buffer | string): string {
  return createHash('sha256').update(data).digest('hex');
}

/** Compares signatures in constant time. */
export function isSameSignature(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD';

/** The forms in which S3 takes an `aws-chunked` body, by the value of `x-amz-content-sha256`. */
export const STREAMING_PAYLOADS: Readonly<
  Record<string, { readonly isSigned: boolean; readonly hasTrailer: boolean }>
> = {
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD': { isSigned: true, hasTrailer: false },
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER': { isSigned: true, hasTrailer: true },
  'STREAMING-UNSIGNED-PAYLOAD-TRAILER': { isSigned: false, hasTrailer: true },
};

/**
 * The text that stands for the body in the canonical request.
 *
 * Only S3 takes the client's word; every other service hashes what it received.
 *
 * @throws {AwsError} `InvalidRequest`, when S3 is not told
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-auth-using-authorization-header.html
 */
export function declaredPayloadHash(request: RawRequest, presented: PresentedSignature, protocol: Protocol): string {
  if (protocol !== 'rest-xml') {
    return sha256Hex(request.body);
  }
  const query = new Map(tryReadParameters(request.queryText) ?? []);
  const declared = request.headers['x-amz-content-sha256'] ?? query.get('X-Amz-Content-Sha256');
  if (declared === undefined && presented.carrier === 'header') {
    throw new AwsError(400, 'InvalidRequest', 'Missing required header for this request: x-amz-content-sha256');
  }
  return declared ?? UNSIGNED_PAYLOAD;
}

/**
 * Refuses a body that is not the one whose hash was signed.
 *
 * @throws {AwsError} `XAmzContentSHA256Mismatch`, `InvalidArgument`
 */
export function requirePayloadHash({ body, leftOut }: RawRequest, declared: string): void {
  if (declared === UNSIGNED_PAYLOAD || STREAMING_PAYLOADS[declared] !== undefined) {
    return;
  }
  if (!/^[0-9a-f]{64}$/.test(declared)) {
    throw new AwsError(
      400,
      'InvalidArgument',
      'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 value.',
      { ArgumentName: 'x-amz-content-sha256', ArgumentValue: declared },
    );
  }
  if (leftOut !== undefined) {
    return;
  }
  const computed = sha256Hex(body);
  if (computed !== declared) {
    throw new AwsError(
      400,
      'XAmzContentSHA256Mismatch',
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
      { ClientComputedContentSHA256: declared, S3ComputedContentSHA256: computed },
    );
  }
}
