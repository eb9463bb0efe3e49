const METADATA_OPTIONS = [
  'http_endpoint',
  'http_protocol_ipv6',
  'http_put_response_hop_limit',
  'http_tokens',
  'instance_metadata_tags',
].map((name) => `metadata_options.${name}`);

const PUBLIC_ACCESS_FLAGS = [
  'block_public_acls',
  'block_public_policy',
  'ignore_public_acls',
  'restrict_public_buckets',
];

/** Stands for every argument of a type that fails a rule by being there at all. */
export const EVERY_ARGUMENT = '*';

/**
 * Everything that rules or readers look at, or that cannot affect access to backups: types, and their arguments, with those in
 * blocks by a dotted path. Where a path goes on below an argument, nothing else in that block is understood.
 *
 * Anything else is a doubt. Deprecated arguments of a bucket that say what a resource of its own says are left out,
 * because nothing reads them beside that resource.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs
 */
export const UNDERSTOOD: Readonly<Record<string, readonly string[]>> = {
  aws_accessanalyzer_analyzer: ['analyzer_name', 'type', 'configuration.unused_access.unused_access_age'],
  aws_iam_access_key: [EVERY_ARGUMENT],
  aws_iam_instance_profile: ['create_date', 'name', 'name_prefix', 'path', 'role', 'unique_id'],
  aws_iam_policy: ['attachment_count', 'description', 'name', 'name_prefix', 'path', 'policy', 'policy_id'],
  aws_iam_policy_attachment: [EVERY_ARGUMENT],
  aws_iam_role: [
    'assume_role_policy',
    'create_date',
    'description',
    'force_detach_policies',
    'inline_policy.name',
    'inline_policy.policy',
    'managed_policy_arns',
    'max_session_duration',
    'name',
    'name_prefix',
    'path',
    'permissions_boundary',
    'unique_id',
  ],
  aws_iam_role_policies_exclusive: ['policy_names', 'role_name'],
  aws_iam_role_policy: ['name', 'name_prefix', 'policy', 'role'],
  aws_iam_role_policy_attachment: ['policy_arn', 'role'],
  aws_iam_role_policy_attachments_exclusive: ['policy_arns', 'role_name'],
  aws_iam_user: [EVERY_ARGUMENT],
  aws_iam_user_login_profile: [EVERY_ARGUMENT],
  aws_iam_user_policy: [EVERY_ARGUMENT],
  aws_iam_user_policy_attachment: [EVERY_ARGUMENT],
  // User data and launch templates say how the host is started, and by whom: a doubt.
  aws_instance: [
    ...['ami', 'associate_public_ip_address', 'availability_zone', 'credit_specification', 'cpu_core_count'],
    ...['cpu_options', 'cpu_threads_per_core', 'disable_api_stop', 'disable_api_termination', 'ebs_block_device'],
    ...['ebs_optimized', 'enclave_options', 'get_password_data', 'hibernation', 'iam_instance_profile'],
    ...['instance_initiated_shutdown_behavior', 'instance_lifecycle', 'instance_state', 'instance_type'],
    ...['ipv6_address_count', 'ipv6_addresses', 'maintenance_options', 'monitoring', 'outpost_arn', 'password_data'],
    ...['placement_group', 'placement_partition_number', 'primary_network_interface_id', 'private_dns'],
    ...['private_dns_name_options', 'private_ip', 'public_dns', 'public_ip', 'root_block_device'],
    ...['secondary_private_ips', 'security_groups', 'source_dest_check', 'subnet_id', 'tenancy', 'volume_tags'],
    ...['user_data', 'user_data_base64', 'user_data_replace_on_change', 'vpc_security_group_ids', ...METADATA_OPTIONS],
  ],
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
  aws_launch_template: [
    ...['block_device_mappings', 'cpu_options', 'credit_specification', 'default_version', 'description'],
    ...['disable_api_stop', 'disable_api_termination', 'ebs_optimized', 'enclave_options', 'hibernation_options'],
    ...['iam_instance_profile', 'image_id', 'instance_initiated_shutdown_behavior', 'instance_type', 'latest_version'],
    ...['maintenance_options', 'monitoring', 'name', 'name_prefix', 'placement', 'private_dns_name_options'],
    ...['tag_specifications', 'update_default_version', 'user_data', 'vpc_security_group_ids', ...METADATA_OPTIONS],
  ],
  aws_rolesanywhere_profile: [
    'accept_role_session_name',
    'duration_seconds',
    'enabled',
    'managed_policy_arns',
    'name',
    'role_arns',
    'session_policy',
  ],
  aws_rolesanywhere_trust_anchor: [
    'enabled',
    'name',
    'notification_settings',
    'source.source_data',
    'source.source_type',
  ],
  aws_s3_account_public_access_block: ['account_id', ...PUBLIC_ACCESS_FLAGS],
  aws_s3_bucket: [
    'bucket',
    'bucket_domain_name',
    'bucket_prefix',
    'bucket_region',
    'bucket_regional_domain_name',
    'force_destroy',
    'hosted_zone_id',
    'object_lock_enabled',
    'website_domain',
    'website_endpoint',
  ],
  aws_s3_bucket_lifecycle_configuration: [
    'bucket',
    'expected_bucket_owner',
    'rule.abort_incomplete_multipart_upload.days_after_initiation',
    ...['date', 'days', 'expired_object_delete_marker'].map((name) => `rule.expiration.${name}`),
    ...['and', 'object_size_greater_than', 'object_size_less_than', 'prefix', 'tag'].map(
      (name) => `rule.filter.${name}`,
    ),
    'rule.id',
    ...['newer_noncurrent_versions', 'noncurrent_days'].map((name) => `rule.noncurrent_version_expiration.${name}`),
    'rule.noncurrent_version_transition',
    'rule.prefix',
    'rule.status',
    'rule.transition',
    'transition_default_minimum_object_size',
  ],
  aws_s3_bucket_logging: [
    'bucket',
    'expected_bucket_owner',
    'target_bucket',
    'target_object_key_format.partitioned_prefix.partition_date_source',
    'target_object_key_format.simple_prefix',
    'target_prefix',
  ],
  aws_s3_bucket_notification: [
    'bucket',
    'eventbridge',
    ...['lambda_function', 'queue', 'topic'].flatMap((kind) =>
      ['events', 'filter_prefix', 'filter_suffix', 'id', `${kind}_arn`].map((name) => `${kind}.${name}`),
    ),
  ],
  aws_s3_bucket_object_lock_configuration: [
    'bucket',
    'expected_bucket_owner',
    'object_lock_enabled',
    ...['days', 'mode', 'years'].map((name) => `rule.default_retention.${name}`),
  ],
  aws_s3_bucket_ownership_controls: ['bucket', 'rule.object_ownership'],
  aws_s3_bucket_policy: ['bucket', 'policy'],
  aws_s3_bucket_public_access_block: ['bucket', ...PUBLIC_ACCESS_FLAGS],
  aws_s3_bucket_server_side_encryption_configuration: [
    'bucket',
    'expected_bucket_owner',
    'rule.apply_server_side_encryption_by_default.kms_master_key_id',
    'rule.apply_server_side_encryption_by_default.sse_algorithm',
    'rule.bucket_key_enabled',
  ],
  aws_s3_bucket_versioning: [
    'bucket',
    'expected_bucket_owner',
    'mfa',
    'versioning_configuration.mfa_delete',
    'versioning_configuration.status',
  ],
};

/** Arguments that every resource may have. */
export const UNDERSTOOD_OF_ALL: readonly string[] = ['arn', 'depends_on', 'id', 'tags', 'tags_all', 'timeouts'];

/** Arguments of `lifecycle`; with `ignore_changes`, the deployed value is not the written one. */
export const UNDERSTOOD_OF_LIFECYCLE: readonly string[] = [
  'create_before_destroy',
  'postcondition',
  'precondition',
  'prevent_destroy',
];
