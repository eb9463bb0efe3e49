/** Stands for every argument of a type. */
export const EVERY_ARGUMENT = '*';

/**
 * What rules or readers look at, and what has no say about access to backups: types, and their arguments.
 *
 * What is not here is a doubt. Deprecated arguments of a bucket that say what a resource of its own says are left out,
 * because nothing reads them beside that resource.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs
 */
export const UNDERSTOOD: Readonly<Record<string, readonly string[]>> = {
  aws_accessanalyzer_analyzer: ['analyzer_name', 'type', 'configuration'],
  aws_iam_access_key: [EVERY_ARGUMENT],
  aws_iam_instance_profile: ['create_date', 'name', 'name_prefix', 'path', 'role', 'unique_id'],
  aws_iam_policy: ['attachment_count', 'description', 'name', 'name_prefix', 'path', 'policy', 'policy_id'],
  aws_iam_policy_attachment: [EVERY_ARGUMENT],
  aws_iam_role: [
    'assume_role_policy',
    'create_date',
    'description',
    'force_detach_policies',
    'inline_policy',
    'managed_policy_arns',
    'max_session_duration',
    'name',
    'name_prefix',
    'path',
    'permissions_boundary',
    'unique_id',
  ],
  aws_iam_role_policy: ['name', 'name_prefix', 'policy', 'role'],
  aws_iam_role_policy_attachment: ['policy_arn', 'role'],
  aws_iam_user: [EVERY_ARGUMENT],
  aws_iam_user_login_profile: [EVERY_ARGUMENT],
  aws_iam_user_policy: [EVERY_ARGUMENT],
  aws_iam_user_policy_attachment: [EVERY_ARGUMENT],
  aws_instance: [EVERY_ARGUMENT],
  aws_kms_alias: ['name', 'name_prefix', 'target_key_arn', 'target_key_id'],
  aws_kms_key: [
    'bypass_policy_lockout_safety_check',
    'customer_master_key_spec',
    'deletion_window_in_days',
    'description',
    'enable_key_rotation',
    'is_enabled',
    'key_id',
    'key_usage',
    'policy',
    'rotation_period_in_days',
  ],
  aws_kms_key_policy: ['bypass_policy_lockout_safety_check', 'key_id', 'policy'],
  aws_launch_template: [EVERY_ARGUMENT],
  aws_rolesanywhere_profile: [
    'accept_role_session_name',
    'duration_seconds',
    'enabled',
    'managed_policy_arns',
    'name',
    'role_arns',
    'session_policy',
  ],
  aws_rolesanywhere_trust_anchor: ['enabled', 'name', 'notification_settings', 'source'],
  aws_s3_account_public_access_block: [EVERY_ARGUMENT],
  aws_s3_bucket: [
    'bucket',
    'bucket_domain_name',
    'bucket_prefix',
    'bucket_region',
    'bucket_regional_domain_name',
    'force_destroy',
    'hosted_zone_id',
    'object_lock_enabled',
    'request_payer',
    'website_domain',
    'website_endpoint',
  ],
  aws_s3_bucket_lifecycle_configuration: [
    'bucket',
    'expected_bucket_owner',
    'rule',
    'transition_default_minimum_object_size',
  ],
  aws_s3_bucket_logging: [
    'bucket',
    'expected_bucket_owner',
    'target_bucket',
    'target_object_key_format',
    'target_prefix',
  ],
  aws_s3_bucket_notification: ['bucket', 'eventbridge', 'lambda_function', 'queue', 'topic'],
  aws_s3_bucket_object_lock_configuration: ['bucket', 'expected_bucket_owner', 'object_lock_enabled', 'rule'],
  aws_s3_bucket_ownership_controls: ['bucket', 'rule'],
  aws_s3_bucket_policy: ['bucket', 'policy'],
  aws_s3_bucket_public_access_block: [
    'block_public_acls',
    'block_public_policy',
    'bucket',
    'ignore_public_acls',
    'restrict_public_buckets',
  ],
  aws_s3_bucket_server_side_encryption_configuration: ['bucket', 'expected_bucket_owner', 'rule'],
  aws_s3_bucket_versioning: ['bucket', 'expected_bucket_owner', 'mfa', 'versioning_configuration'],
};

/** What every resource may have. */
export const UNDERSTOOD_OF_ALL: readonly string[] = ['arn', 'depends_on', 'id', 'tags', 'tags_all', 'timeouts'];

/** Of `lifecycle`; with `ignore_changes`, what is written is not what is deployed. */
export const UNDERSTOOD_OF_LIFECYCLE: readonly string[] = [
  'create_before_destroy',
  'postcondition',
  'precondition',
  'prevent_destroy',
];
