import { foreignAccountOf } from '../permission-proof/foreign';
import { ANCHOR, type CertificateHost, ISSUER, NAME } from './certificate-host';
import { alsoFitting } from './trusted-values';

/** A host that must not get the role. */
export interface WrongHost {
  /** How it differs from the right one. */
  readonly title: string;
  readonly host: CertificateHost;
}

/** The values of a condition key: those that are right, and those that the trust policy names. */
interface Values {
  readonly right: readonly string[];
  readonly trusted: readonly string[];
}

/** Hosts whose certificate is vouched for by another trust anchor than the right host's. */
export function wrongAnchors(host: CertificateHost, others: readonly string[]): readonly WrongHost[] {
  const own = host[ANCHOR] ?? '';
  const [, , , region = '', account = ''] = own.split(':');
  const foreign = foreignAccountOf({ account });
  const withAnchor = (arn: string, at: number, other: string) => arn.split(':').with(at, other).join(':');
  const another = withAnchor(own, 5, 'trust-anchor/99999999-9999-4999-8999-999999999999');
  const anchors = [another, withAnchor(another, 4, foreign), withAnchor(own, 4, foreign), ...others];
  return [
    ...anchors.map((anchor) => ({
      title: titleOf(anchor, { account, region }),
      host: { ...host, [ANCHOR]: anchor },
    })),
    { title: 'no trust anchor', host: without(host, (key) => key === ANCHOR) },
  ];
}

function titleOf(anchor: string, { account, region }: { readonly account: string; readonly region: string }): string {
  const [, , , ofRegion, ofAccount] = anchor.split(':');
  if (ofAccount !== account) return 'a trust anchor of another account';
  return ofRegion === region ? 'another trust anchor' : 'a trust anchor of another region';
}

/** Hosts under the right trust anchor whose certificate has another name, or none. */
export function wrongNames(host: CertificateHost, values: Values): readonly WrongHost[] {
  const name = host[NAME] ?? '';
  const inOtherCase = name === name.toUpperCase() ? name.toLowerCase() : name.toUpperCase();
  return [
    ...others([`${name}-2`, `x${name}`, 'another-host'], values).map((other) => ({
      title: 'a certificate of another name',
      host: change(host, isName, other),
    })),
    ...[inOtherCase]
      .filter((other) => other !== name && !values.right.includes(other))
      .map((other) => ({ title: 'a certificate of the name in another case', host: { ...host, [NAME]: other } })),
    { title: 'a certificate without the name', host: without(host, isName) },
  ];
}

/** Hosts of the right name whose certificate comes from another issuer, or from one without a common name. */
export function wrongIssuers(host: CertificateHost, values: Values): readonly WrongHost[] {
  const title = 'the right name under another issuer';
  return [
    ...others([`${host[ISSUER]} 2`, 'Another CA'], values).map((other) => ({
      title,
      host: change(host, isIssuer, other),
    })),
    { title, host: without(host, isIssuer) },
  ];
}

/** Values that are not right, those included that the trust policy names, or lets in by a wildcard alone. */
function others(madeUp: readonly string[], { right, trusted }: Values): readonly string[] {
  return [...madeUp, ...trusted, ...alsoFitting(trusted)].filter((value) => !right.includes(value));
}

const isName = (key: string) => key.toLowerCase() === NAME.toLowerCase() || /\/x509SAN\//i.test(key);
const isIssuer = (key: string) => /\/x509Issuer\//i.test(key);

function change(host: CertificateHost, isOf: (key: string) => boolean, to: string): CertificateHost {
  return Object.fromEntries(Object.entries(host).map(([key, value]) => [key, isOf(key) ? to : value]));
}

function without(host: CertificateHost, isOf: (key: string) => boolean): CertificateHost {
  return Object.fromEntries(Object.entries(host).filter(([key]) => !isOf(key)));
}
