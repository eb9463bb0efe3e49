import { verify } from 'node:crypto';
import type { X509Crl } from '@peculiar/x509';
import type { Certificate } from './certificate';
import { tryReadCrl } from './crl';

/**
 * Whether one of the lists revokes a certificate of the path. A list counts for what its own issuer has issued, once the
 * issuer's signature on it is checked; what AWS makes of a list that is out of date is not documented, and it counts here.
 *
 * @param path from the leaf up, the trust anchor's last
 * @param crls in PEM
 */
export function isRevoked(path: readonly Certificate[], crls: readonly string[]): boolean {
  const lists = crls.map(tryReadCrl).filter((crl) => crl !== undefined);
  return path.slice(0, -1).some((certificate, index) => {
    const issuer = path[index + 1];
    return issuer !== undefined && lists.some((crl) => isSignedBy(crl, issuer) && holds(crl, certificate));
  });
}

function holds(crl: X509Crl, { x509 }: Certificate): boolean {
  const serialNumber = BigInt(`0x${x509.serialNumber}`);
  return crl.entries.some((entry) => BigInt(`0x${entry.serialNumber}`) === serialNumber);
}

function isSignedBy(crl: X509Crl, { x509, details }: Certificate): boolean {
  const { hash } = crl.signatureAlgorithm as { readonly hash?: { readonly name: string } };
  if (hash === undefined || crl.issuer !== details.subject) return false;
  const digest = hash.name.replace('-', '');
  try {
    return verify(digest, signedPart(Buffer.from(crl.rawData)), x509.publicKey, Buffer.from(crl.signature));
  } catch {
    return false;
  }
}

/** The first element of the sequence that a list is: what its signature covers. */
function signedPart(der: Buffer): Buffer {
  const start = elementAt(der, 0).contentAt;
  return der.subarray(start, elementAt(der, start).end);
}

/** Where an element's content begins and ends; the library has read the whole, so lengths are as they should be. */
function elementAt(der: Buffer, offset: number): { readonly contentAt: number; readonly end: number } {
  const first = der.readUInt8(offset + 1);
  const lengthBytes = first < 0x80 ? 0 : first & 0x7f;
  const contentAt = offset + 2 + lengthBytes;
  const length = lengthBytes === 0 ? first : der.readUIntBE(offset + 2, lengthBytes);
  return { contentAt, end: contentAt + length };
}
