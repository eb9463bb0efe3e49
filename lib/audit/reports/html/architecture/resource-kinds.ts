/** Where a resource stands in the picture. */
export type Zone = 'host' | 'identity' | 'bucket' | 'key' | 'other';

export interface ResourceKind {
  readonly zone: Zone;
  readonly label: string;
}

const KINDS: Readonly<Record<string, ResourceKind>> = {
  aws_instance: { zone: 'host', label: 'Instance' },
  aws_launch_template: { zone: 'host', label: 'Launch template' },
  aws_iam_instance_profile: { zone: 'host', label: 'Instance profile' },
  aws_rolesanywhere_trust_anchor: { zone: 'host', label: 'Trust anchor' },
  aws_rolesanywhere_profile: { zone: 'host', label: 'Roles Anywhere profile' },
  aws_iam_role: { zone: 'identity', label: 'Role' },
  aws_iam_policy: { zone: 'identity', label: 'Managed policy' },
  aws_iam_role_policy: { zone: 'identity', label: 'Inline policy' },
  aws_iam_role_policy_attachment: { zone: 'identity', label: 'Attachment' },
  aws_iam_user: { zone: 'identity', label: 'User' },
  aws_iam_access_key: { zone: 'identity', label: 'Access key' },
  aws_s3_bucket: { zone: 'bucket', label: 'Bucket' },
  aws_s3_bucket_policy: { zone: 'bucket', label: 'Bucket policy' },
  aws_s3_bucket_versioning: { zone: 'bucket', label: 'Versioning' },
  aws_s3_bucket_lifecycle_configuration: { zone: 'bucket', label: 'Lifecycle' },
  aws_s3_bucket_logging: { zone: 'bucket', label: 'Access log' },
  aws_s3_bucket_object_lock_configuration: { zone: 'bucket', label: 'Object Lock' },
  aws_s3_bucket_ownership_controls: { zone: 'bucket', label: 'Object ownership' },
  aws_s3_bucket_public_access_block: { zone: 'bucket', label: 'Public access block' },
  aws_s3_bucket_server_side_encryption_configuration: { zone: 'bucket', label: 'Default encryption' },
  aws_kms_key: { zone: 'key', label: 'KMS key' },
  aws_kms_key_policy: { zone: 'key', label: 'Key policy' },
  aws_kms_alias: { zone: 'key', label: 'Alias' },
  aws_kms_grant: { zone: 'key', label: 'Grant' },
};

const ZONES: readonly (readonly [string, Zone])[] = [
  ['aws_s3_', 'bucket'],
  ['aws_kms_', 'key'],
  ['aws_iam_', 'identity'],
];

/** The name of a type of resource, even of a type that is not listed. */
export function kindOf(type: string): ResourceKind {
  const known = KINDS[type];
  if (known !== undefined && Object.hasOwn(KINDS, type)) return known;
  const zone = ZONES.find(([prefix]) => type.startsWith(prefix))?.[1] ?? 'other';
  return { zone, label: type.replace(/^aws_/, '').replaceAll('_', ' ') };
}
