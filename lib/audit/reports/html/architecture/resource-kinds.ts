/** Where a resource stands in the picture. */
export type Place = 'host' | 'identity' | 'bucket' | 'key' | 'other';

export interface ResourceKind {
  readonly place: Place;
  readonly label: string;
}

const KINDS: Readonly<Record<string, ResourceKind>> = {
  aws_instance: { place: 'host', label: 'Instance' },
  aws_launch_template: { place: 'host', label: 'Launch template' },
  aws_iam_instance_profile: { place: 'host', label: 'Instance profile' },
  aws_rolesanywhere_trust_anchor: { place: 'host', label: 'Trust anchor' },
  aws_rolesanywhere_profile: { place: 'host', label: 'Roles Anywhere profile' },
  aws_iam_role: { place: 'identity', label: 'Role' },
  aws_iam_policy: { place: 'identity', label: 'Managed policy' },
  aws_iam_role_policy: { place: 'identity', label: 'Inline policy' },
  aws_iam_role_policy_attachment: { place: 'identity', label: 'Attachment' },
  aws_iam_user: { place: 'identity', label: 'User' },
  aws_iam_access_key: { place: 'identity', label: 'Access key' },
  aws_s3_bucket: { place: 'bucket', label: 'Bucket' },
  aws_s3_bucket_policy: { place: 'bucket', label: 'Bucket policy' },
  aws_s3_bucket_versioning: { place: 'bucket', label: 'Versioning' },
  aws_s3_bucket_lifecycle_configuration: { place: 'bucket', label: 'Lifecycle' },
  aws_s3_bucket_logging: { place: 'bucket', label: 'Access log' },
  aws_s3_bucket_object_lock_configuration: { place: 'bucket', label: 'Object Lock' },
  aws_s3_bucket_ownership_controls: { place: 'bucket', label: 'Object ownership' },
  aws_s3_bucket_public_access_block: { place: 'bucket', label: 'Public access block' },
  aws_s3_bucket_server_side_encryption_configuration: { place: 'bucket', label: 'Default encryption' },
  aws_kms_key: { place: 'key', label: 'KMS key' },
  aws_kms_key_policy: { place: 'key', label: 'Key policy' },
  aws_kms_alias: { place: 'key', label: 'Alias' },
  aws_kms_grant: { place: 'key', label: 'Grant' },
};

const PLACES: readonly (readonly [string, Place])[] = [
  ['aws_s3_', 'bucket'],
  ['aws_kms_', 'key'],
  ['aws_iam_', 'identity'],
];

/** The name of a type of resource, even of a type that is not listed. */
export function kindOf(type: string): ResourceKind {
  const known = KINDS[type];
  if (known !== undefined && Object.hasOwn(KINDS, type)) return known;
  const place = PLACES.find(([prefix]) => type.startsWith(prefix))?.[1] ?? 'other';
  return { place, label: type.replace(/^aws_/, '').replaceAll('_', ' ') };
}
