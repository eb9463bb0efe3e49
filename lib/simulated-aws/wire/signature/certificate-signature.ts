import { verify, X509Certificate } from 'node:crypto';
import { AwsError } from '../http/aws-error';
import type { RawRequest } from '../http/raw-request';
import { canonicalRequests } from './canonical-request';
import { declaredPayloadHash, scopeText, sha256Hex } from './hashes';
import type { CertificateAlgorithm, PresentedSignature } from './presented-signature';
import { signatureRefusal } from './refusals';

/** A signature to check with the certificate that came along. */
export interface CertificateSignatureCheck {
  readonly request: RawRequest;
  readonly presented: PresentedSignature;
  readonly algorithm: CertificateAlgorithm;
}

const KEY_TYPES: Readonly<Record<CertificateAlgorithm, string>> = {
  'AWS4-X509-RSA-SHA256': 'rsa',
  'AWS4-X509-ECDSA-SHA256': 'ec',
};

const ALWAYS_SIGNED = ['host', 'x-amz-date', 'x-amz-x509'];

/**
 * Refuses a request that is not signed with the key of its certificate. Whether the certificate is to be trusted is
 * another question.
 *
 * @throws {AwsError} `AccessDeniedException`, `IncompleteSignatureException`
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/authentication-sign-process.html
 * @see https://github.com/aws/rolesanywhere-credential-helper/issues/128 for the words
 */
export function verifyCertificateSignature({ request, presented, algorithm }: CertificateSignatureCheck): void {
  requireSignedHeaders(request, presented);
  const certificate = readCertificate(request);
  const payloadHash = declaredPayloadHash(request, presented, 'rest-json');
  const signature = Buffer.from(presented.signature, 'hex');
  const { publicKey } = certificate;
  const isOfKey =
    BigInt(`0x${certificate.serialNumber}`).toString() === presented.accessKeyId &&
    publicKey.asymmetricKeyType === KEY_TYPES[algorithm] &&
    canonicalRequests(request, presented, payloadHash).some((canonical) => {
      const toSign = [algorithm, presented.signedAt, scopeText(presented.scope), sha256Hex(canonical)].join('\n');
      return verify('sha256', Buffer.from(toSign), publicKey, signature);
    });
  if (!isOfKey) throw new AwsError(403, 'AccessDeniedException', 'Invalid signature');
}

function requireSignedHeaders({ headers }: RawRequest, { signedHeaders }: PresentedSignature): void {
  const signed = new Set(signedHeaders.map((name) => name.toLowerCase()));
  const required = headers['x-amz-x509-chain'] === undefined ? ALWAYS_SIGNED : [...ALWAYS_SIGNED, 'x-amz-x509-chain'];
  const missing = required.find((name) => !signed.has(name));
  if (missing !== undefined) throw incomplete(`'${missing}' must be a 'SignedHeader'`);
}

function readCertificate({ headers }: RawRequest): X509Certificate {
  const certificate = tryReadDer(Buffer.from(headers['x-amz-x509'] ?? '', 'base64'));
  if (certificate === undefined) throw incomplete("'X-Amz-X509' must be a certificate in DER and Base64");
  return certificate;
}

/**
 * A certificate in DER whose key can be read and whose serial number is no negative one; `undefined` for anything else.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.2
 */
export function tryReadDer(der: Buffer): X509Certificate | undefined {
  try {
    const certificate = new X509Certificate(der);
    // Node takes PEM as well, and what follows a certificate; a key that cannot be read throws here.
    const isWhole = certificate.raw.equals(der) && certificate.publicKey !== undefined;
    return isWhole && !certificate.serialNumber.startsWith('-') ? certificate : undefined;
  } catch {
    return undefined;
  }
}

function incomplete(reason: string): AwsError {
  return signatureRefusal('rest-json', 'malformed', { words: { reason } });
}
