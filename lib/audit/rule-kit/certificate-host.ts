import { accountOf } from '../../arn';
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
 * IAM Roles Anywhere, when it asks for a session of this host; with the account of the trust anchor and without, because
 * no page says whether it tells `aws:SourceAccount`.
 */
export function askingOf(host: CertificateHost): readonly Asking[] {
  const asking = service(ROLES_ANYWHERE);
  const context = {
    ...asking.context,
    ...host,
    'sts:RoleSessionName': '0a1b2c',
    ...(host[NAME] !== undefined && { 'sts:SourceIdentity': host[NAME] }),
  };
  const account = accountOf(host[ANCHOR] ?? '');
  return [context, { ...context, 'aws:SourceAccount': account }].map((one) => ({ ...asking, context: one }));
}
