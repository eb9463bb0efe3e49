import { accountOf } from '../../arn';
import { sourceIdentityOf } from '../../iam';
import { type Asking, service } from './callers';

/** The service that hands the role to a host that shows a certificate. */
export const ROLES_ANYWHERE = 'rolesanywhere.amazonaws.com';

/** The condition keys that a trust policy pins a host by. */
export const ANCHOR = 'aws:SourceArn';
export const NAME = 'aws:PrincipalTag/x509Subject/CN';
export const ISSUER = 'aws:PrincipalTag/x509Issuer/CN';

/** A host, by the trust anchor that vouches for its certificate and by the names in it; each under its condition key. */
export type CertificateHost = Readonly<Record<string, string>>;

/**
 * IAM Roles Anywhere, when it asks for a session of this host. The account is that of the trust anchor.
 *
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html
 */
export function askingOf(host: CertificateHost): Asking {
  const asking = service(ROLES_ANYWHERE);
  const anchor = host[ANCHOR];
  const context = {
    ...asking.context,
    ...host,
    ...(anchor !== undefined && { 'aws:SourceAccount': accountOf(anchor) }),
    'sts:RoleSessionName': '0a1b2c',
    'sts:SourceIdentity': sourceIdentityOf(host[NAME], '0a1b2c'),
  };
  return { ...asking, context };
}
