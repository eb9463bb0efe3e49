import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { BackupEnvironment } from '../backup-environment/schema';
import type { CertificateFiles } from './certificate-files';
import type { Finding } from './examination';

const ABOUT = { id: 'certificate', title: 'The certificate of this host is good, and its key belongs to it' };

type Told = Extract<BackupEnvironment['host'], { readonly kind: 'on-premises' }>;

interface Options {
  readonly files: CertificateFiles;
  readonly host: Told;
  readonly now: Date;
}

/** Something that is wrong with the files, and what to do. */
interface Trouble {
  readonly found: string;
  readonly fix: string;
  /** Whether it may be so on a host that is in order. @default false */
  readonly isNote?: true;
}

/**
 * The files that AWS's credential helper signs with: there, readable, in their time, of one key, and with a chain.
 *
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
 */
export function examineCertificate({ files, host, now }: Options): Finding {
  const read = readCertificates(files.certificate);
  if (!('certificates' in read)) return findingOf([read]);
  const [certificate] = read.certificates;
  if (certificate === undefined) return findingOf([notPem(files.certificate)]);
  const { subject, validTo } = certificate;
  const troubles = [
    ...aboutTime(certificate, now),
    ...aboutName(certificate, host),
    ...aboutKey(certificate, { files, host }),
    ...aboutChain(certificate, { files, sent: read.certificates.slice(1) }),
  ];
  return findingOf(troubles, `${files.certificate} is of ${oneLine(subject)}, valid to ${validTo}.`);
}

function findingOf(troubles: readonly Trouble[], about?: string): Finding {
  const found = [...(about === undefined ? [] : [about]), ...troubles.map((one) => one.found)];
  if (troubles.length === 0) return { ...ABOUT, result: 'pass', found };
  const result = troubles.every(({ isNote }) => isNote) ? 'note' : 'fail';
  return { ...ABOUT, result, found, fix: troubles.map(({ fix }) => fix).join(' ') };
}

const PEM_BLOCK = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

function readCertificates(file: string): { readonly certificates: readonly X509Certificate[] } | Trouble {
  const text = readText(file);
  if (typeof text !== 'string') return text;
  try {
    return { certificates: [...text.matchAll(PEM_BLOCK)].map(([block]) => new X509Certificate(block)) };
  } catch {
    return notPem(file);
  }
}

function readText(file: string): string | Trouble {
  try {
    return readFileSync(file, 'utf8');
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

function aboutTime({ validFrom, validTo }: X509Certificate, now: Date): readonly Trouble[] {
  const renew = 'Have it issued again, and install it with renew.sh of host/; the credential helper reads it anew.';
  if (now < new Date(validFrom)) {
    return [
      {
        found: `It is not valid before ${validFrom}.`,
        fix: 'Look at the clock of this host first, then at the authority.',
      },
    ];
  }
  return now > new Date(validTo) ? [{ found: `It expired at ${validTo}.`, fix: renew }] : [];
}

function aboutName({ subject, issuer }: X509Certificate, { certificate: told }: Told): readonly Trouble[] {
  const { CN } = told.subject;
  const fix = 'Have a certificate issued with the names of the environment file; the trust policy lets in no other.';
  return [
    ...(CN.includes(commonNameOf(subject))
      ? []
      : [{ found: `Its common name is ${commonNameOf(subject)}, and the role is for ${CN.join(', ')}.`, fix }]),
    ...(told.issuer === undefined || told.issuer.CN === commonNameOf(issuer)
      ? []
      : [{ found: `It was issued by ${commonNameOf(issuer)}, and the role asks for ${told.issuer.CN}.`, fix }]),
  ];
}

function commonNameOf(name: string): string {
  return /^CN=(.*)$/m.exec(name)?.[1] ?? 'nobody';
}

function oneLine(name: string): string {
  return name.split('\n').join(', ');
}

function aboutKey(certificate: X509Certificate, { files, host }: Pick<Options, 'files' | 'host'>): readonly Trouble[] {
  const text = readText(files.privateKey);
  // A helper that serves runs as a user of its own, and nobody else has to read its key.
  if (typeof text !== 'string') return [host.helper === 'serve' ? { ...text, isNote: true } : text];
  const key = keyOf(text);
  const fix = `Put the key there that ${files.certificate} was requested with, or have a certificate issued for this one: openssl req -new.`;
  if (key === undefined) return [{ found: `${files.privateKey} holds no private key that can be read.`, fix }];
  return certificate.checkPrivateKey(key)
    ? []
    : [{ found: `The key in ${files.privateKey} does not belong to the certificate.`, fix }];
}

function keyOf(text: string): KeyObject | undefined {
  try {
    return createPrivateKey(text);
  } catch {
    return undefined;
  }
}

/** Intermediates are sent only where the helper is told their file. */
function aboutChain(
  certificate: X509Certificate,
  { files, sent }: { readonly files: CertificateFiles; readonly sent: readonly X509Certificate[] },
): readonly Trouble[] {
  const issuer = oneLine(certificate.issuer);
  const { intermediates } = files;
  if (intermediates === undefined) {
    const fix = `Where the trust anchor holds another certificate than that of ${issuer}, name the ones between with --intermediates.`;
    const beside = 'The chain stands beside the certificate in its file, and the helper sends the first alone.';
    return sent.length === 0 ? [] : [{ found: beside, fix, isNote: true }];
  }
  const read = readCertificates(intermediates);
  if (!('certificates' in read)) return [read];
  if (read.certificates.some((one) => certificate.checkIssued(one) && certificate.verify(one.publicKey))) return [];
  return [
    {
      found: `None of the certificates in ${intermediates} issued that of this host: it was ${issuer}.`,
      fix: `Put the certificate of ${issuer} into ${intermediates}, and those above it up to the trust anchor.`,
    },
  ];
}
