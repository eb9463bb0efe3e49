import { X509Certificate as OpensslCertificate } from 'node:crypto';

/** The fields of a certificate that matter here. */
export interface Certificate {
  /** As in `CN=Acme Root CA, O=Acme`. */
  readonly subject: string;
  readonly issuer: string;
  /** Subject and issuer as OpenSSL writes them. */
  readonly opensslNames: readonly [subject: string, issuer: string];
  readonly isAuthority: boolean;
  /** Whether its basic constraints say that it is of no authority; one without any does not. */
  readonly isHost: boolean;
  /** Whether its key usage names digital signatures. */
  readonly maySignRequests: boolean;
  /** Whether its key may sign certificates; a certificate that says nothing of key usage leaves it open. */
  readonly maySign: boolean;
  /** As in `SHA-256`; empty where the algorithm names none. */
  readonly hash: string;
  readonly notAfter: Date;
}

/** Loads the certificate library, which takes as long as an audit, when there is a certificate to read. */
export function loadLibrary() {
  // It needs the metadata polyfill to be there first.
  require('reflect-metadata');
  return require('@peculiar/x509') as typeof import('@peculiar/x509');
}

/** A certificate in DER; `undefined` for anything else. */
export function readCertificate(der: Buffer): Certificate | undefined {
  const { BasicConstraintsExtension, KeyUsageFlags, KeyUsagesExtension, X509Certificate } = loadLibrary();
  try {
    const certificate = new X509Certificate(der);
    const { subject, issuer } = new OpensslCertificate(der);
    const constraints = certificate.getExtension(BasicConstraintsExtension);
    const usages = certificate.getExtension(KeyUsagesExtension)?.usages;
    const { hash } = certificate.signatureAlgorithm as { readonly hash?: { readonly name: string } };
    return {
      subject: certificate.subject,
      issuer: certificate.issuer,
      opensslNames: [subject, issuer],
      isAuthority: constraints?.ca === true,
      isHost: constraints?.ca === false,
      maySignRequests: ((usages ?? 0) & KeyUsageFlags.digitalSignature) !== 0,
      maySign: usages === undefined || (usages & KeyUsageFlags.keyCertSign) !== 0,
      hash: hash?.name ?? '',
      notAfter: certificate.notAfter,
    };
  } catch {
    return undefined;
  }
}
