import { createPublicKey, type JsonWebKey, verify } from 'node:crypto';

/** A token of an identity provider, taken apart. */
export interface JsonWebToken {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  /** The signed text. */
  readonly signed: string;
  readonly signature: Buffer;
}

/**
 * Signature algorithms that IAM takes, and their hashes.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_oidc.html
 */
const HASHES: Readonly<Record<string, string>> = {
  RS256: 'sha256',
  RS384: 'sha384',
  RS512: 'sha512',
  ES256: 'sha256',
  ES384: 'sha384',
  ES512: 'sha512',
};

/** The parts of a token; `undefined` for a text that is none. */
export function tryParseToken(text: string): JsonWebToken | undefined {
  const [head = '', body = '', signature = '', ...rest] = text.split('.');
  const header = tryParsePart(head);
  const claims = tryParsePart(body);
  return header && claims && signature !== '' && rest.length === 0
    ? { header, claims, signed: `${head}.${body}`, signature: Buffer.from(signature, 'base64url') }
    : undefined;
}

/** Whether one of the keys made the token's signature. */
export function isSignedBy({ header, signed, signature }: JsonWebToken, keys: readonly JsonWebKey[]): boolean {
  const algorithm = typeof header.alg === 'string' ? header.alg : '';
  const hash = HASHES[algorithm];
  if (hash === undefined) return false;
  const family = algorithm.startsWith('RS') ? 'RSA' : 'EC';
  return keys
    .filter((key) => key.kty === family && (header.kid === undefined || key.kid === header.kid))
    .some((key) => verifies({ key, hash, signed, signature }));
}

interface Attempt {
  readonly key: JsonWebKey;
  readonly hash: string;
  readonly signed: string;
  readonly signature: Buffer;
}

function verifies({ key, hash, signed, signature }: Attempt): boolean {
  try {
    const publicKey = createPublicKey({ key, format: 'jwk' });
    return verify(hash, Buffer.from(signed), { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature);
  } catch {
    return false;
  }
}

function tryParsePart(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}
