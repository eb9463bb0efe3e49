import type { CertificateField, Profile } from '../../state/services/roles-anywhere-state';
import { attributesOf } from '../certificates/attributes';
import type { Certificate } from '../certificates/certificate';

/** The session tags made from a certificate's attributes. */
export interface MappedAttributes {
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
