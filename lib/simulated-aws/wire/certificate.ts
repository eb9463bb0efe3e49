import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import {
  authorityKeyIdentifier,
  basicConstraints,
  extendedKeyUsage,
  keyUsage,
  subjectAlternativeName,
  subjectKeyIdentifier,
} from './certificate-extensions';
import { bitString, integer, objectIdentifier, sequence, set, tagged, utcTime, utf8String } from './der';

/** A throw-away certificate authority and one server certificate that it signed; all PEM. */
export interface ServerIdentity {
  readonly caCertificatePem: string;
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

const authorityName = 'Simulated AWS account (vault-backup-environment)';
const serverName = 'localhost';
const serverNames = { dns: ['localhost', '*.localhost'], ipv4: ['127.0.0.1'] };
const dayMs = 86_400_000;
const ecdsaWithSha256 = sequence(objectIdentifier('1.2.840.10045.4.3.2'));

/**
 * Makes a new certificate authority and a server certificate for this machine's loopback address.
 *
 * The authority's key is not kept, so nothing else can ever be signed with it. Both are good for a week, by the
 * machine's own clock: clients check them against theirs.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5280
 */
export function createServerIdentity(): ServerIdentity {
  const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const server = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const authorityKeyId = keyIdentifier(authority.publicKey);
  const caCertificatePem = certificate({
    subject: authorityName,
    publicKey: authority.publicKey,
    signingKey: authority.privateKey,
    extensions: [basicConstraints(true), keyUsage('certificates'), subjectKeyIdentifier(authorityKeyId)],
  });
  const certificatePem = certificate({
    subject: serverName,
    publicKey: server.publicKey,
    signingKey: authority.privateKey,
    extensions: [
      basicConstraints(false),
      keyUsage('signatures'),
      extendedKeyUsage(),
      subjectAlternativeName(serverNames),
      subjectKeyIdentifier(keyIdentifier(server.publicKey)),
      authorityKeyIdentifier(authorityKeyId),
    ],
  });
  const privateKeyPem = server.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { caCertificatePem, certificatePem, privateKeyPem };
}

interface CertificateContent {
  readonly subject: string;
  readonly publicKey: KeyObject;
  readonly signingKey: KeyObject;
  readonly extensions: readonly Buffer[];
}

function certificate({ subject, publicKey, signingKey, extensions }: CertificateContent): string {
  const now = Date.now();
  const toBeSigned = sequence(
    tagged(0, 'constructed', integer(Buffer.from([2]))),
    integer(serialNumber()),
    ecdsaWithSha256,
    commonName(authorityName),
    sequence(utcTime(new Date(now - dayMs)), utcTime(new Date(now + 7 * dayMs))),
    commonName(subject),
    spki(publicKey),
    tagged(3, 'constructed', sequence(...extensions)),
  );
  const signature = sign('sha256', toBeSigned, signingKey);
  return toPem(sequence(toBeSigned, ecdsaWithSha256, bitString(signature)));
}

/** Positive, and without a leading zero byte. */
function serialNumber(): Buffer {
  const bytes = randomBytes(16);
  bytes.writeUInt8((bytes.readUInt8(0) & 0x3f) | 0x40, 0);
  return bytes;
}

function commonName(name: string): Buffer {
  return sequence(set(sequence(objectIdentifier('2.5.4.3'), utf8String(name))));
}

function spki(publicKey: KeyObject): Buffer {
  return publicKey.export({ type: 'spki', format: 'der' });
}

/** @see https://www.rfc-editor.org/rfc/rfc7093 */
function keyIdentifier(publicKey: KeyObject): Buffer {
  return createHash('sha256').update(spki(publicKey)).digest().subarray(0, 20);
}

function toPem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}
