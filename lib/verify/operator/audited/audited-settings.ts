import type { DeclaredHost } from '../../../audit/policies/declared-host';
import type { Arguments } from '../../../audit/stack/arguments';
import type { StackResource } from '../../../audit/stack/stack-document';
import type { StackReading } from '../../../audit/stack/stack-reading';
import { type Settings, settingsOf } from '../settings/settings';
import { type AuditedCertificateHost, readAuditedCertificateHost } from './audited-certificate-host';
import { readAuditedLifecycle } from './audited-lifecycle';

/** The settings of the stack besides its policies. A list of settings is empty where the stack leaves AWS's default. */
export interface AuditedSettings {
  /** Missing where the role exists already. */
  readonly role: Settings | undefined;
  /** ARNs of the managed policies that the role carries, in the order of its audited identity policies. */
  readonly attachedPolicies: readonly string[];
  readonly boundaryArn: string | undefined;
  /** Name of the instance profile; missing where the host brings no profile. */
  readonly instanceProfile: string | undefined;
  /** Missing where the host is no host outside of AWS. */
  readonly certificateHost: AuditedCertificateHost | undefined;
  readonly publicAccessBlock: Settings;
  readonly ownership: Settings;
  readonly encryption: Settings;
  readonly versioning: Settings;
  readonly lifecycle: Settings;
  readonly objectLock: Settings;
  readonly logging: Settings;
  /** Tags that the stack puts on the bucket. */
  readonly tags: Settings;
  /** Rotation of the key; missing where the stack creates none. */
  readonly keyRotation: Settings | undefined;
}

/** One hour. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
const DEFAULT_SESSION_SECONDS = 3600;

/**
 * @param provider - the stack's configuration of its AWS provider, which puts tags on everything
 * @throws {ToolkitError} `BadStack`, `UnresolvedReference`
 */
export function readAuditedSettings(reading: StackReading, provider: Arguments, host: DeclaredHost): AuditedSettings {
  const role = host.kind === 'existing-role' ? undefined : reading.findOne('aws_iam_role');
  const profile = reading.tryFindOne('aws_iam_instance_profile');
  return {
    role: role && readRoleSettings(role),
    attachedPolicies:
      host.kind === 'existing-role'
        ? host.policyArns
        : reading.all('aws_iam_role_policy_attachment').map((attachment) => reading.text(attachment, 'policy_arn')),
    boundaryArn: role && reading.tryText(role, 'permissions_boundary'),
    instanceProfile: profile && reading.text(profile, 'name'),
    certificateHost:
      host.kind === 'on-premises'
        ? readAuditedCertificateHost(reading, reading.arnOf(reading.findOne('aws_iam_role')))
        : undefined,
    ...readBucketSettings(reading),
    tags: readTags(reading, provider),
    keyRotation: readKeyRotation(reading),
  };
}

function readRoleSettings({ arguments: { path, max_session_duration: seconds } }: StackResource): Settings {
  return settingsOf({ Path: path ?? '/', MaxSessionDuration: seconds ?? DEFAULT_SESSION_SECONDS });
}

function readBucketSettings(reading: StackReading) {
  const block = argumentsOf(reading, 'aws_s3_bucket_public_access_block');
  const ownership = nested(argumentsOf(reading, 'aws_s3_bucket_ownership_controls'), 'rule');
  const versioning = nested(argumentsOf(reading, 'aws_s3_bucket_versioning'), 'versioning_configuration');
  const logging = argumentsOf(reading, 'aws_s3_bucket_logging');
  return {
    publicAccessBlock: settingsOf({
      BlockPublicAcls: block.block_public_acls ?? false,
      BlockPublicPolicy: block.block_public_policy ?? false,
      IgnorePublicAcls: block.ignore_public_acls ?? false,
      RestrictPublicBuckets: block.restrict_public_buckets ?? false,
    }),
    ownership: settingsOf({ ObjectOwnership: ownership.object_ownership }),
    encryption: readEncryption(reading),
    versioning: settingsOf({ Status: versioning.status }),
    lifecycle: readAuditedLifecycle(argumentsOf(reading, 'aws_s3_bucket_lifecycle_configuration')),
    objectLock: readObjectLock(reading),
    logging: settingsOf({ TargetBucket: logging.target_bucket, TargetPrefix: logging.target_prefix }),
  };
}

function readEncryption(reading: StackReading): Settings {
  const address = "'aws_s3_bucket_server_side_encryption_configuration' argument 'kms_master_key_id'";
  const rule = nested(argumentsOf(reading, 'aws_s3_bucket_server_side_encryption_configuration'), 'rule');
  const { sse_algorithm, kms_master_key_id: key } = nested(rule, 'apply_server_side_encryption_by_default');
  return settingsOf({
    SSEAlgorithm: sse_algorithm,
    KMSMasterKeyID: key === undefined ? undefined : reading.resolve(String(key), address),
    BucketKeyEnabled: rule.bucket_key_enabled ?? false,
  });
}

function readObjectLock(reading: StackReading): Settings {
  const configuration = argumentsOf(reading, 'aws_s3_bucket_object_lock_configuration');
  const isOn =
    reading.tryFindOne('aws_s3_bucket_object_lock_configuration') !== undefined ||
    argumentsOf(reading, 'aws_s3_bucket').object_lock_enabled === true;
  const { mode, days, years } = nested(nested(configuration, 'rule'), 'default_retention');
  return settingsOf({ ObjectLockEnabled: isOn ? 'Enabled' : undefined, Mode: mode, Days: days, Years: years });
}

function readTags(reading: StackReading, provider: Arguments): Settings {
  const defaults = nested(provider, 'default_tags').tags ?? {};
  return settingsOf({ ...defaults, ...((argumentsOf(reading, 'aws_s3_bucket').tags as object | undefined) ?? {}) });
}

function readKeyRotation(reading: StackReading): Settings | undefined {
  const key = reading.tryFindOne('aws_kms_key');
  if (key === undefined) return undefined;
  const { enable_key_rotation: isOn = false, rotation_period_in_days: days } = key.arguments;
  return settingsOf({ KeyRotationEnabled: isOn, RotationPeriodInDays: days });
}

function argumentsOf(reading: StackReading, type: string): Arguments {
  return reading.tryFindOne(type)?.arguments ?? {};
}

/** A block, which Terraform's JSON holds as an object or as a list of one. */
function nested(given: Arguments, name: string): Arguments {
  const value = given[name];
  return ((Array.isArray(value) ? value[0] : value) ?? {}) as Arguments;
}
