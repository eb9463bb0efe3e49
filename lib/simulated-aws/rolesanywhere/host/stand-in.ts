// The certificate library needs the metadata polyfill to be there first.
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  type JsonName,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  X509CertificateGenerator,
  X509CrlGenerator,
} from '@peculiar/x509';

/** The names of a certificate, in the order in which they stand: `[{ CN: ['vault-1.example'] }]`. */
export type CertificateName = JsonName;

/** A certificate as a host has it. */
export interface HostCertificate {
  readonly certificateDer: Buffer;
  /** The certificates between it and the trust anchor. */
  readonly chainDer: readonly Buffer[];
  readonly privateKeyPem: string;
}

/** A certificate of a host under an authority that stands in for the customer's. */
interface StandIn extends HostCertificate {
  readonly authority: StandInAuthority;
}

/** An authority whose key is gone, and what it signed before. */
export interface StandInAuthority {
  readonly pem: string;
  /** A list of revoked certificates that names nobody. */
  readonly emptyCrlPem: string;
}

/** The same, once it is one of a trust anchor's. */
export interface SuppliedAuthority extends StandInAuthority {
  readonly anchorArn: string;
}

type KeyPair = webcrypto.CryptoKeyPair;

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 86_400_000;
const YEAR_MS = 365 * DAY_MS;

/**
 * Makes an authority of this name, a certificate and an empty revocation list that it signed: what the customer's own
 * authority would sign, whose key is not here. Nothing else can be signed with it, since its key is not kept.
 *
 * @param now all are good from a day before to a year after
 */
export async function createStandIn(
  { subject, issuer }: { readonly subject: CertificateName; readonly issuer: CertificateName },
  now: Date,
): Promise<StandIn> {
  const [authority, host] = await Promise.all([createKeys(), createKeys()]);
  const validity = { notBefore: new Date(now.getTime() - DAY_MS), notAfter: new Date(now.getTime() + YEAR_MS) };
  const signed = { ...validity, issuer, signingKey: authority.privateKey, signingAlgorithm: ALGORITHM };
  const above = await X509CertificateGenerator.create({
    ...signed,
    subject: issuer,
    publicKey: authority.publicKey,
    extensions: constrained(true, KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign),
  });
  const below = await X509CertificateGenerator.create({
    ...signed,
    subject,
    publicKey: host.publicKey,
    extensions: constrained(false, KeyUsageFlags.digitalSignature),
  });
  const revoked = await X509CrlGenerator.create({
    ...{ issuer, signingKey: authority.privateKey, signingAlgorithm: ALGORITHM },
    ...{ thisUpdate: validity.notBefore, nextUpdate: validity.notAfter },
  });
  const privateKey = await webcrypto.subtle.exportKey('pkcs8', host.privateKey);
  return {
    authority: { pem: above.toString('pem'), emptyCrlPem: PemConverter.encode(revoked.rawData, 'X509 CRL') },
    certificateDer: Buffer.from(below.rawData),
    chainDer: [],
    privateKeyPem: PemConverter.encode(privateKey, 'PRIVATE KEY'),
  };
}

function constrained(isAuthority: boolean, usages: KeyUsageFlags) {
  return [new BasicConstraintsExtension(isAuthority, undefined, true), new KeyUsagesExtension(usages, true)];
}

async function createKeys(): Promise<KeyPair> {
  return (await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])) as KeyPair;
}
