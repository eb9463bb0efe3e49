import { AwsError } from '../http/aws-error';
import type { Protocol } from '../http/protocol';
import type { RawRequest } from '../http/raw-request';
import { canonicalRequests } from './canonical-request';
import { declaredPayloadHash, requirePayloadHash } from './payload-hash';
import type { PresentedSignature } from './presented-signature';
import { signatureRefusal } from './refusals';
import { isSameSignature, scopeText, sha256Hex, sign, signingKey } from './signing-key';

/** A signature to check, and what it is checked against. */
export interface SignatureCheck {
  readonly request: RawRequest;
  readonly presented: PresentedSignature;
  readonly protocol: Protocol;
  readonly secretAccessKey: string;
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

/** A canonical request, and the text over which a key makes its signature. */
interface SignedForm {
  readonly canonical: string;
  readonly stringToSign: string;
}

function signedForm(canonical: string, { signedAt, scope }: PresentedSignature): SignedForm {
  return {
    canonical,
    stringToSign: ['AWS4-HMAC-SHA256', signedAt, scopeText(scope), sha256Hex(canonical)].join('\n'),
  };
}

function wrongSignature(
  protocol: Protocol,
  presented: PresentedSignature,
  { canonical, stringToSign }: SignedForm = { canonical: '', stringToSign: '' },
): AwsError {
  return signatureRefusal(protocol, 'wrong-signature', {
    fields: {
      AWSAccessKeyId: presented.accessKeyId,
      StringToSign: stringToSign,
      SignatureProvided: presented.signature,
      StringToSignBytes: bytesOf(stringToSign),
      CanonicalRequest: canonical,
      CanonicalRequestBytes: bytesOf(canonical),
    },
  });
}

/** As S3 writes them: two hexadecimal digits each, with spaces between. */
function bytesOf(text: string): string {
  return Buffer.from(text, 'utf8')
    .toString('hex')
    .replace(/..(?!$)/g, '$& ');
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
