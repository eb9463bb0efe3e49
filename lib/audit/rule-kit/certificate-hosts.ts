import type { Condition, Policy } from '../../iam';
import { foreignAccountOf } from '../permission-proof/foreign';
import type { Subject } from '../subject/subject';
import { type Asking, accountOf, service } from './callers';

/** Hands the role to a host that shows a certificate. */
export const ROLES_ANYWHERE = 'rolesanywhere.amazonaws.com';

/** What IAM Roles Anywhere does to the role when it makes a session; it needs all three. */
export const SESSION_ACTIONS = ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'];

const ANCHOR = 'aws:SourceArn';
const NAME = 'aws:PrincipalTag/x509Subject/CN';
const ISSUER = 'aws:PrincipalTag/x509Issuer/CN';

/** A host, by the trust anchor that vouches for its certificate and by the names in it; each under its condition key. */
type CertificateHost = Readonly<Record<string, string>>;

/** A host that must not get the role. */
interface WrongHost {
  /** How it differs from the right one. */
  readonly title: string;
  readonly asking: Asking;
}

/** Who asks IAM Roles Anywhere for a role: a host that the trust policy means, and those that are wrong in one thing each. */
export interface CertificateHosts {
  readonly right: readonly Asking[];
  readonly wrong: readonly WrongHost[];
}

/**
 * Whoever would be told apart by a trust policy that pins its host. Nothing is taken for pinned because a request without
 * the key is refused: every wrong host has all keys that the right one has, but in the two that show none.
 *
 * `aws:RequestTag` and `aws:SourceAccount` are left out: no page says that they are there.
 *
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
 */
export function certificateHosts(trust: Policy, subject: Subject): CertificateHosts {
  const named = namedValues(trust);
  const anchors = anchorsOf(named, subject);
  const [name = ['vault-host'], issuer = ['Issuing CA']] = [
    named.get(NAME.toLowerCase()),
    named.get(ISSUER.toLowerCase()),
  ];
  const others = [...named].flatMap(([key, values]) =>
    isAttribute(key) && ![NAME, ISSUER].some((known) => known.toLowerCase() === key) && values[0] !== undefined
      ? [[key, expand(values[0], 'a')]]
      : [],
  );
  const hosts = anchors.own.flatMap((anchor) =>
    name.map(
      (value): CertificateHost => ({
        ...Object.fromEntries(others),
        [ANCHOR]: anchor,
        [NAME]: expand(value, 'a'),
        [ISSUER]: expand(issuer[0] ?? '', 'a'),
      }),
    ),
  );
  return {
    right: hosts.map(askingOf),
    wrong: hosts.flatMap((host) => [
      ...wrongAnchors(host, anchors, subject),
      ...wrongNames(host, name),
      ...(named.has(ISSUER.toLowerCase()) ? wrongIssuers(host, issuer) : []),
    ]),
  };
}

/** The values of each condition key in statements that allow something, the key in lower case. */
function namedValues({ statements }: Policy): ReadonlyMap<string, readonly string[]> {
  const conditions = statements.filter(({ effect }) => effect === 'Allow').flatMap((statement) => statement.conditions);
  const byKey = new Map<string, readonly string[]>();
  for (const { key, values } of conditions.filter(saysAValue)) {
    const known = byKey.get(key.toLowerCase()) ?? [];
    byKey.set(key.toLowerCase(), [...new Set([...known, ...values])]);
  }
  return byKey;
}

function saysAValue({ operator }: Condition): boolean {
  return operator.toLowerCase() !== 'null';
}

function isAttribute(key: string): boolean {
  return /^aws:principaltag\/x509/i.test(key);
}

interface Anchors {
  /** Of the account: those that the policy or the stack names, else one that is made up. */
  readonly own: readonly string[];
  /** Others that the policy lets in by a wildcard, or names although they are of another account. */
  readonly others: readonly string[];
}

