import { type PemBlock, pemBlocks } from './pem';
import { loadLibrary } from './read-certificate';

/** A list of revoked certificates, as far as it matters here. */
export interface RevocationList {
  /** Who issued it, as in `CN=Acme Root CA, O=Acme`. */
  readonly issuer: string;
  /** The time from which on it is out of date; a list may leave it out. */
  readonly nextUpdate: Date | undefined;
  /** Whether one of the certificates is its issuer's, whose key signed it; `undefined` where none has the issuer's name. */
  readonly isSigned: boolean | undefined;
}

/**
 * A list of revoked certificates in PEM; `undefined` for anything else.
 *
 * @param authorities PEM, the certificates at hand; blocks of another kind are passed over
 * @see https://www.rfc-editor.org/rfc/rfc5280#section-6.3.3
 */
export async function readRevocationList(pem: string, authorities: string): Promise<RevocationList | undefined> {
  const [block, ...others] = pemBlocks(pem);
  if (block?.label !== 'X509 CRL' || others.length > 0) return undefined;
  const { X509Crl } = loadLibrary();
  try {
    const list = new X509Crl(block.der);
    const { issuer, nextUpdate } = list;
    const named = pemBlocks(authorities)
      .flatMap(toCertificate)
      .filter(({ subject }) => subject === issuer);
    const signed = await Promise.all(named.map(({ publicKey }) => list.verify({ publicKey }).catch(() => false)));
    return { issuer, nextUpdate, isSigned: named.length === 0 ? undefined : signed.includes(true) };
  } catch {
    return undefined;
  }
}

function toCertificate({ label, der }: PemBlock) {
  const { X509Certificate } = loadLibrary();
  try {
    return label === 'CERTIFICATE' ? [new X509Certificate(der)] : [];
  } catch {
    return [];
  }
}
