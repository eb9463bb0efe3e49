import type { Policy } from '../../iam';
import type { Subject } from '../subject/subject';
import { auditedAccount } from './callers';
import { ANCHOR, type CertificateHost, ISSUER, NAME } from './certificate-host';
import { alsoFitting, fitting, type TrustedValues, trustedValues } from './trusted-values';
import { type WrongHost, wrongAnchors, wrongIssuers, wrongNames } from './wrong-hosts';

/** Who asks IAM Roles Anywhere for a role: hosts that the trust policy means, and those that are wrong in one thing each. */
export interface CertificateHosts {
  readonly right: readonly CertificateHost[];
  readonly wrong: readonly WrongHost[];
}

/**
 * The hosts that a trust policy must tell apart when it pins its host: those that the output declares are right, or,
 * where it declares none, those that the policy names.
 *
 * Nothing is taken for pinned because a request without the key is refused: every wrong host has all keys that the right
 * one has, but for those that show none.
 *
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
 */
export function certificateHosts(trust: Policy, subject: Subject): CertificateHosts {
  const trusted = trustedValues(trust);
  const declared = declaredHolder(subject);
  const anchors = anchorsOf(trusted, declared, subject);
  const named = namesIn(trusted);
  const issuers = trusted.get(ISSUER.toLowerCase()) ?? [];
  const names = declared?.commonNames ?? (named.length > 0 ? named : ['vault-host']);
  const issuedBy = declared === undefined ? issuers : listOf(declared.issuerName);
  const attributes = declared === undefined ? furtherAttributes(trusted) : {};
  const issuer = fitting(issuedBy[0] ?? 'Issuing CA');
  const right = anchors.own.flatMap((anchor) =>
    names.map((name) => ({ ...attributes, [ANCHOR]: anchor, [NAME]: fitting(name), [ISSUER]: issuer })),
  );
  return {
    right,
    wrong: right.flatMap((host) => [
      ...wrongAnchors(host, anchors.others),
      ...wrongNames(host, { right: names, trusted: named }),
      ...(issuedBy.length === 0 ? [] : wrongIssuers(host, { right: issuedBy, trusted: issuers })),
    ]),
  };
}

/** Names of hosts in a policy, those of a source identity included; a variable is the name of none. */
function namesIn(trusted: TrustedValues): readonly string[] {
  const identities = trusted.get('sts:sourceidentity') ?? [];
  const names = identities
    .filter((identity) => !identity.includes('${'))
    .map((identity) => identity.replace(/^CN=/, ''));
  return [...(trusted.get(NAME.toLowerCase()) ?? []), ...names];
}

type Environment = Extract<Subject['environment'], { state: 'known' }>['value'];
type CertificateHolder = Extract<Environment['declared']['host'], { kind: 'on-premises' }>;

/** The declared host, with a trust anchor of the stack by its ARN. */
function declaredHolder({ environment }: Subject): CertificateHolder | undefined {
  const host = environment.state === 'known' ? environment.value.declared.host : undefined;
  return host?.kind === 'on-premises' ? host : undefined;
}

function listOf(name: string | undefined): readonly string[] {
  return name === undefined ? [] : [name];
}

/** The other attributes of certificates that the policy asks for. */
function furtherAttributes(trusted: TrustedValues): CertificateHost {
  const known = [NAME, ISSUER].map((key) => key.toLowerCase());
  return Object.fromEntries(
    [...trusted].flatMap(([key, [value]]) =>
      key.startsWith('aws:principaltag/x509') && !known.includes(key) && value !== undefined
        ? [[key, fitting(value)]]
        : [],
    ),
  );
}

interface Anchors {
  /** Those that are declared, or that the policy names, and that can be of the account and region; else a made-up one. */
  readonly own: readonly string[];
  /** Others that the policy names, or lets in by a wildcard. */
  readonly others: readonly string[];
}

function anchorsOf(trusted: TrustedValues, declared: CertificateHolder | undefined, subject: Subject): Anchors {
  const { partition = 'aws', region = 'us-east-1' } = subject.place;
  const start = `arn:${partition}:rolesanywhere:${region}:${auditedAccount(subject)}:trust-anchor/`;
  const patterns = trusted.get(ANCHOR.toLowerCase()) ?? [];
  const named = patterns.map(fitting);
  const isOwn = (arn: string) => subject.place.account === undefined || arn.startsWith(start);
  const own = (declared === undefined ? named : [declared.trustAnchorArn]).filter(isOwn);
  return {
    own: own.length > 0 ? own : [`${start}00000000-0000-4000-8000-000000000000`],
    others: [...alsoFitting(patterns), ...named.filter((arn) => !own.includes(arn))],
  };
}
