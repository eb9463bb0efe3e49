// The certificate library needs the metadata polyfill to be there first.
import 'reflect-metadata';
import { X509Crl } from '@peculiar/x509';

/** A list of revoked certificates in PEM; `undefined` for anything else. */
export function tryReadCrl(pem: string): X509Crl | undefined {
  const base64 = /^\s*-----BEGIN X509 CRL-----([\sA-Za-z0-9+/=]+)-----END X509 CRL-----\s*$/.exec(pem)?.[1];
  if (base64 === undefined) return undefined;
  try {
    const crl = new X509Crl(Buffer.from(base64, 'base64'));
    void [crl.entries, crl.signatureAlgorithm, crl.issuer];
    return crl;
  } catch {
    return undefined;
  }
}
