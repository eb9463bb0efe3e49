import type { X509Certificate } from 'node:crypto';
import type { CertificateFiles } from '../helper/helper-command';
import { oneLine, readCertificates } from './read-certificates';
import type { Trouble } from './trouble';

interface Options {
  readonly files: CertificateFiles;
  /** Certificates that stand beside that of the host in its file. */
  readonly beside: readonly X509Certificate[];
  /** Subjects of the certificates that the trust anchor holds, where the config tells them. */
  readonly authorities: readonly string[] | undefined;
}

/**
 * Whether the certificates that the helper sends lead up to the trust anchor. Intermediates are sent only where it is told
 * their file.
 *
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/authentication.html
 */
export function aboutChain(certificate: X509Certificate, { files, beside, authorities }: Options): readonly Trouble[] {
  const { intermediates } = files;
  const read = intermediates === undefined ? { certificates: [] } : readCertificates(intermediates);
  if (!('certificates' in read)) return [read];
  const last = lastOf(certificate, read.certificates, authorities);
  if (last === undefined) return [];
  const issuer = oneLine(last.issuer);
  const above = `the certificate of ${issuer}, and those above it up to the trust anchor`;
  if (authorities !== undefined) {
    const found = `The certificates that the helper sends end below ${issuer}, and the trust anchor holds ${authorities.join(' and ')}.`;
    const isAnyNamed = intermediates !== undefined;
    const fix = isAnyNamed ? `Put into ${intermediates} ${above}.` : `Name a file with ${above}, with --intermediates.`;
    return [{ found, fix }];
  }
  if (intermediates === undefined) return besideIt(issuer, beside);
  if (last !== certificate) return [];
  const found = `None of the certificates in ${intermediates} issued that of this host: it was ${issuer}.`;
  return [{ found, fix: `Put into ${intermediates} ${above}.` }];
}

function besideIt(issuer: string, beside: readonly X509Certificate[]): readonly Trouble[] {
  if (beside.length === 0) return [];
  const found = 'The chain stands beside the certificate in its file, and the helper sends the first alone.';
  const fix = `Where the trust anchor holds another certificate than that of ${issuer}, name the ones between with --intermediates.`;
  return [{ found, fix, isNote: true }];
}

/** The last certificate on the way up; `undefined` where the way ends at one that the trust anchor holds. */
function lastOf(
  certificate: X509Certificate,
  intermediates: readonly X509Certificate[],
  authorities: readonly string[] = [],
): X509Certificate | undefined {
  const isHeld = (name: string) => authorities.includes(oneLine(name));
  let last = certificate;
  for (const _ of [certificate, ...intermediates]) {
    if (isHeld(last.issuer) || isHeld(last.subject)) return undefined;
    const above = intermediates.find((one) => one !== last && isIssuedBy(last, one));
    if (above === undefined) return last;
    last = above;
  }
  return last;
}

function isIssuedBy(certificate: X509Certificate, authority: X509Certificate): boolean {
  return certificate.checkIssued(authority) && certificate.verify(authority.publicKey);
}