function anchorsOf(named: ReadonlyMap<string, readonly string[]>, subject: Subject): Anchors {
  const account = accountOf(subject);
  const patterns = named.get(ANCHOR.toLowerCase()) ?? [];
  const texts = patterns.map((pattern) => expand(pattern, 'a'));
  const isOwn = (arn: string) => arn.split(':')[4] === account || subject.place.account === undefined;
  const own = texts.filter(isOwn);
  const widened = patterns.filter((pattern) => /[*?]/.test(pattern)).map((pattern) => expand(pattern, 'b'));
  const { partition = 'aws', region = 'us-east-1' } = subject.place;
  const madeUp = `arn:${partition}:rolesanywhere:${region}:${account}:trust-anchor/00000000-0000-4000-8000-000000000000`;
  return { own: own.length > 0 ? own : [madeUp], others: [...widened, ...texts.filter((arn) => !isOwn(arn))] };
}

function wrongAnchors(host: CertificateHost, { others }: Anchors, subject: Subject): readonly WrongHost[] {
  const own = host[ANCHOR] ?? '';
  const [arn, partition, name, region, account] = own.split(':');
  const anchor = (of: string | undefined) =>
    [arn, partition, name, region, of, 'trust-anchor/99999999-9999-4999-8999-999999999999'].join(':');
  const foreign = foreignAccountOf({ account: accountOf(subject) });
  return [
    ...[anchor(account), anchor(foreign), own.replace(`:${account}:`, `:${foreign}:`), ...others].map((other) =>
      wrong(other.split(':')[4] === account ? 'another trust anchor' : 'a trust anchor of another account', {
        ...host,
        [ANCHOR]: other,
      }),
    ),
    wrong(
      'no trust anchor',
      without(host, (key) => key === ANCHOR),
    ),
  ];
}

const isName = (key: string) => key.toLowerCase() === NAME.toLowerCase() || /\/x509SAN\//i.test(key);
const isIssuer = (key: string) => /\/x509Issuer\//i.test(key);

function wrongNames(host: CertificateHost, patterns: readonly string[]): readonly WrongHost[] {
  const widened = patterns.filter((pattern) => /[*?]/.test(pattern)).map((pattern) => expand(pattern, 'b'));
  const value = host[NAME] ?? '';
  const inOtherCase = value === value.toUpperCase() ? value.toLowerCase() : value.toUpperCase();
  return [
    ...[`${value}-2`, `x${value}`, ...widened].map((other) =>
      wrong(
        'a certificate of another name',
        change(host, isName, () => other),
      ),
    ),
    ...(inOtherCase === value
      ? []
      : [wrong('a certificate of the name in another case', { ...host, [NAME]: inOtherCase })]),
    wrong('a certificate without the name', without(host, isName)),
  ];
}

function wrongIssuers(host: CertificateHost, patterns: readonly string[]): readonly WrongHost[] {
  const widened = patterns.filter((pattern) => /[*?]/.test(pattern)).map((pattern) => expand(pattern, 'b'));
  return [`${host[ISSUER]} 2`, ...widened].map((other) =>
    wrong(
      'the right name under another issuer',
      change(host, isIssuer, () => other),
    ),
  );
}

function wrong(title: string, host: CertificateHost): WrongHost {
  return { title, asking: askingOf(host) };
}

function askingOf(host: CertificateHost): Asking {
  const asking = service(ROLES_ANYWHERE);
  const context = {
    ...asking.context,
    ...host,
    'sts:RoleSessionName': '0a1b2c',
    ...(host[NAME] !== undefined && { 'sts:SourceIdentity': host[NAME] }),
  };
  return { ...asking, context };
}

function change(host: CertificateHost, isOf: (key: string) => boolean, to: (value: string) => string): CertificateHost {
  return Object.fromEntries(Object.entries(host).map(([key, value]) => [key, isOf(key) ? to(value) : value]));
}

function without(host: CertificateHost, isOf: (key: string) => boolean): CertificateHost {
  return Object.fromEntries(Object.entries(host).filter(([key]) => !isOf(key)));
}

/** A text that fits the pattern of a policy. */
function expand(pattern: string, filling: string): string {
  return pattern.replaceAll(/\$\{[^}]*\}|[*?]/g, filling);
}
