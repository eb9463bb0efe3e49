import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  X509CertificateGenerator,
  X509CrlGenerator,
} from '@peculiar/x509';

type KeyPair = webcrypto.CryptoKeyPair;

/** A certificate with its key. */
export interface Issued {
  readonly subject: string;
  readonly keys: KeyPair;
  readonly keyPem: string;
  readonly der: Buffer;
  readonly pem: string;
  /** Hexadecimal. */
  readonly serialNumber: string;
}

/** Wishes for a certificate; anything left out is as AWS wants it. */
export interface Wanted {
  readonly subject: string;
  /** Left out, it signs itself. */
  readonly issuer?: Issued;
  readonly key?: keyof typeof keyAlgorithms;
  /** In place of new ones: large keys take long to make. */
  readonly keys?: KeyPair;
  readonly serialNumber?: string;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly hash?: string;
  readonly extensions?: readonly Extension[];
}

const keyAlgorithms = {
  'P-256': { name: 'ECDSA', namedCurve: 'P-256' },
  'RSA-2048': {
    name: 'RSASSA-PKCS1-v1_5',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
    hash: 'SHA-256',
  },
  'RSA-4096': {
    name: 'RSASSA-PKCS1-v1_5',
    modulusLength: 4096,
    publicExponent: new Uint8Array([1, 0, 1]),
    hash: 'SHA-256',
  },
  'RSA-1024': {
    name: 'RSASSA-PKCS1-v1_5',
    modulusLength: 1024,
    publicExponent: new Uint8Array([1, 0, 1]),
    hash: 'SHA-256',
  },
} as const;

const dayMs = 86_400_000;

export const authorityExtensions = (pathLength?: number): readonly Extension[] => [
  new BasicConstraintsExtension(true, pathLength, true),
  new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
];

const leafExtensions: readonly Extension[] = [
  new BasicConstraintsExtension(false, undefined, true),
  new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
];

/** A certificate authority; below another one when it has an issuer. */
export function createAuthority(wanted: Wanted): Promise<Issued> {
  return issue({ extensions: authorityExtensions(), ...wanted });
}

/** A certificate, by default one of an end entity. */
export async function issue(wanted: Wanted): Promise<Issued> {
  const { subject, issuer, key = 'P-256', serialNumber = newSerialNumber(), extensions = leafExtensions } = wanted;
  const keys = wanted.keys ?? (await createKeys(key));
  const signingKey = (issuer?.keys ?? keys).privateKey;
  const certificate = await X509CertificateGenerator.create({
    subject,
    issuer: issuer?.subject ?? subject,
    serialNumber,
    notBefore: wanted.notBefore ?? new Date(Date.now() - dayMs),
    notAfter: wanted.notAfter ?? new Date(Date.now() + dayMs),
    publicKey: keys.publicKey,
    signingKey,
    signingAlgorithm: { ...signingKey.algorithm, hash: wanted.hash ?? 'SHA-256' } as never,
    extensions: [...extensions],
  });
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    subject,
    keys,
    serialNumber,
    keyPem: PemConverter.encode(pkcs8, 'PRIVATE KEY'),
    der: Buffer.from(certificate.rawData),
    pem: certificate.toString('pem'),
  };
}

async function createKeys(key: keyof typeof keyAlgorithms): Promise<KeyPair> {
  return (await webcrypto.subtle.generateKey(keyAlgorithms[key], true, ['sign', 'verify'])) as KeyPair;
}

/** A list of revoked certificates, in PEM. */
export function revoke(issuer: Issued, ...revoked: readonly Issued[]): Promise<string> {
  return revokeUntil(new Date(Date.now() + dayMs), issuer, ...revoked);
}

/** A list that is out of date from a day on. */
export async function revokeUntil(nextUpdate: Date, issuer: Issued, ...revoked: readonly Issued[]): Promise<string> {
  const crl = await X509CrlGenerator.create({
    issuer: issuer.subject,
    thisUpdate: new Date(Date.now() - 2 * dayMs),
    nextUpdate,
    signingKey: issuer.keys.privateKey,
    signingAlgorithm: { ...issuer.keys.privateKey.algorithm, hash: 'SHA-256' } as never,
    entries: revoked.map(({ serialNumber }) => ({ serialNumber, revocationDate: new Date(Date.now() - 1000) })),
  });
  return PemConverter.encode(crl.rawData, 'X509 CRL');
}

function newSerialNumber(): string {
  return `7f${Buffer.from(webcrypto.getRandomValues(new Uint8Array(15))).toString('hex')}`;
}
