import { RolesanywhereProfile } from '@cdktf/provider-aws/lib/rolesanywhere-profile';
import {
  RolesanywhereTrustAnchor,
  type RolesanywhereTrustAnchorSource,
} from '@cdktf/provider-aws/lib/rolesanywhere-trust-anchor';
import type { Construct } from 'constructs';
import { subjectsOf } from '../../certificates/authorities';
import type { HostOf } from '../../hosts/host-kind';
import { onPremisesTrustPolicy } from '../../hosts/on-premises/trust-policy';
import { roleArn } from '../../policy/resource-names';
import { VaultRole } from '../vault-role';
import type { AddHost, HostResourcesProps } from './host-resources';

/** Days before a certificate expires on which AWS says so. */
const NOTICE_DAYS = { authority: 90, host: 30 };

/** The role, the profile through which IAM Roles Anywhere hands it out, and the trust anchor where there is none yet. */
export const addOnPremisesHost: AddHost<'on-premises'> = (scope, props) => {
  const { target, host, role } = props;
  const { certificate, sessionSeconds, credentials, revocation } = host;
  const trustAnchorArn = host.trustAnchor.arn ?? addTrustAnchor(scope, props);
  const trustPolicy = onPremisesTrustPolicy({ trustAnchorArn, ...certificate });
  const vaultRole = new VaultRole(scope, 'role', { ...role, trustPolicy });
  const profile = new RolesanywhereProfile(scope, 'profile', {
    name: role.name,
    // Left out, AWS decides.
    enabled: true,
    // Literal, so that it is readable in the plan; the role has to be there first.
    roleArns: [roleArn(target)],
    durationSeconds: sessionSeconds,
    dependsOn: [vaultRole.role],
  });
  profile.overrideLogicalId('vault');
  return {
    kind: 'on-premises',
    trustAnchorArn,
    profileArn: profile.arn,
    ...(props.trustAnchorPem !== undefined && { authorities: [...subjectsOf(props.trustAnchorPem)] }),
    certificate,
    sessionSeconds,
    helper: credentials,
    revocation,
  };
};

/** A trust anchor that is made anew has another ARN, and locks every host out. */
function addTrustAnchor(scope: Construct, { host, role, trustAnchorPem, deletionProtection }: OnPremisesProps): string {
  const anchor = new RolesanywhereTrustAnchor(scope, 'trust-anchor', {
    name: role.name,
    // Left out, the provider makes one that is disabled.
    enabled: true,
    source: sourceOf(host, trustAnchorPem),
    notificationSettings: [
      notice('CA_CERTIFICATE_EXPIRY', NOTICE_DAYS.authority),
      notice('END_ENTITY_CERTIFICATE_EXPIRY', NOTICE_DAYS.host),
    ],
    lifecycle: { preventDestroy: deletionProtection },
  });
  anchor.overrideLogicalId('vault');
  return anchor.arn;
}

type OnPremisesProps = HostResourcesProps<'on-premises'>;

function sourceOf(
  { trustAnchor: { privateCa, certificates } }: HostOf<'on-premises'>,
  pem: string | undefined,
): RolesanywhereTrustAnchorSource {
  if (privateCa !== undefined) return { sourceType: 'AWS_ACM_PCA', sourceData: { acmPcaArn: privateCa } };
  if (pem === undefined) throw new Error(`the certificates of '${certificates}' were not read`);
  return { sourceType: 'CERTIFICATE_BUNDLE', sourceData: { x509CertificateData: pem } };
}

/** @see https://docs.aws.amazon.com/rolesanywhere/latest/userguide/customize-notification-settings.html */
function notice(event: string, threshold: number) {
  return { channel: 'ALL', enabled: true, event, threshold };
}
