import { accountOf } from '../../arn';
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
 * The hosts that a trust policy must tell apart when it pins its host.
 *
 * Nothing is taken for pinned because a request without the key is refused: every wrong host has all keys that the right
 * one has, but for those that show none.
 *
 * `aws:RequestTag` and `aws:SourceAccount` are left out: no page says that they are there.
 *
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
 */
export function certificateHosts(trust: Policy, subject: Subject): CertificateHosts {
  const trusted = trustedValues(trust);
  const anchors = anchorsOf(trusted, subject);
  const names = trusted.get(NAME.toLowerCase()) ?? ['vault-host'];
  const issuers = trusted.get(ISSUER.toLowerCase());
  const attributes = furtherAttributes(trusted);
  const issuer = fitting(issuers?.[0] ?? 'Issuing CA');
  const right = anchors.own.flatMap((anchor) =>
    names.map((name) => ({ ...attributes, [ANCHOR]: anchor, [NAME]: fitting(name), [ISSUER]: issuer })),
  );
  return {
    right,
    wrong: right.flatMap((host) => [
      ...wrongAnchors(host, anchors.others),
      ...wrongNames(host, names),
      ...(issuers === undefined ? [] : wrongIssuers(host, issuers)),
    ]),
  };
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
  /** Anchors of the account: those that the policy or the stack names, else a made-up one. */
  readonly own: readonly string[];
  /** Others that the policy lets in by a wildcard, or names although they are of another account. */
  readonly others: readonly string[];
}

function anchorsOf(trusted: TrustedValues, subject: Subject): Anchors {
  const account = auditedAccount(subject);
  const patterns = trusted.get(ANCHOR.toLowerCase()) ?? [];
  const arns = patterns.map(fitting);
  const isOwn = (arn: string) => accountOf(arn) === account || subject.place.account === undefined;
  const own = arns.filter(isOwn);
  const { partition = 'aws', region = 'us-east-1' } = subject.place;
  const madeUp = `arn:${partition}:rolesanywhere:${region}:${account}:trust-anchor/00000000-0000-4000-8000-000000000000`;
  return {
    own: own.length > 0 ? own : [madeUp],
    others: [...alsoFitting(patterns), ...arns.filter((arn) => !isOwn(arn))],
  };
}
