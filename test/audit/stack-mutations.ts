type Json = Record<string, unknown>;

/** A stack with one defect, and the rule that is aimed at it. */
export interface StackMutant {
  readonly kind: Kind;
  readonly name: string;
  readonly rule: string;
  readonly text: string;
}

export type Kind = 'removed' | 'inverted' | 'weakened' | 'moved' | 'made unknown' | 'swapped' | 'added';

type Resources = Record<string, Record<string, Json>>;

interface Draft {
  readonly resource: Resources;
  readonly stack: Json;
}

/** Changes the draft; `false` where the stack has nothing of the kind. */
type Change = (draft: Draft) => unknown;

interface Row {
  readonly kind: Kind;
  readonly rule: string;
  readonly name: string;
  readonly change: Change;
}

/** Nobody but a deployment could resolve it. */
const UNRESOLVABLE = '${data.aws_ssm_parameter.somewhere.value}';

const row = (kind: Kind, rule: string, name: string, change: Change): Row => ({ kind, rule, name, change });

/** The one resource of a type, or the named one. */
const at =
  (type: string, change: (given: Json) => unknown, name = 'backup'): Change =>
  ({ resource }) => {
    const given = resource[type]?.[name];
    return given === undefined ? false : change(given);
  };

const remove =
  (type: string, name = 'backup'): Change =>
  ({ resource }) => {
    if (resource[type]?.[name] === undefined) return false;
    delete resource[type][name];
    return true;
  };

const set =
  (type: string, path: string, value: unknown, name = 'backup'): Change =>
  (draft) =>
    at(type, (given) => assign(given, path, value), name)(draft);

/** Writes along a dotted path, through blocks that are lists of one. */
function assign(given: Json, path: string, value: unknown): boolean {
  const [step = '', ...rest] = path.split('.');
  if (rest.length === 0) {
    if (value === undefined) delete given[step];
    else given[step] = value;
    return true;
  }
  const inner = given[step];
  const block = (Array.isArray(inner) ? (inner[Number(rest[0])] ?? inner[0]) : inner) as Json | undefined;
  const isIndex = Array.isArray(inner) && /^\d+$/.test(rest[0] ?? '');
  if (block === undefined) return false;
  return assign(block, (isIndex ? rest.slice(1) : rest).join('.'), value);
}

const add =
  (type: string, given: Json): Change =>
  ({ resource }) => {
    resource[type] = { ...resource[type], added: given };
  };

const PLACES = {
  s3: ['aws_iam_policy', 's3'],
  kms: ['aws_iam_policy', 'kms'],
  key: ['aws_kms_key', 'backup'],
  aws_s3_bucket_policy: ['aws_s3_bucket_policy', 'backup'],
} as const;

/** Each bucket setting: its type, the rule about it, and an argument that decides. */
const BESIDE_BUCKET = [
  ['aws_s3_bucket_public_access_block', 'bucket-public-access-block', 'block_public_policy'],
  ['aws_s3_bucket_ownership_controls', 'bucket-acls-disabled', 'rule.object_ownership'],
  ['aws_s3_bucket_versioning', 'bucket-versioning', 'versioning_configuration.status'],
  [
    'aws_s3_bucket_server_side_encryption_configuration',
    'bucket-default-encryption',
    'rule.apply_server_side_encryption_by_default.sse_algorithm',
  ],
  ['aws_s3_bucket_lifecycle_configuration', 'bucket-lifecycle', 'rule.0.status'],
  ['aws_s3_bucket_logging', 'bucket-access-logging', 'target_bucket'],
  ['aws_s3_bucket_policy', 'bucket-tls-only', 'policy'],
] as const;

const SSE = 'aws_s3_bucket_server_side_encryption_configuration';
const LIFECYCLE = 'aws_s3_bucket_lifecycle_configuration';
const FLAGS = ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'];

