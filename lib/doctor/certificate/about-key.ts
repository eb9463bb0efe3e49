import { createPrivateKey, type KeyObject, type X509Certificate } from 'node:crypto';
import { statSync } from 'node:fs';
import type { CertificateFiles } from '../helper/helper-command';
import { readText } from './read-certificates';
import type { Trouble } from './trouble';

interface Options {
  readonly files: CertificateFiles;
  readonly helper: 'process' | 'serve';
}

/** Whether the private key is there, is that of the certificate, and is its reader's alone. */
export function aboutKey(certificate: X509Certificate, { files, helper }: Options): readonly Trouble[] {
  const { privateKey } = files;
  const text = readText(privateKey);
  // A helper that serves runs as a user of its own, and nobody else has to read its key.
  if (typeof text !== 'string')
    return [helper === 'serve' ? { ...text, isNote: true } : text, ...aboutMode(privateKey)];
  const key = keyOf(text);
  const fix = `Put the key there that ${files.certificate} was requested with, or have a certificate issued for this one: openssl req -new.`;
  if (key === undefined) return [{ found: `${privateKey} holds no private key that can be read.`, fix }];
  const foreign = { found: `The key in ${privateKey} does not belong to the certificate.`, fix };
  return [...(certificate.checkPrivateKey(key) ? [] : [foreign]), ...aboutMode(privateKey)];
}

function keyOf(text: string): KeyObject | undefined {
  try {
    return createPrivateKey(text);
  } catch {
    return undefined;
  }
}

const FOR_OTHERS = 0o077;

/** Whoever reads the key is this host. Windows has no such modes. */
function aboutMode(file: string): readonly Trouble[] {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (process.platform === 'win32' || !stat?.isFile() || (stat.mode & FOR_OTHERS) === 0) return [];
  const mode = (stat.mode & 0o777).toString(8).padStart(4, '0');
  return [
    {
      found: `${file} has mode ${mode}, and is not its owner's alone.`,
      fix: `chmod 600 ${file}; where others could read it, have a certificate issued for a new key, and this one revoked.`,
    },
  ];
}
