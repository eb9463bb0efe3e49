// The certificate library needs the metadata polyfill to be there first.
import 'reflect-metadata';
import { type JsonName, Name, SubjectAlternativeNameExtension } from '@peculiar/x509';
import type { CertificateField } from '../../state/services/roles-anywhere-state';
import type { Certificate } from './certificate';

/** An attribute of a certificate by its name within the field, such as `CN`, `DNS/1` or `Name/CN`. */
type Attributes = readonly (readonly [name: string, value: string])[];

/**
 * Everything in a certificate that can become a session tag. Several values of one attribute of subject or issuer
 * are joined by slashes. The first alternative name of a kind goes by the kind alone, the others are numbered, as `DNS/2`.
 *
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
 * @see https://github.com/aws/rolesanywhere-credential-helper/issues/77
 */
export function attributesOf({ details }: Certificate, field: CertificateField): Attributes {
  switch (field) {
    case 'x509Subject':
      return joined(nameAttributes(details.subjectName));
    case 'x509Issuer':
      return joined(nameAttributes(details.issuerName));
    case 'x509SAN':
      return numbered(alternativeNames(details.getExtension(SubjectAlternativeNameExtension)));
  }
}

/** The subject's first common name. */
export function commonName({ details }: Certificate): string | undefined {
  return details.subjectName.getField('CN')[0];
}

/** Attributes whose type has no short name are none that AWS maps. */
function nameAttributes(name: Name): Attributes {
  return (name.toJSON() as JsonName).flatMap((part) =>
    Object.entries(part)
      .filter(([type]) => /^[A-Za-z]+$/.test(type))
      .flatMap(([type, values]) => values.map((value) => [type, value] as const)),
  );
}

function alternativeNames(extension: SubjectAlternativeNameExtension | null): Attributes {
  return (extension?.names.items ?? []).flatMap(({ type, value }): Attributes => {
    if (type === 'dns') return [['DNS', value]];
    if (type === 'url') return [['URI', value]];
    if (type === 'email') return [['Email', value]];
    return type === 'dn' ? nameAttributes(new Name(value)).map(([name, text]) => [`Name/${name}`, text]) : [];
  });
}

function joined(attributes: Attributes): Attributes {
  const byName = new Map<string, string[]>();
  for (const [name, value] of attributes) byName.set(name, [...(byName.get(name) ?? []), value]);
  return [...byName].map(([name, values]) => [name, values.join('/')]);
}

function numbered(attributes: Attributes): Attributes {
  const counts = new Map<string, number>();
  return attributes.map(([name, value]) => {
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    return [count === 0 ? name : `${name}/${count}`, value];
  });
}