const REMOVED: readonly Row[] = [
  ...BESIDE_BUCKET.map(([type, rule]) => row('removed', rule, type, remove(type))),
  ...FLAGS.map((flag) =>
    row('removed', 'bucket-public-access-block', flag, set('aws_s3_bucket_public_access_block', flag, undefined)),
  ),
  row(
    'removed',
    'current-objects-kept',
    'the lifecycle rules that a plan could replace',
    set(LIFECYCLE, 'rule', UNRESOLVABLE),
  ),
  row(
    'removed',
    'bucket-lifecycle',
    'the expiry of old versions',
    set(LIFECYCLE, 'rule.1.noncurrent_version_expiration', undefined),
  ),
  row(
    'removed',
    'bucket-lifecycle',
    'the abort of uploads',
    set(LIFECYCLE, 'rule.0.abort_incomplete_multipart_upload', undefined),
  ),
  row(
    'removed',
    'bucket-deletion-guard',
    'prevent_destroy of the bucket',
    set('aws_s3_bucket', 'lifecycle', undefined),
  ),
  row('removed', 'kms-deletion-window', 'prevent_destroy of the key', set('aws_kms_key', 'lifecycle', undefined)),
  row('removed', 'kms-key-rotation', 'enable_key_rotation', set('aws_kms_key', 'enable_key_rotation', undefined)),
  row(
    'removed',
    'key-administration',
    'the key policy, so that KMS makes its own',
    set('aws_kms_key', 'policy', undefined),
  ),
  row('removed', 'bucket-key-arn', 'the key of the bucket', keyOf(undefined)),
  row('removed', 'instance-profile', 'the instance profile', remove('aws_iam_instance_profile', 'vault')),
  row('removed', 'permission-proof', 'the attachment of the S3 policy', remove('aws_iam_role_policy_attachment', 's3')),
  row(
    'removed',
    'permission-proof',
    'the attachment of the KMS policy',
    remove('aws_iam_role_policy_attachment', 'kms'),
  ),
  row('removed', 'permission-proof', 'the S3 policy', remove('aws_iam_policy', 's3')),
  row('removed', 'permission-proof', 'the role', remove('aws_iam_role', 'vault')),
  row(
    'removed',
    'policies-readable',
    'the trust policy',
    set('aws_iam_role', 'assume_role_policy', undefined, 'vault'),
  ),
  row('removed', 'permission-proof', 'the output', ({ stack }) => {
    delete (stack.output as Json).backup_environment;
  }),
  row('removed', 'role-tagged', 'the default tags', ({ stack }) =>
    assign(stack, 'provider.aws.default_tags', undefined),
  ),
  row('removed', 'permission-proof', 'the account', ({ stack }) => {
    assign(stack, 'provider.aws.allowed_account_ids', undefined);
    delete (stack.output as Json).backup_environment;
  }),
];

const INVERTED: readonly Row[] = [
  ...FLAGS.map((flag) =>
    row('inverted', 'bucket-public-access-block', flag, set('aws_s3_bucket_public_access_block', flag, false)),
  ),
  row(
    'inverted',
    'bucket-versioning',
    'Suspended',
    set('aws_s3_bucket_versioning', 'versioning_configuration.status', 'Suspended'),
  ),
  row(
    'inverted',
    'bucket-acls-disabled',
    'ObjectWriter',
    set('aws_s3_bucket_ownership_controls', 'rule.object_ownership', 'ObjectWriter'),
  ),
  row('inverted', 'bucket-lifecycle', 'the rule of uploads disabled', set(LIFECYCLE, 'rule.0.status', 'Disabled')),
  row('inverted', 'bucket-lifecycle', 'the rule of versions disabled', set(LIFECYCLE, 'rule.1.status', 'Disabled')),
  row('inverted', 'bucket-deletion-guard', 'force_destroy', set('aws_s3_bucket', 'force_destroy', true)),
  row(
    'inverted',
    'bucket-deletion-guard',
    'prevent_destroy of the bucket',
    set('aws_s3_bucket', 'lifecycle.prevent_destroy', false),
  ),
  row(
    'inverted',
    'kms-deletion-window',
    'prevent_destroy of the key',
    set('aws_kms_key', 'lifecycle.prevent_destroy', false),
  ),
  row('inverted', 'kms-key-rotation', 'enable_key_rotation', set('aws_kms_key', 'enable_key_rotation', false)),
  row('inverted', 'kms-key-usable', 'is_enabled', set('aws_kms_key', 'is_enabled', false)),
  row(
    'inverted',
    'kms-key-usable',
    'the lock-out check',
    set('aws_kms_key', 'bypass_policy_lockout_safety_check', true),
  ),
  row(
    'inverted',
    'bucket-key-arn',
    'bucket keys',
    (draft) => hasKey(draft) && set(SSE, 'rule.bucket_key_enabled', false)(draft),
  ),
  row(
    'inverted',
    'role-encryption-context',
    'bucket keys, so that the context names objects',
    (draft) => hasKey(draft) && set(SSE, 'rule.bucket_key_enabled', false)(draft),
  ),
  row('inverted', 'output-fits-stack', 'bucketKey of the output', ({ stack }) => {
    const value = outputOf(stack);
    const aws = value.aws as Json;
    aws.bucketKey = aws.bucketKey !== true;
  }),
];

