import { rootCertificates } from 'node:tls';
import { pemBlocks } from './pem';
import { type Certificate, readCertificate } from './read-certificate';

let subjects: ReadonlySet<string> | undefined;

/**
 * Whether it is, or is issued by, a root that browsers trust: those that Node brings, which are Mozilla's.
 *
 * @see https://nodejs.org/api/tls.html#tlsrootcertificates
 */
export function isPublicAuthority({ subject, issuer }: Pick<Certificate, 'subject' | 'issuer'>): boolean {
  subjects ??= new Set(
    rootCertificates.flatMap((pem) => pemBlocks(pem).flatMap(({ der }) => readCertificate(der)?.subject ?? [])),
  );
  return subjects.has(subject) || subjects.has(issuer);
}
