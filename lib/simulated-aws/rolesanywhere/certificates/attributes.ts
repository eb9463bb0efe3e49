// The certificate library needs the metadata polyfill to be there first.
import 'reflect-metadata';
import { type JsonName, Name, SubjectAlternativeNameExtension } from '@peculiar/x509';
import type { CertificateField } from '../../state/services/roles-anywhere-state';
import type { Certificate } from './certificate';

/** An attribute of a certificate by its name within the field, such as `CN`, `OU/1` or `Name/CN`. */
type Attributes = readonly (readonly [name: string, value: string])[];

/**
 * Everything in a certificate that can become a session tag. The first attribute of a name goes by the name alone; how
 * AWS numbers the others is not documented but for the names of a host, as in `DNS/2`.
 *
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/attribute-mapping.html
 * @see https://github.com/aws/rolesanywhere-credential-helper/issues/77
 */
export function attributesOf({ details }: Certificate, field: CertificateField): Attributes {
  switch (field) {
    case 'x509Subject':
      return numbered(nameAttributes(details.subjectName));
    case 'x509Issuer':
      return numbered(nameAttributes(details.issuerName));
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

function numbered(attributes: Attributes): Attributes {
  const counts = new Map<string, number>();
  return attributes.map(([name, value]) => {
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    return [count === 0 ? name : `${name}/${count}`, value];
  });
}
