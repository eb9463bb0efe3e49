import type { Arguments } from '../../../audit/stack/arguments';
import type { StackReading } from '../../../audit/stack/stack-reading';
import { type Settings, settingsOf } from '../settings/settings';
import { sourceSettings } from '../settings/trust-anchor-settings';

/** Settings of IAM Roles Anywhere that the stack makes. */
export interface AuditedCertificateHost {
  /** Missing where the trust anchor exists already. */
  readonly source: Settings | undefined;
  readonly profile: Settings;
}

/** AWS's own. @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_CreateProfile.html */
const DEFAULT_SESSION_SECONDS = 3600;

/** @throws {ToolkitError} `BadStack` */
export function readAuditedCertificateHost(reading: StackReading, roleArn: string): AuditedCertificateHost {
  const anchor = reading.tryFindOne('aws_rolesanywhere_trust_anchor');
  const { arguments: given } = reading.findOne('aws_rolesanywhere_profile');
  return {
    source: anchor && auditedSource(anchor.arguments),
    profile: settingsOf({
      Enabled: given.enabled ?? false,
      RoleArns: roleArn,
      DurationSeconds: given.duration_seconds ?? DEFAULT_SESSION_SECONDS,
      SessionPolicy: given.session_policy,
      ManagedPolicyArns: listOf(given.managed_policy_arns).join(', '),
      AcceptRoleSessionName: given.accept_role_session_name ?? false,
      RequireInstanceProperties: given.require_instance_properties ?? false,
    }),
  };
}

function auditedSource({ source }: Arguments): Settings {
  const { source_type: type, source_data: data } = firstOf(source);
  const { x509_certificate_data: pem, acm_pca_arn: privateCaArn } = firstOf(data);
  const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return sourceSettings({ type: textOf(type), certificatesPem: textOf(pem), privateCaArn: textOf(privateCaArn) });
}

/** A block, which Terraform's JSON holds as an object or as a list of one. */
function firstOf(value: unknown): Arguments {
  return (listOf(value)[0] ?? {}) as Arguments;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}