const WEAKENED: readonly Row[] = [
  row('weakened', 'kms-deletion-window', '7 days', set('aws_kms_key', 'deletion_window_in_days', 7)),
  row('weakened', 'kms-key-usable', 'an asymmetric key', set('aws_kms_key', 'customer_master_key_spec', 'RSA_2048')),
  row('weakened', 'kms-key-usable', 'a key to sign with', set('aws_kms_key', 'key_usage', 'SIGN_VERIFY')),
  row(
    'weakened',
    'bucket-kms-encryption',
    'SSE-S3 in a stack that declares AWS-KMS',
    (draft) =>
      hasKey(draft) &&
      set(SSE, 'rule', [{ apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } }])(draft),
  ),
  row(
    'weakened',
    'bucket-default-encryption',
    'an algorithm that does not exist',
    set(SSE, 'rule.apply_server_side_encryption_by_default.sse_algorithm', 'DES'),
  ),
  row(
    'weakened',
    'bucket-default-encryption',
    'bucket keys with DSSE',
    (draft) =>
      hasKey(draft) && set(SSE, 'rule.apply_server_side_encryption_by_default.sse_algorithm', 'aws:kms:dsse')(draft),
  ),
  row(
    'weakened',
    'bucket-key-arn',
    'an alias',
    (draft) =>
      hasKey(draft) &&
      set(SSE, 'rule.apply_server_side_encryption_by_default.kms_master_key_id', 'alias/aws/s3')(draft),
  ),
  row('weakened', 'bucket-key-arn', 'a key of another account', keyOf('arn:aws:kms:us-east-2:999999999999:key/1234')),
  row('weakened', 'bucket-key-arn', 'a key of another region', keyOf('arn:aws:kms:eu-west-1:111122223333:key/1234')),
  row('weakened', 'current-objects-kept', 'objects expire', set(LIFECYCLE, 'rule.1.expiration', [{ days: 365 }])),
  row(
    'weakened',
    'current-objects-kept',
    'objects expire on a day',
    set(LIFECYCLE, 'rule.0.expiration', [{ date: '2030-01-01T00:00:00Z' }]),
  ),
  row(
    'weakened',
    'current-objects-kept',
    'objects move to Glacier',
    set(LIFECYCLE, 'rule.0.transition', [{ days: 30, storage_class: 'GLACIER' }]),
  ),
  row('weakened', 'bucket-lifecycle', 'only below a prefix', set(LIFECYCLE, 'rule.1.filter', [{ prefix: 'logs/' }])),
  row(
    'weakened',
    'bucket-lifecycle',
    'only with a tag',
    set(LIFECYCLE, 'rule.0.filter', [{ tag: { key: 'a', value: 'b' } }]),
  ),
  row(
    'weakened',
    'bucket-access-logging',
    'a log into the bucket itself',
    set('aws_s3_bucket_logging', 'target_bucket', '${aws_s3_bucket.backup.bucket}'),
  ),
  row(
    'weakened',
    'bucket-acls-disabled',
    'BucketOwnerPreferred',
    set('aws_s3_bucket_ownership_controls', 'rule.object_ownership', 'BucketOwnerPreferred'),
  ),
  row(
    'weakened',
    'state-backend',
    'a state in S3 that is not encrypted',
    backend({ s3: { bucket: 'state', key: 'k', use_lockfile: true } }),
  ),
  row(
    'weakened',
    'state-backend',
    'a state in S3 that nothing locks',
    backend({ s3: { bucket: 'state', key: 'k', encrypt: true } }),
  ),
  row('weakened', 'state-backend', 'a state among the backups', (draft) => {
    const bucket = draft.resource.aws_s3_bucket?.backup?.bucket;
    return backend({ s3: { bucket, key: 'k', encrypt: true, use_lockfile: true } })(draft);
  }),
  row('weakened', 'state-backend', 'a state behind HTTP', backend({ http: { address: 'https://state.example' } })),
  row(
    'weakened',
    'instance-metadata',
    'an instance with IMDSv1',
    add('aws_instance', { metadata_options: { http_tokens: 'optional' } }),
  ),
  row('weakened', 'instance-metadata', 'an instance that says nothing about IMDS', add('aws_instance', {})),
  row(
    'weakened',
    'account-public-access-block',
    'an account block with three flags',
    add('aws_s3_account_public_access_block', {
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
    }),
  ),
  row(
    'weakened',
    'access-point-block',
    'an access point without a block',
    add('aws_s3_access_point', { bucket: 'b', public_access_block_configuration: { block_public_acls: false } }),
  ),
  row(
    'weakened',
    'bucket-object-lock',
    'a lock that locks nothing by default',
    add('aws_s3_bucket_object_lock_configuration', { bucket: '${aws_s3_bucket.backup.bucket}' }),
  ),
  row('weakened', 'bucket-object-lock', 'a lock on a bucket that says it has none', (draft) => {
    set('aws_s3_bucket', 'object_lock_enabled', false)(draft);
    return add('aws_s3_bucket_object_lock_configuration', {
      bucket: '${aws_s3_bucket.backup.bucket}',
      rule: { default_retention: { mode: 'GOVERNANCE', days: 1 } },
    })(draft);
  }),
];

