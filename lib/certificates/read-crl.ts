import { pemBlocks } from './pem';

/** A list of revoked certificates, as far as it matters here. */
export interface RevocationList {
  /** Who issued it, as in `CN=Acme Root CA, O=Acme`. */
  readonly issuer: string;
  /** The time from which on it is out of date; a list may leave it out. */
  readonly nextUpdate: Date | undefined;
}

/** A list of revoked certificates in PEM; `undefined` for anything else. */
export function readRevocationList(pem: string): RevocationList | undefined {
  const [block, ...others] = pemBlocks(pem);
  if (block?.label !== 'X509 CRL' || others.length > 0) return undefined;
  // The library needs the metadata polyfill to be there first.
  require('reflect-metadata');
  const { X509Crl } = require('@peculiar/x509') as typeof import('@peculiar/x509');
  try {
    const { issuer, nextUpdate } = new X509Crl(block.der);
    return { issuer, nextUpdate };
  } catch {
    return undefined;
  }
}
