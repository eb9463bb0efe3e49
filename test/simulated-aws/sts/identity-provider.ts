import { generateKeyPairSync, type JsonWebKey, type KeyObject, sign } from 'node:crypto';

/** An OpenID Connect provider that signs its own tokens. */
export interface IdentityProvider {
  readonly url: string;
  /** Keys that its JSON Web Key Set publishes. */
  readonly keys: readonly JsonWebKey[];
  readonly token: (claims: object, header?: object) => string;
}

const algorithms = {
  RS256: { hash: 'sha256', make: () => generateKeyPairSync('rsa', { modulusLength: 2048 }) },
  ES256: { hash: 'sha256', make: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }) },
  ES384: { hash: 'sha384', make: () => generateKeyPairSync('ec', { namedCurve: 'P-384' }) },
} as const;

export type Algorithm = keyof typeof algorithms;

export function createIdentityProvider(url: string, alg: Algorithm = 'ES256'): IdentityProvider {
  const { hash, make } = algorithms[alg];
  const { privateKey, publicKey }: { privateKey: KeyObject; publicKey: KeyObject } = make();
  const kid = `${alg}-key`;
  return {
    url,
    keys: [{ ...publicKey.export({ format: 'jwk' }), kid, alg, use: 'sig' }],
    token: (claims, header = {}) => {
      const signed = [{ alg, kid, typ: 'JWT', ...header }, claims].map(encode).join('.');
      const signature = sign(hash, Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' });
      return `${signed}.${signature.toString('base64url')}`;
    },
  };
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}
