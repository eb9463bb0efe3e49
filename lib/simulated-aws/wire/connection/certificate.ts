// The certificate library needs the metadata polyfill to be there first.
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** A throw-away certificate authority and one server certificate that it signed; all PEM. */
export interface ServerIdentity {
  readonly caCertificatePem: string;
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

type KeyPair = webcrypto.CryptoKeyPair;

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const AUTHORITY_NAME = 'CN=Simulated AWS account (vault-backup-environment)';
const WEEK_MS = 7 * 86_400_000;
const DAY_MS = 86_400_000;

/**
 * Makes a new certificate authority and a server certificate for this machine's loopback address.
 *
 * The authority's key is not kept, so nothing else can ever be signed with it. Both are good for a week, by the
 * machine's own clock: clients check them against theirs.
 */
export async function createServerIdentity(): Promise<ServerIdentity> {
  const [authority, server] = await Promise.all([createKeys(), createKeys()]);
  const ca = await certifyAuthority(authority);
  const certificate = await certifyServer(server, authority);
  const privateKey = await webcrypto.subtle.exportKey('pkcs8', server.privateKey);
  return {
    caCertificatePem: ca.toString('pem'),
    certificatePem: certificate.toString('pem'),
    privateKeyPem: PemConverter.encode(privateKey, 'PRIVATE KEY'),
  };
}

async function createKeys(): Promise<KeyPair> {
  return (await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])) as KeyPair;
}

async function certifyAuthority(keys: KeyPair): Promise<X509Certificate> {
  const extensions = [
    new BasicConstraintsExtension(true, 0, true),
    new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    await SubjectKeyIdentifierExtension.create(keys.publicKey),
  ];
  const parameters = { ...validity(), name: AUTHORITY_NAME, keys, signingAlgorithm: ALGORITHM, extensions };
  return X509CertificateGenerator.createSelfSigned(parameters);
}

function certifyServer(server: KeyPair, authority: KeyPair): Promise<X509Certificate> {
  return X509CertificateGenerator.create({
    ...validity(),
    subject: 'CN=localhost',
    issuer: AUTHORITY_NAME,
    publicKey: server.publicKey,
    signingKey: authority.privateKey,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        { type: 'dns', value: '*.localhost' },
        // OpenSSL takes no wildcard directly under a top-level domain.
        { type: 'dns', value: 's3.localhost' },
        { type: 'dns', value: '*.s3.localhost' },
        { type: 'dns', value: '*.s3-control.localhost' },
        { type: 'ip', value: '127.0.0.1' },
      ]),
    ],
  });
}

/** From a day ago, for clients whose clock is behind. */
function validity() {
  const now = Date.now();
  return { notBefore: new Date(now - DAY_MS), notAfter: new Date(now + WEEK_MS) };
}
