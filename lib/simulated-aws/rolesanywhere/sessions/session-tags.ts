import type { AccountState } from '../../state/account-state';
import type { CertificateField, Profile, Subject } from '../../state/services/roles-anywhere-state';
import { attributesOf } from '../certificates/attributes';
import type { Certificate } from '../certificates/certificate';
import { newResource } from '../request/new-resource';

/** The session tags made from a certificate's attributes. */
interface MappedAttributes {
  readonly tags: ReadonlyMap<string, string>;
  /** Names of attributes that cannot be tags, by their field. */
  readonly failed: Readonly<Record<CertificateField, readonly string[]>>;
}

const VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;

/**
 * The session tags that a profile makes of a certificate.
 *
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/attribute-mapping.html
 * @see https://docs.aws.amazon.com/STS/latest/APIReference/API_Tag.html
 */
export function mapAttributes(certificate: Certificate, { attributeMappings }: Profile): MappedAttributes {
  const tags = new Map<string, string>();
  const failed: Record<CertificateField, string[]> = { x509Subject: [], x509Issuer: [], x509SAN: [] };
  for (const [field, specifiers] of attributeMappings) {
    for (const [name, text] of attributesOf(certificate, field)) {
      if (!specifiers.some((specifier) => isMatch(specifier, name))) continue;
      if (VALUE.test(text)) tags.set(`${field}/${name}`, text);
      else failed[field].push(name);
    }
  }
  return { tags, failed };
}

function isMatch(specifier: string, name: string): boolean {
  return specifier.endsWith('*') ? name.startsWith(specifier.slice(0, -1)) : specifier === name;
}

/**
 * Notes that a certificate has asked for a session, and whether it got one.
 *
 * @returns the ARN of the certificate's subject
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_SubjectDetail.html
 */
export function recordSubject(account: AccountState, { x509, details }: Certificate, hasFailed: boolean): string {
  const { subjects } = account.rolesAnywhere;
  const seenAt = account.now();
  const known = [...subjects.values()].find(({ x509Subject }) => x509Subject === details.subject);
  const subject: Omit<Subject, 'lastSeenAt'> = known ?? {
    ...newResource(account, 'subject'),
    x509Subject: details.subject,
    credentials: new Map(),
  };
  const serialNumber = BigInt(`0x${x509.serialNumber}`).toString();
  const credential = { serialNumber, issuer: details.issuer, certificatePem: x509.toString(), seenAt, hasFailed };
  const credentials = new Map([...subject.credentials, [serialNumber, credential] as const]);
  subjects.set(subject.id, { ...subject, credentials, lastSeenAt: seenAt, updatedAt: seenAt });
  return subject.arn;
}
