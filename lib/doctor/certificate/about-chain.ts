import type { X509Certificate } from 'node:crypto';
import type { CertificateFiles } from '../helper/helper-command';
import { oneLine, readCertificates } from './read-certificates';
import type { Trouble } from './trouble';

interface Options {
  readonly files: CertificateFiles;
  /** Certificates that stand beside that of the host in its file. */
  readonly beside: readonly X509Certificate[];
}

/** Intermediates are sent only where the helper is told their file. */
export function aboutChain(certificate: X509Certificate, { files, beside }: Options): readonly Trouble[] {
  const issuer = oneLine(certificate.issuer);
  const { intermediates } = files;
  if (intermediates === undefined) {
    const fix = `Where the trust anchor holds another certificate than that of ${issuer}, name the ones between with --intermediates.`;
    const found = 'The chain stands beside the certificate in its file, and the helper sends the first alone.';
    return beside.length === 0 ? [] : [{ found, fix, isNote: true }];
  }
  const read = readCertificates(intermediates);
  if (!('certificates' in read)) return [read];
  if (read.certificates.some((one) => isIssuedBy(certificate, one))) return [];
  return [
    {
      found: `None of the certificates in ${intermediates} issued that of this host: it was ${issuer}.`,
      fix: `Put the certificate of ${issuer} into ${intermediates}, and those above it up to the trust anchor.`,
    },
  ];
}

function isIssuedBy(certificate: X509Certificate, authority: X509Certificate): boolean {
  return certificate.checkIssued(authority) && certificate.verify(authority.publicKey);
}
