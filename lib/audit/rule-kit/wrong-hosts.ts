import { accountOf } from '../../arn';
import { foreignAccountOf } from '../permission-proof/foreign';
import { ANCHOR, type CertificateHost, ISSUER, NAME } from './certificate-host';
import { alsoFitting } from './trusted-values';

/** A host that must not get the role. */
export interface WrongHost {
  /** How it differs from the right one. */
  readonly title: string;
  readonly host: CertificateHost;
}

/** Hosts whose certificate is vouched for by another trust anchor than the right host's. */
export function wrongAnchors(host: CertificateHost, others: readonly string[]): readonly WrongHost[] {
  const own = host[ANCHOR] ?? '';
  const [arn, partition, name, region, account = ''] = own.split(':');
  const foreign = foreignAccountOf({ account });
  const madeUp = [account, foreign].map((id) =>
    [arn, partition, name, region, id, 'trust-anchor/99999999-9999-4999-8999-999999999999'].join(':'),
  );
  const anchors = [...madeUp, own.replace(`:${account}:`, `:${foreign}:`), ...others];
  return [
    ...anchors.map((anchor) => ({
      title: accountOf(anchor) === account ? 'another trust anchor' : 'a trust anchor of another account',
      host: { ...host, [ANCHOR]: anchor },
    })),
    { title: 'no trust anchor', host: without(host, (key) => key === ANCHOR) },
  ];
}

/** Hosts under the right trust anchor whose certificate has another name, or none. */
export function wrongNames(host: CertificateHost, trusted: readonly string[]): readonly WrongHost[] {
  const name = host[NAME] ?? '';
  const inOtherCase = name === name.toUpperCase() ? name.toLowerCase() : name.toUpperCase();
  const madeUp = [`${name}-2`, `x${name}`, 'another-host'];
  return [
    ...others(madeUp, trusted).map((other) => ({
      title: 'a certificate of another name',
      host: change(host, isName, other),
    })),
    ...[inOtherCase]
      .filter((other) => other !== name && !trusted.includes(other))
      .map((other) => ({ title: 'a certificate of the name in another case', host: { ...host, [NAME]: other } })),
    { title: 'a certificate without the name', host: without(host, isName) },
  ];
}

/** Hosts of the right name whose certificate comes from another issuer. */
export function wrongIssuers(host: CertificateHost, trusted: readonly string[]): readonly WrongHost[] {
  return others([`${host[ISSUER]} 2`, 'Another CA'], trusted).map((other) => ({
    title: 'the right name under another issuer',
    host: change(host, isIssuer, other),
  }));
}

/** Values that the trust policy does not name, those included that only its wildcards let in. */
function others(madeUp: readonly string[], trusted: readonly string[]): readonly string[] {
  return [...madeUp, ...alsoFitting(trusted)].filter((value) => !trusted.includes(value));
}

const isName = (key: string) => key.toLowerCase() === NAME.toLowerCase() || /\/x509SAN\//i.test(key);
const isIssuer = (key: string) => /\/x509Issuer\//i.test(key);

function change(host: CertificateHost, isOf: (key: string) => boolean, to: string): CertificateHost {
  return Object.fromEntries(Object.entries(host).map(([key, value]) => [key, isOf(key) ? to : value]));
}

function without(host: CertificateHost, isOf: (key: string) => boolean): CertificateHost {
  return Object.fromEntries(Object.entries(host).filter(([key]) => !isOf(key)));
}
