import { join } from 'node:path';
import type { CertificateHostOptions } from '../../simulated-aws';

/** The certificates that are let in. */
interface LetIn {
  readonly subject: { readonly CN: readonly string[] };
  readonly issuer?: { readonly CN: string } | undefined;
}

/** The name of the authority that stands in where the environment pins none. */
const ANY_ISSUER = 'Rehearsal CA';

/** The first of the names that are let in, and the authority that is, or any. */
export function namesOfHost({ subject, issuer }: LetIn) {
  const [commonName = ''] = subject.CN;
  return { commonName, issuer: issuer?.CN ?? ANY_ISSUER };
}

/** A certificate of these names, which an authority signs that stands in for the customer's. */
export function standInCertificate(letIn: LetIn): CertificateHostOptions['certificate'] {
  const { commonName, issuer } = namesOfHost(letIn);
  return { subject: [{ CN: [commonName] }], issuer: [{ CN: [issuer] }] };
}

/** The program that stands in for AWS's helper where it is named as `credential_process`. @param root of the package */
export function credentialsProgram(root: string): string {
  return join(root, 'lib', 'rehearsal', 'hosts', 'print-credentials.cjs');
}

/** An AWS configuration with a `credential_process` that gets what is served at the endpoint. */
export function processConfiguration(root: string, endpoint: string): string {
  const command = [process.execPath, credentialsProgram(root), endpoint].map((part) => `"${part}"`).join(' ');
  return `[default]\ncredential_process = ${command}\n`;
}
