import type { AccountState } from '../../state/account-state';
import type { TrustAnchor } from '../../state/services/roles-anywhere-state';
import type { AwsError } from '../../wire/http/aws-error';
import { type Certificate, tryReadBundle, tryReadCertificate } from '../certificates/certificate';
import { insufficiencyOf } from '../certificates/insufficiency';
import { type Presented, tryFindPath } from '../certificates/path';
import { isRevoked } from '../certificates/revocation';
import { accessDenied } from '../request/operation';

/**
 * The certificates that a request carries: each as Base64 of its DER, the chain joined with commas.
 *
 * @throws {AwsError} `AccessDeniedException`
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/authentication-sign-process.html
 */
export function readPresented(headers: Readonly<Record<string, string>>): Presented {
  const [leaf] = readCertificates(headers['x-amz-x509']);
  if (leaf === undefined) throw insufficient('the request carries none');
  return { leaf, chain: readCertificates(headers['x-amz-x509-chain']) };
}

/**
 * Refuses a certificate that the trust anchor does not vouch for. What AWS says of one that has expired or been revoked,
 * or of a trust anchor that is disabled, is not documented: the words here are those for its kin.
 *
 * @throws {AwsError} `AccessDeniedException`
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html#signature-verification
 * @see https://github.com/aws/rolesanywhere-credential-helper/issues/108 for the words
 */
export function requireTrusted(account: AccountState, anchor: TrustAnchor, presented: Presented): void {
  const now = account.now();
  const lacking = insufficiencyOf(presented.leaf, now);
  if (lacking !== undefined) throw insufficient(lacking);
  const authorities = authoritiesOf(account, anchor);
  const path = anchor.isEnabled ? tryFindPath(presented, authorities, now) : undefined;
  if (path === undefined)
    throw accessDenied('Untrusted signing certificate', whyUntrusted(anchor, presented, authorities));
  if (!isRevoked(path, crlsOf(account, anchor))) return;
  const reason = 'an enabled revocation list of the trust anchor names it, or one between it and the trust anchor';
  throw accessDenied('Untrusted certificate. Revoked certificate', reason);
}

function whyUntrusted(
  { isEnabled }: TrustAnchor,
  { leaf, chain }: Presented,
  authorities: readonly Certificate[],
): string {
  if (!isEnabled) return 'the trust anchor is disabled';
  const between = chain.map(({ details }) => `'${details.subject}'`).join(' and ') || 'nothing';
  const above = authorities.map(({ details }) => `'${details.subject}'`).join(', ') || 'no authority';
  return `no chain of signatures leads from it, issued by '${leaf.details.issuer}', through ${between} to ${above} of the trust anchor`;
}

function authoritiesOf({ rolesAnywhere }: AccountState, { arn, source }: TrustAnchor): readonly Certificate[] {
  const { suppliedAuthorities } = rolesAnywhere;
  const own =
    source.type === 'CERTIFICATE_BUNDLE' ? source.x509CertificateData : suppliedAuthorities.get(source.acmPcaArn);
  return [own, suppliedAuthorities.get(arn)].flatMap((pem = '') => tryReadBundle(pem) ?? []);
}

function crlsOf({ rolesAnywhere }: AccountState, { arn }: TrustAnchor): readonly string[] {
  const enabled = [...rolesAnywhere.crls.values()].filter((crl) => crl.isEnabled && crl.trustAnchorArn === arn);
  return enabled.map(({ data }) => data.toString('utf8'));
}

function readCertificates(header: string | undefined): readonly Certificate[] {
  if (header === undefined || header === '') return [];
  return header.split(',').map((base64) => {
    const certificate = tryReadCertificate(Buffer.from(base64, 'base64'));
    if (certificate === undefined) throw insufficient('what the request carries is no certificate in DER');
    return certificate;
  });
}

function insufficient(reason: string): AwsError {
  return accessDenied('Untrusted certificate. Insufficient certificate', reason);
}