const MOVED: readonly Row[] = [
  ...BESIDE_BUCKET.map(([type, rule]) =>
    row('moved', rule, `${type} to another bucket`, set(type, 'bucket', 'another-bucket')),
  ),
  row(
    'moved',
    'instance-profile',
    'the profile to another role',
    set('aws_iam_instance_profile', 'role', 'another-role', 'vault'),
  ),
  row(
    'moved',
    'permission-proof',
    'the S3 policy to another role',
    set('aws_iam_role_policy_attachment', 'role', 'another-role', 's3'),
  ),
  row(
    'moved',
    'permission-proof',
    'the KMS policy to another role',
    set('aws_iam_role_policy_attachment', 'role', 'another-role', 'kms'),
  ),
  row('moved', 'output-fits-stack', 'the bucket, under another name', set('aws_s3_bucket', 'bucket', 'another-bucket')),
  row(
    'moved',
    'output-fits-stack',
    'the role, under another name',
    set('aws_iam_role', 'name', 'another-role', 'vault'),
  ),
  row('moved', 'output-fits-stack', 'the role, on another path', set('aws_iam_role', 'path', '/elsewhere/', 'vault')),
  row('moved', 'output-fits-stack', 'the stack, to another account', ({ stack }) =>
    assign(stack, 'provider.aws.allowed_account_ids', ['999999999999']),
  ),
  row('moved', 'output-fits-stack', 'the stack, to another region', ({ stack }) =>
    assign(stack, 'provider.aws.region', 'eu-west-1'),
  ),
  ...[
    'form.bucketName',
    'aws.bucketArn',
    'aws.roleArn',
    'aws.account',
    'aws.region',
    'aws.partition',
    'host.instanceProfileArn',
  ].map((path) =>
    row('moved', 'output-fits-stack', `${path} of the output`, ({ stack }) =>
      assign(outputOf(stack), path, 'elsewhere'),
    ),
  ),
  row('moved', 'output-fits-stack', 'masterKey of the output', ({ stack }) =>
    assign(outputOf(stack), 'form.masterKey', 'arn:aws:kms:us-east-2:111122223333:key/other'),
  ),
];

const UNKNOWN: readonly Row[] = [
  ...BESIDE_BUCKET.map(([type, rule, path]) =>
    row('made unknown', rule, `${type}: ${path}`, set(type, path, UNRESOLVABLE)),
  ),
  ...BESIDE_BUCKET.map(([type, rule]) =>
    row('made unknown', rule, `${type}: bucket`, set(type, 'bucket', UNRESOLVABLE)),
  ),
  ...FLAGS.map((flag) =>
    row(
      'made unknown',
      'bucket-public-access-block',
      flag,
      set('aws_s3_bucket_public_access_block', flag, UNRESOLVABLE),
    ),
  ),
  row('made unknown', 'permission-proof', 'the name of the bucket', set('aws_s3_bucket', 'bucket', UNRESOLVABLE)),
  row('made unknown', 'bucket-deletion-guard', 'force_destroy', set('aws_s3_bucket', 'force_destroy', UNRESOLVABLE)),
  row(
    'made unknown',
    'bucket-object-lock',
    'object_lock_enabled',
    set('aws_s3_bucket', 'object_lock_enabled', UNRESOLVABLE),
  ),
  row(
    'made unknown',
    'kms-key-rotation',
    'enable_key_rotation',
    set('aws_kms_key', 'enable_key_rotation', UNRESOLVABLE),
  ),
  row(
    'made unknown',
    'kms-deletion-window',
    'deletion_window_in_days',
    set('aws_kms_key', 'deletion_window_in_days', UNRESOLVABLE),
  ),
  row('made unknown', 'kms-key-usable', 'is_enabled', set('aws_kms_key', 'is_enabled', UNRESOLVABLE)),
  row('made unknown', 'bucket-key-arn', 'the key of the bucket', keyOf(UNRESOLVABLE)),
  row(
    'made unknown',
    'bucket-key-arn',
    'bucket keys',
    (draft) => hasKey(draft) && set(SSE, 'rule.bucket_key_enabled', UNRESOLVABLE)(draft),
  ),
  row('made unknown', 'role-encryption-context', 'the key of the bucket', keyOf(UNRESOLVABLE)),
  row('made unknown', 'policies-readable', 'the S3 policy', set('aws_iam_policy', 'policy', UNRESOLVABLE, 's3')),
  row('made unknown', 'policies-readable', 'the KMS policy', set('aws_iam_policy', 'policy', UNRESOLVABLE, 'kms')),
  row('made unknown', 'key-administration', 'the key policy', set('aws_kms_key', 'policy', UNRESOLVABLE)),
  row('made unknown', 'key-not-public', 'the key policy', set('aws_kms_key', 'policy', UNRESOLVABLE)),
  row('made unknown', 'key-policy-survives-role', 'the key policy', set('aws_kms_key', 'policy', UNRESOLVABLE)),
  row(
    'made unknown',
    'deployer-not-locked-out',
    'the bucket policy',
    set('aws_s3_bucket_policy', 'policy', UNRESOLVABLE),
  ),
  row(
    'made unknown',
    'role-trust',
    'the trust policy',
    set('aws_iam_role', 'assume_role_policy', UNRESOLVABLE, 'vault'),
  ),
  row('made unknown', 'permission-proof', 'the name of the role', set('aws_iam_role', 'name', UNRESOLVABLE, 'vault')),
  row(
    'made unknown',
    'permission-proof',
    'the role of the S3 policy',
    set('aws_iam_role_policy_attachment', 'role', UNRESOLVABLE, 's3'),
  ),
  row(
    'made unknown',
    'permission-proof',
    'which policy is attached',
    set('aws_iam_role_policy_attachment', 'policy_arn', UNRESOLVABLE, 's3'),
  ),
  row(
    'made unknown',
    'instance-profile',
    'the role of the profile',
    set('aws_iam_instance_profile', 'role', UNRESOLVABLE, 'vault'),
  ),
  row(
    'made unknown',
    'current-objects-kept',
    'days until objects expire',
    set(LIFECYCLE, 'rule.1.expiration', [{ days: UNRESOLVABLE }]),
  ),
  row(
    'made unknown',
    'bucket-lifecycle',
    'days until versions expire',
    set(LIFECYCLE, 'rule.1.noncurrent_version_expiration', [{ noncurrent_days: UNRESOLVABLE }]),
  ),
  row('made unknown', 'output-fits-stack', 'a value of the output', ({ stack }) =>
    assign(outputOf(stack), 'aws.roleArn', UNRESOLVABLE),
  ),
  row('made unknown', 'input-complete', 'everything read from a data source', ({ stack }) => {
    stack.data = { aws_caller_identity: { current: {} } };
  }),
  row(
    'made unknown',
    'permission-proof',
    'a boundary of elsewhere that allows what it may',
    set('aws_iam_role', 'permissions_boundary', UNRESOLVABLE, 'vault'),
  ),
];

