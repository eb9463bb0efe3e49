// The certificate library needs the metadata polyfill to be there first.
import 'reflect-metadata';
import type { X509Certificate } from 'node:crypto';
import {
  BasicConstraintsExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  X509Certificate as X509CertificateDetails,
} from '@peculiar/x509';
import { tryReadDer } from '../../wire/signature/certificate-signature';

/** A certificate: the library reads its extensions, and Node checks its signature without waiting. */
export interface Certificate {
  readonly x509: X509Certificate;
  readonly details: X509CertificateDetails;
}

const ACCEPTED_HASHES = ['SHA-256', 'SHA-384', 'SHA-512'];

/** A certificate in DER; `undefined` for anything else. */
export function tryReadCertificate(der: Buffer): Certificate | undefined {
  try {
    const x509 = tryReadDer(der);
    if (x509 === undefined) return undefined;
    const details = new X509CertificateDetails(der);
    // It is read as far as it takes to find out that it can be.
    void [details.extensions, details.signatureAlgorithm, details.subjectName];
    return { x509, details };
  } catch {
    return undefined;
  }
}

/** The certificates of a PEM text; `undefined` when one of its blocks is none, or there are none. */
export function tryReadBundle(pem: string): readonly Certificate[] | undefined {
  const blocks = [...pem.matchAll(/-----BEGIN ([^-]+)-----([\sA-Za-z0-9+/=]*)-----END \1-----/g)];
  const certificates = blocks.map(([, label, base64 = '']) =>
    label === 'CERTIFICATE' ? tryReadCertificate(Buffer.from(base64, 'base64')) : undefined,
  );
  const isComplete = blocks.length > 0 && certificates.every((certificate) => certificate !== undefined);
  return isComplete ? (certificates as readonly Certificate[]) : undefined;
}

/** Whether it is signed over SHA-256 or stronger. */
export function isStronglySigned({ details }: Certificate): boolean {
  const { hash } = details.signatureAlgorithm as { readonly hash?: { readonly name: string } };
  return ACCEPTED_HASHES.includes(hash?.name ?? '');
}

/** Whether its basic constraints say that it may issue certificates. */
export function isAuthority(certificate: Certificate): boolean {
  return basicConstraints(certificate)?.ca === true;
}

/** How many authorities may follow below; `undefined` without a limit. */
export function pathLength(certificate: Certificate): number | undefined {
  return basicConstraints(certificate)?.pathLength;
}

/** Whether its basic constraints say that it is of an end entity; without any, nothing says so. */
export function isEndEntity(certificate: Certificate): boolean {
  return basicConstraints(certificate)?.ca === false;
}

export function hasKeyUsage({ details }: Certificate, usage: 'digitalSignature' | 'keyCertSign'): boolean {
  const usages = details.getExtension(KeyUsagesExtension)?.usages ?? 0;
  return (usages & KeyUsageFlags[usage]) !== 0;
}

export function isValidAt({ details: { notBefore, notAfter } }: Certificate, moment: Date): boolean {
  return notBefore <= moment && moment <= notAfter;
}

function basicConstraints({ details }: Certificate): BasicConstraintsExtension | null {
  return details.getExtension(BasicConstraintsExtension);
}
