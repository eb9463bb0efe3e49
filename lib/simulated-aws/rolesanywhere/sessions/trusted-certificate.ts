import type { AccountState } from '../../state/account-state';
import type { TrustAnchor } from '../../state/services/roles-anywhere-state';
import type { AwsError } from '../../wire/http/aws-error';
import { type Certificate, tryReadBundle, tryReadCertificate } from '../certificates/certificate';
import { isSufficient, type Presented, tryFindPath } from '../certificates/path';
import { isRevoked } from '../certificates/revocation';
import { accessDenied } from '../request/errors';

/**
 * The certificates that a request carries: each as Base64 of its DER, the chain joined with commas.
 *
 * @throws {AwsError} `AccessDeniedException`
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/authentication-sign-process.html
 */
export function readPresented(headers: Readonly<Record<string, string>>): Presented {
  const [leaf] = readCertificates(headers['x-amz-x509']);
  if (leaf === undefined) throw insufficient();
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
  if (!isSufficient(presented.leaf, now)) throw insufficient();
  const path = anchor.isEnabled ? tryFindPath(presented, authoritiesOf(account, anchor), now) : undefined;
  if (path === undefined) throw accessDenied('Untrusted signing certificate');
  if (isRevoked(path, crlsOf(account, anchor))) throw accessDenied('Untrusted certificate. Revoked certificate');
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
    if (certificate === undefined) throw insufficient();
    return certificate;
  });
}

function insufficient(): AwsError {
  return accessDenied('Untrusted certificate. Insufficient certificate');
}
