import type { X509Certificate } from 'node:crypto';
import type { ToldHostOf } from '../../hosts/host-kind';
import type { Finding } from '../examination';
import type { CertificateFiles } from '../helper/helper-command';
import { aboutChain } from './about-chain';
import { aboutKey } from './about-key';
import { aboutKind } from './about-kind';
import { aboutTime } from './about-time';
import { commonNameOf, oneLine, readCertificates } from './read-certificates';
import type { Trouble } from './trouble';

const ABOUT = { id: 'certificate', title: 'The certificate of this host is good, and its key belongs to it' };

interface Options {
  readonly files: CertificateFiles;
  readonly host: ToldHostOf<'on-premises'>;
  readonly now: Date;
}

/**
 * The files that AWS's credential helper signs with: there, readable, in their time, of a kind that AWS takes, of one
 * key, and with a chain.
 *
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
 */
export function examineCertificate({ files, host, now }: Options): Finding {
  const read = readCertificates(files.certificate);
  if (!('certificates' in read)) return findingOf([read]);
  const [certificate, ...beside] = read.certificates;
  if (certificate === undefined) throw new Error('a file without certificates was read');
  const { subject, validTo } = certificate;
  const troubles = [
    ...aboutTime(certificate, { now, maximumDays: host.certificate.maximumDays }),
    ...aboutKind(certificate),
    ...aboutName(certificate, host),
    ...aboutKey(certificate, { files, helper: host.helper }),
    ...aboutChain(certificate, { files, beside, authorities: host.authorities }),
  ];
  return findingOf(troubles, `${files.certificate} is of ${oneLine(subject)}, valid to ${validTo}.`);
}

/** One that is in no file: only the helper can reach it. */
export function certificateInStore(store: string): Finding {
  const found = [`Certificate or key are in ${store}, where only the credential helper looks.`];
  return { ...ABOUT, result: 'note', found };
}

function findingOf(troubles: readonly Trouble[], about?: string): Finding {
  const found = [...(about === undefined ? [] : [about]), ...troubles.map((one) => one.found)];
  if (troubles.length === 0) return { ...ABOUT, result: 'pass', found };
  const result = troubles.every(({ isNote }) => isNote) ? 'note' : 'fail';
  const fixes = [...new Set(troubles.map(({ fix }) => fix))];
  return { ...ABOUT, result, found, fix: fixes.join(' ') };
}

function aboutName({ subject, issuer }: X509Certificate, { certificate: told }: Options['host']): readonly Trouble[] {
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