/** The objects of either example. */
const OBJECTS = ['arn:aws:s3:::example-vault-backup-aes-256/*', 'arn:aws:s3:::example-vault-backup-aws-kms/*'];
const ROLE = '${aws_iam_role.vault.name}';
const policyOf = (statement: Json) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });

const ADDED: readonly Row[] = [
  ...['aws_iam_user', 'aws_iam_access_key', 'aws_iam_user_login_profile', 'aws_iam_service_specific_credential'].map(
    (type) => row('added', 'no-long-term-credentials', type, add(type, { name: 'x', user: 'x' })),
  ),
  ...['access_key', 'secret_key', 'token'].map((name) =>
    row('added', 'no-long-term-credentials', `${name} of the provider`, ({ stack }) =>
      assign(stack, `provider.aws.${name}`, 'x'),
    ),
  ),
  row(
    'added',
    'no-long-term-credentials',
    'a key of the backend',
    backend({ s3: { bucket: 'b', key: 'k', encrypt: true, use_lockfile: true, access_key: 'x' } }),
  ),
  row(
    'added',
    'iam-no-inline-policies',
    'an inline policy',
    add('aws_iam_role_policy', {
      role: ROLE,
      policy: policyOf({ Effect: 'Allow', Action: 's3:ListAllMyBuckets', Resource: '*' }),
    }),
  ),
  row(
    'added',
    'iam-no-inline-policies',
    'an AWS managed policy',
    add('aws_iam_role_policy_attachment', { role: ROLE, policy_arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }),
  ),
  row(
    'added',
    'iam-no-inline-policies',
    'policies in the role',
    set('aws_iam_role', 'managed_policy_arns', ['arn:aws:iam::aws:policy/ReadOnlyAccess'], 'vault'),
  ),
  row('added', 'role-holds-nothing-else', 'a role that is taken over as it is', takeOverRole),
  row('added', 'role-holds-nothing-else', 'a role that is taken over with an inline policy', (draft) => {
    takeOverRole(draft);
    add('aws_iam_role_policies_exclusive', { role_name: ROLE, policy_names: ['earlier'] })(draft);
    add('aws_iam_role_policy_attachments_exclusive', { role_name: ROLE, policy_arns: [] })(draft);
  }),
  row('added', 'role-holds-nothing-else', 'a role that is taken over with a policy of others', (draft) => {
    takeOverRole(draft);
    add('aws_iam_role_policies_exclusive', { role_name: ROLE, policy_names: [] })(draft);
    const policy_arns = ['arn:aws:iam::111122223333:policy/earlier'];
    add('aws_iam_role_policy_attachments_exclusive', { role_name: ROLE, policy_arns })(draft);
  }),
  row(
    'added',
    'kms-no-inline-decrypt-on-all-keys',
    'an inline policy for every key',
    add('aws_iam_role_policy', {
      role: ROLE,
      policy: policyOf({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' }),
    }),
  ),
  ...['aws_kms_grant', 'aws_s3control_access_grant', 'aws_lambda_function', 'null_resource', 'random_id'].map((type) =>
    row('added', 'resources-understood', type, add(type, {})),
  ),
  row(
    'added',
    'permission-proof',
    'a second role',
    add('aws_iam_role', {
      name: 'other',
      assume_role_policy: policyOf({
        Effect: 'Allow',
        Principal: { Service: 'lambda.amazonaws.com' },
        Action: 'sts:AssumeRole',
      }),
    }),
  ),
  row(
    'added',
    'role-trust',
    'a second role, for Lambda',
    add('aws_iam_role', {
      name: 'other',
      assume_role_policy: policyOf({
        Effect: 'Allow',
        Principal: { Service: 'lambda.amazonaws.com' },
        Action: 'sts:AssumeRole',
      }),
    }),
  ),
  row('added', 'bucket-versioning', 'a second bucket', add('aws_s3_bucket', { bucket: 'second' })),
  row('added', 'kms-key-rotation', 'a second key', add('aws_kms_key', {})),
  row(
    'added',
    'iam-no-full-access',
    'a policy that allows everything',
    add('aws_iam_policy', { name: 'x', policy: policyOf({ Effect: 'Allow', Action: '*', Resource: '*' }) }),
  ),
  row('added', 'outputs-hold-no-secret', 'a sensitive output', ({ stack }) => {
    (stack.output as Json).token = { value: 'x', sensitive: true };
  }),
  row('added', 'outputs-hold-no-secret', 'an access key', ({ stack }) =>
    assign(outputOf(stack), 'form.note', 'AKIAIOSFODNN7EXAMPLE'),
  ),
  row('added', 'outputs-hold-no-secret', 'a secret by name', ({ stack }) =>
    assign(outputOf(stack), 'form.secretKey', 'x'),
  ),
  row('added', 'outputs-hold-no-secret', 'a reference to a secret', ({ stack }) =>
    assign(outputOf(stack), 'form.note', '${aws_iam_access_key.x.secret}'),
  ),
  row(
    'added',
    'versions-protected',
    'the right to purge versions',
    addStatement('s3', {
      Sid: 'Purge',
      Effect: 'Allow',
      Action: 's3:DeleteObjectVersion',
      Resource: OBJECTS,
    }),
  ),
  row(
    'added',
    'permission-proof',
    'the right to read versions, without the capability',
    addStatement('s3', {
      Sid: 'ReadVersions',
      Effect: 'Allow',
      Action: 's3:GetObjectVersion',
      Resource: OBJECTS,
      Condition: { StringEquals: { 'aws:ResourceAccount': '111122223333' } },
    }),
  ),
  row(
    'added',
    'role-own-account-only',
    'a statement that pins no account',
    addStatement('s3', {
      Sid: 'Loose',
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: OBJECTS,
    }),
  ),
  row('added', 'bucket-object-lock', 'Object Lock that the role may bypass', (draft) => {
    set('aws_s3_bucket', 'object_lock_enabled', true)(draft);
    return addStatement('s3', {
      Sid: 'Bypass',
      Effect: 'Allow',
      Action: 's3:BypassGovernanceRetention',
      Resource: OBJECTS,
    })(draft);
  }),
  row(
    'added',
    'deployer-not-locked-out',
    'a denial of every call from elsewhere',
    addStatement('aws_s3_bucket_policy', {
      Sid: 'Network',
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: ['arn:aws:s3:::example-vault-backup-aes-256', 'arn:aws:s3:::example-vault-backup-aws-kms'],
      Condition: { StringNotEquals: { 'aws:SourceVpce': 'vpce-1' } },
    }),
  ),
];

/** Conditions that every caller of the world, or of a large part of it, can meet. */
const WHOEVER: readonly (readonly [string, object])[] = [
  ['whoever is in the organization', { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }],
  ['whoever asks from an address', { 'ForAnyValue:IpAddress': { 'aws:SourceIp': '203.0.113.0/24' } }],
  ['whoever asks after a day', { DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } }],
  ['whoever signed in a minute ago', { NumericLessThan: { 'aws:MultiFactorAuthAge': '60' } }],
  [
    'whoever is not in one network',
    { StringNotEquals: { 'aws:SourceVpc': 'vpc-0a1b2c3d' }, Null: { 'aws:SourceVpc': 'false' } },
  ],
];

const BUCKET_POLICY = 'aws_s3_bucket_policy';
const allow = (Action: unknown, Resource: unknown, more: Json = {}): Json => ({
  Sid: 'Added',
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const KEY_PRINCIPAL = (AWS: string) => allow('kms:Decrypt', '*', { Principal: { AWS } });

const POLICIES: readonly Row[] = [
  ...[
    ['bucket-tls-version', 'DenyOldTls'],
    ['bucket-wrong-encryption', 'DenyWrongEncryption'],
    ['bucket-wrong-key', 'DenyWrongKey'],
    ['bucket-customer-keys', 'DenyCustomerProvidedKeys'],
    ['bucket-tls-only', 'DenyPlainHttp'],
  ].map(([rule = '', sid = '']) => row('removed', rule, sid, withoutStatement(sid))),
  row(
    'weakened',
    'bucket-wrong-encryption',
    'a denial that catches uploads without a header',
    withoutCondition('DenyWrongEncryption', 'Null'),
  ),
  row(
    'added',
    'bucket-not-public',
    'a statement for everybody',
    addStatement(BUCKET_POLICY, allow('s3:GetObject', OBJECTS, { Principal: '*' })),
  ),
  row(
    'added',
    'bucket-foreign-principals',
    'another account',
    addStatement(
      BUCKET_POLICY,
      allow('s3:GetObject', OBJECTS, { Principal: { AWS: 'arn:aws:iam::999999999999:root' } }),
    ),
  ),
  ...WHOEVER.map(([whoever, Condition]) =>
    row(
      'weakened',
      'bucket-foreign-principals',
      whoever,
      addStatement(BUCKET_POLICY, allow('s3:GetObject', OBJECTS, { Principal: '*', Condition })),
    ),
  ),
  row('weakened', 'iam-actions-listed', 'a pattern of actions', addStatement('s3', allow('s3:Get*', OBJECTS))),
  row('weakened', 'iam-resources-named', 'every resource', addStatement('s3', allow('s3:GetObject', '*'))),
  row(
    'added',
    'role-manages-no-permissions',
    'the right to change the bucket policy',
    addStatement('s3', allow('s3:PutBucketPolicy', '*')),
  ),
  row('added', 'policies-valid', 'an action that does not exist', addStatement('s3', allow('s3:HeadBucket', OBJECTS))),
  row('weakened', 'kms-no-decrypt-on-all-keys', 'every key', addStatement('kms', allow('kms:Decrypt', '*'))),
  row(
    'weakened',
    'key-policy-survives-role',
    'the role as a principal',
    addStatement('key', KEY_PRINCIPAL('arn:aws:iam::111122223333:role/vault-backup-aws-kms')),
  ),
  row('weakened', 'key-not-public', 'everybody', addStatement('key', KEY_PRINCIPAL('*'))),
  row(
    'weakened',
    'key-not-public',
    'another account',
    addStatement('key', KEY_PRINCIPAL('arn:aws:iam::999999999999:root')),
  ),
  ...WHOEVER.map(([whoever, Condition]) =>
    row('weakened', 'key-not-public', whoever, addStatement('key', { ...KEY_PRINCIPAL('*'), Condition })),
  ),
  row(
    'weakened',
    'role-trust',
    'a host of any name under a trust anchor',
    set(
      'aws_iam_role',
      'assume_role_policy',
      policyOf({
        Effect: 'Allow',
        Principal: { Service: 'rolesanywhere.amazonaws.com' },
        Action: ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'],
        Condition: {
          ArnEquals: { 'aws:SourceArn': 'arn:aws:rolesanywhere:us-east-2:111122223333:trust-anchor/0a1b2c3d' },
        },
      }),
      'vault',
    ),
  ),
  row(
    'weakened',
    'key-administration',
    'the whole account',
    addStatement('key', KEY_PRINCIPAL('arn:aws:iam::111122223333:root')),
  ),
  row(
    'weakened',
    'key-deletion-refused',
    'the deletion of the key by administrators',
    addStatement('key', { ...KEY_PRINCIPAL('arn:aws:iam::111122223333:root'), Action: 'kms:ScheduleKeyDeletion' }),
  ),
  row(
    'weakened',
    'key-deletion-refused',
    'the deletion of the key by whoever has a tag',
    addStatement('key', {
      ...KEY_PRINCIPAL('arn:aws:iam::111122223333:root'),
      Action: 'kms:ScheduleKeyDeletion',
      Condition: { StringEquals: { 'aws:PrincipalTag/team': 'security' } },
    }),
  ),
  row(
    'weakened',
    'key-deletion-refused',
    'the deletion of the key by a role that a condition names',
    addStatement('key', {
      ...KEY_PRINCIPAL('arn:aws:iam::111122223333:root'),
      Action: 'kms:*Deletion',
      Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/operations' } },
    }),
  ),
  row(
    'removed',
    'deployer-not-locked-out',
    'the administration of the key',
    withoutStatement('AdministerKey', ['aws_kms_key', 'backup']),
  ),
];

const ROWS = [...POLICIES, ...REMOVED, ...INVERTED, ...WEAKENED, ...MOVED, ...UNKNOWN, ...ADDED];

/** A stack without the blocks of what it does not make: a change of those means nothing. */
export function readMade(text: string): Json {
  const stack = JSON.parse(text) as Json;
  for (const [type, named] of Object.entries(stack.resource as Resources)) {
    for (const [name, { count }] of Object.entries(named)) if (count === 0) delete named[name];
    if (Object.keys(named).length === 0) delete (stack.resource as Resources)[type];
  }
  return stack;
}

/** Every mutant of a stack that has the subject of the row. */
export function stackMutants(text: string): readonly StackMutant[] {
  return ROWS.flatMap(({ kind, rule, name, change }) => {
    const stack = readMade(text);
    if (change({ stack, resource: stack.resource as Resources }) === false) return [];
    return [{ kind, rule, name, text: JSON.stringify(stack) }];
  });
}

/** The policies of one stack in the place of those of another. */
export function swappedMutants(text: string, other: string): readonly StackMutant[] {
  const places = [
    ['aws_s3_bucket_policy', 'backup', 'policy', 'bucket-tls-only'],
    ['aws_iam_policy', 's3', 'policy', 'permission-proof'],
    ['aws_kms_key', 'backup', 'policy', 'permission-proof'],
    ['aws_iam_policy', 'kms', 'policy', 'permission-proof'],
    ['aws_s3_bucket', 'backup', 'bucket', 'output-fits-stack'],
    ['aws_iam_role', 'vault', 'name', 'output-fits-stack'],
    ['aws_iam_instance_profile', 'vault', 'name', 'output-fits-stack'],
  ] as const;
  const renamed = other.replaceAll('${', () => '${');
  return places.flatMap(([type, name, argument, rule]) => {
    const [stack, source] = [readMade(text), readMade(renamed)];
    const target = (stack.resource as Resources)[type]?.[name];
    const value = (source.resource as Resources)[type]?.[name]?.[argument];
    if (target === undefined || value === undefined || target[argument] === value) return [];
    target[argument] = value;
    return [{ kind: 'swapped' as const, rule, name: `${type}.${name} ${argument}`, text: JSON.stringify(stack) }];
  });
}

function takeOverRole({ stack, resource }: Draft): void {
  stack.import = [{ to: 'aws_iam_role.vault', id: resource.aws_iam_role?.vault?.name }];
}

function hasKey({ resource }: Draft): boolean {
  return resource.aws_kms_key !== undefined;
}

function keyOf(arn: string | undefined): Change {
  return (draft) =>
    hasKey(draft) && set(SSE, 'rule.apply_server_side_encryption_by_default.kms_master_key_id', arn)(draft);
}

function outputOf(stack: Json): Json {
  return ((stack.output as Json).backup_environment as Json).value as Json;
}

function backend(settings: Json): Change {
  return ({ stack }) => assign(stack, 'terraform.backend', settings);
}

type Place = readonly [type: string, name: string];

function changeStatements([type, name]: Place, change: (statements: readonly Json[]) => readonly Json[]): Change {
  return at(
    type,
    (given) => {
      const policy = JSON.parse(String(given.policy)) as { Statement: readonly Json[] };
      const Statement = change(policy.Statement);
      if (JSON.stringify(Statement) === JSON.stringify(policy.Statement)) return false;
      given.policy = JSON.stringify({ ...policy, Statement });
      return true;
    },
    name,
  );
}

function addStatement(place: keyof typeof PLACES, statement: Json): Change {
  return changeStatements(PLACES[place], (statements) => [...statements, statement]);
}

function withoutStatement(sid: string, place: Place = ['aws_s3_bucket_policy', 'backup']): Change {
  return changeStatements(place, (statements) => statements.filter(({ Sid }) => Sid !== sid));
}

function withoutCondition(sid: string, operator: string): Change {
  return changeStatements(['aws_s3_bucket_policy', 'backup'], (statements) =>
    statements.map((statement) => {
      if (statement.Sid !== sid) return statement;
      const { [operator]: _dropped, ...Condition } = statement.Condition as Json;
      return { ...statement, Condition };
    }),
  );
}
