import { AwsError } from '../http/aws-error';
import type { Protocol } from '../http/message';
import type { RawRequest } from '../http/raw-request';
import { canonicalRequests } from './canonical-request';
import {
  declaredPayloadHash,
  isSameSignature,
  requirePayloadHash,
  scopeText,
  sha256Hex,
  sign,
  signingKey,
} from './hashes';
import type { PresentedSignature } from './presented-signature';
import { signatureRefusal } from './refusals';
import { requireUnexpired, type SignedForm, skewedSignature, wrongSignature } from './refused-signature';

/** A signature to check, and what it is checked against. */
export interface SignatureCheck {
  readonly request: RawRequest;
  readonly presented: PresentedSignature;
  readonly protocol: Protocol;
  readonly secretAccessKey: string;
}

/** How far the client's clock may be from the service's: 15 minutes for S3, 5 for the rest. */
const MAX_SKEW_MS: Readonly<Record<Protocol, number>> = {
  'rest-xml': 900_000,
  'rest-json': 300_000,
  query: 300_000,
  json: 300_000,
};

/**
 * Refuses a signature that is too old, or not yet valid.
 *
 * @throws {AwsError}
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html
 */
export function requireFreshSignature(presented: PresentedSignature, protocol: Protocol, now: Date): void {
  const signedAt = readSignedAt(presented.signedAt);
  const maxSkewMs = MAX_SKEW_MS[protocol];
  if (presented.signedAt.slice(0, 8) !== presented.scope.date) {
    throw signatureRefusal(protocol, presented.carrier === 'query' ? 'malformed-query' : 'malformed', {
      words: { reason: `Invalid credential date "${presented.scope.date}". This date is not the same as X-Amz-Date` },
    });
  }
  if (presented.carrier === 'query' && protocol === 'rest-xml') {
    requireUnexpired(presented, { signedAt, now, maxSkewMs });
  } else if (Math.abs(now.getTime() - signedAt.getTime()) > maxSkewMs) {
    throw skewedSignature(protocol, presented, { signedAt, now, maxSkewMs });
  }
}

function readSignedAt(text: string): Date {
  return new Date(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}

/**
 * Computes the signature anew, and refuses the request when it is not the one presented.
 *
 * @returns the signing key, which also signs the chunks of an `aws-chunked` body
 * @throws {AwsError} `SignatureDoesNotMatch`, `XAmzContentSHA256Mismatch`, …
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html
 */
export function verifySignature({ request, presented, protocol, secretAccessKey }: SignatureCheck): Buffer {
  requireSignedHeaders(request, presented, protocol);
  const payloadHash = declaredPayloadHash(request, presented, protocol);
  const forms = canonicalRequests(request, presented, payloadHash).map((canonical) => signedForm(canonical, presented));
  const key = signingKey(secretAccessKey, presented.scope);
  if (!forms.some(({ stringToSign }) => isSameSignature(sign(key, stringToSign), presented.signature))) {
    throw wrongSignature(protocol, presented, forms[0]);
  }
  if (protocol === 'rest-xml') {
    requirePayloadHash(request, payloadHash);
  }
  return key;
}

function signedForm(canonical: string, { signedAt, scope }: PresentedSignature): SignedForm {
  return {
    canonical,
    stringToSign: ['AWS4-HMAC-SHA256', signedAt, scopeText(scope), sha256Hex(canonical)].join('\n'),
  };
}

/** The host must be signed, and for S3 every `x-amz-*` header that came along. */
function requireSignedHeaders(request: RawRequest, presented: PresentedSignature, protocol: Protocol): void {
  const signed = new Set(presented.signedHeaders.map((name) => name.toLowerCase()));
  if (!signed.has('host')) {
    throw signatureRefusal(protocol, presented.carrier === 'query' ? 'malformed-query' : 'malformed', {
      words: { reason: "'Host' must be a 'SignedHeader'" },
    });
  }
  const unsigned = Object.keys(request.headers).filter((name) => name.startsWith('x-amz-') && !signed.has(name));
  if (protocol === 'rest-xml' && unsigned.length > 0) {
    throw new AwsError(403, 'AccessDenied', 'There were headers present in the request which were not signed', {
      HeadersNotSigned: unsigned.join(', '),
    });
  }
}
