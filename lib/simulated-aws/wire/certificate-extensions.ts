import { bitString, boolean, integer, objectIdentifier, octetString, sequence, tagged } from './der';

/** Extensions of a certificate, by RFC 5280, section 4.2.1. */
export function basicConstraints(isAuthority: boolean): Buffer {
  const content = isAuthority ? sequence(boolean(true), integer(Buffer.from([0]))) : sequence();
  return extension('2.5.29.19', content, { isCritical: true });
}

/** What the key may sign: certificates (and their revocation), or the handshakes of a server. */
export function keyUsage(usage: 'certificates' | 'signatures'): Buffer {
  const content = usage === 'certificates' ? bitString(Buffer.from([0x06]), 1) : bitString(Buffer.from([0x80]), 7);
  return extension('2.5.29.15', content, { isCritical: true });
}

/** The certificate of a TLS server. */
export function extendedKeyUsage(): Buffer {
  return extension('2.5.29.37', sequence(objectIdentifier('1.3.6.1.5.5.7.3.1')));
}

export function subjectAlternativeName(names: {
  readonly dns: readonly string[];
  readonly ipv4: readonly string[];
}): Buffer {
  return extension(
    '2.5.29.17',
    sequence(
      ...names.dns.map((name) => tagged(2, 'primitive', Buffer.from(name, 'latin1'))),
      ...names.ipv4.map((address) => tagged(7, 'primitive', Buffer.from(address.split('.').map(Number)))),
    ),
  );
}

export function subjectKeyIdentifier(keyId: Buffer): Buffer {
  return extension('2.5.29.14', octetString(keyId));
}

export function authorityKeyIdentifier(keyId: Buffer): Buffer {
  return extension('2.5.29.35', sequence(tagged(0, 'primitive', keyId)));
}

function extension(id: string, content: Buffer, { isCritical = false } = {}): Buffer {
  return sequence(objectIdentifier(id), ...(isCritical ? [boolean(true)] : []), octetString(content));
}
