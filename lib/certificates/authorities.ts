import { X509Certificate } from 'node:crypto';
import { type PemBlock, pemBlocks, writePem } from './pem';
import { type Certificate, readCertificate } from './read-certificate';

/** The certificates of a trust anchor, or everything that keeps a text from being them. */
type Authorities = { readonly pem: string } | { readonly problems: readonly string[] };

/**
 * Reads the certificates that are to be trusted to vouch for hosts: every block of the text. Pure.
 *
 * @param now - left out, it is not asked whether they have expired
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
 */
export function readAuthorities(text: string, now?: Date): Authorities {
  const blocks = pemBlocks(text);
  if (blocks.length === 0) return { problems: ['it holds no certificate in PEM form'] };
  const read = blocks.map((block) => ({ block, certificate: certificateOf(block) }));
  const certificates = read.flatMap(({ certificate }) => certificate ?? []);
  const problems = [
    ...read.flatMap(({ block, certificate }) => (certificate === undefined ? [notACertificate(block)] : [])),
    ...certificates.flatMap((certificate) => problemsOf(certificate, now)),
    ...rootProblems(certificates),
  ];
  return problems.length > 0 ? { problems } : { pem: writePem(blocks.map(({ der }) => der)) };
}

/** Subjects of the certificates of a PEM text, as in `O=Acme, CN=Acme Root CA`; blocks of another kind are passed over. */
export function subjectsOf(pem: string): readonly string[] {
  return pemBlocks(pem).flatMap((block) => certificateOf(block)?.opensslNames[0].split('\n').join(', ') ?? []);
}

function certificateOf({ label, der }: PemBlock): Certificate | undefined {
  return label === 'CERTIFICATE' ? readCertificate(der) : undefined;
}

function notACertificate({ label }: PemBlock): string {
  if (label === 'CERTIFICATE') return 'it holds a certificate that cannot be read';
  if (label.includes('PRIVATE KEY')) return 'it holds a private key, which belongs to the authority alone';
  return `it holds a block of another kind (${label})`;
}

/** Problems with authorities: those that IAM Roles Anywhere would refuse, and those that nobody should trust. */
function problemsOf(certificate: Certificate, now: Date | undefined): readonly string[] {
  const { subject, isAuthority, maySign, hash, notAfter } = certificate;
  return [
    ...(isAuthority ? [] : ['is the certificate of a host, not of an authority']),
    ...(isAuthority && !maySign ? ['may not sign certificates (key usage keyCertSign)'] : []),
    ...(/^SHA-(256|384|512)$/.test(hash)
      ? []
      : [`is signed over ${hash || 'an unknown hash'}, not over SHA-256 or stronger`]),
    ...(now !== undefined && notAfter < now ? [`expired on ${notAfter.toISOString().slice(0, 10)}`] : []),
    ...(isPublicAuthority(certificate) ? ['is a public authority, from which anybody can have a certificate'] : []),
  ].map((problem) => `'${subject}' ${problem}`);
}

function rootProblems(certificates: readonly Certificate[]): readonly string[] {
  const roots = new Set(certificates.filter(({ subject, issuer }) => subject === issuer).map(({ subject }) => subject));
  if (roots.size < 2) return [];
  return [`it holds more than one root: ${[...roots].map((name) => `'${name}'`).join(' and ')}`];
}

let publicNames: ReadonlySet<string> | undefined;

/**
 * Whether it is, or is issued by, a root that browsers trust: those that Node brings, which are Mozilla's.
 *
 * OpenSSL reads the names of all of them in the time in which the certificate library reads ten.
 *
 * @see https://nodejs.org/api/tls.html#tlsrootcertificates
 */
function isPublicAuthority({ opensslNames: [subject, issuer] }: Certificate): boolean {
  publicNames ??= namesOfRoots();
  return publicNames.has(subject) || publicNames.has(issuer);
}

/** Loaded here: most runs meet no certificate. */
function namesOfRoots(): ReadonlySet<string> {
  const { rootCertificates } = require('node:tls') as typeof import('node:tls');
  return new Set(rootCertificates.map((pem) => new X509Certificate(pem).subject));
}
