import { X509Certificate } from 'node:crypto';
import { readWhole } from '../../read-whole';
import type { Trouble } from './trouble';

const PEM_BLOCK = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** The certificates of a PEM file, at least one; or why there are none. */
export function readCertificates(file: string): { readonly certificates: readonly X509Certificate[] } | Trouble {
  const text = readText(file);
  if (typeof text !== 'string') return text;
  try {
    const certificates = [...text.matchAll(PEM_BLOCK)].map(([block]) => new X509Certificate(block));
    return certificates.length === 0 ? notPem(file) : { certificates };
  } catch {
    return notPem(file);
  }
}

export function readText(file: string): string | Trouble {
  try {
    return readWhole(file).toString('utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') {
      return {
        found: `${file} is not there.`,
        fix: 'Have the certificate issued, and install it with renew.sh of host/; a line credential_process may name another place.',
      };
    }
    return {
      found: `${file} cannot be read (${code}).`,
      fix: `Run this as the user that runs the credential helper, or let that user read ${file}.`,
    };
  }
}

function notPem(file: string): Trouble {
  return { found: `${file} holds no certificate in PEM.`, fix: 'Put the certificate there that the authority issued.' };
}

/** The value of the common name of a subject or an issuer, as Node writes them: with a backslash before a comma. */
export function commonNameOf(name: string): string {
  return /^CN=(.*)$/m.exec(name)?.[1]?.replace(/\\(.)/g, '$1') ?? 'nobody';
}

export function oneLine(name: string): string {
  return name.split('\n').join(', ');
}
