type Json = Record<string, unknown>;

/** A stack in which something stands where it was not looked for, by the kind of place. */
export interface SlippingMutant {
  readonly kind: string;
  readonly name: string;
  readonly rule: string;
  readonly text: string;
}

interface Stack {
  readonly resource: Record<string, Record<string, Json>>;
  readonly [block: string]: unknown;
}

/** Changes the stack; `false` where it has nothing of the kind. */
type Change = (stack: Stack) => unknown;

interface Row {
  readonly rule: string;
  readonly name: string;
  readonly change: Change;
}

const POLICIES = [
  'aws_iam_role.vault.assume_role_policy',
  'aws_iam_policy.s3.policy',
  'aws_iam_policy.kms.policy',
  'aws_s3_bucket_policy.backup.policy',
  'aws_kms_key.backup.policy',
] as const;

/** Rewrites the text at `type.name.argument`. */
const rewrite =
  (path: string, edit: (text: string) => string): Change =>
  ({ resource }) => {
    const [type = '', name = '', argument = ''] = path.split('.');
    const given = resource[type]?.[name];
    const text = given?.[argument];
    if (given === undefined || given.count === 0 || typeof text !== 'string') return false;
    given[argument] = edit(text);
    return given[argument] !== text;
  };

const BUCKET_POLICY = 'aws_s3_bucket_policy.backup.policy';
const KEY_POLICY = 'aws_kms_key.backup.policy';

/** A name that stands twice, of which one reader takes the first and another the last. */
const TWICE: readonly (readonly [name: string, edit: (text: string) => string])[] = [
  ['Effect', (text) => text.replace(/"Effect":"(Allow|Deny)"/, (same) => `"Effect":"Deny",${same}`)],
  ['Action', (text) => text.replace('"Action":', '"Action":"*","Action":')],
  ['Condition', (text) => text.replace('"Condition":', '"Condition":{},"Condition":')],
  ['Statement', (text) => text.replace('"Statement":', '"Statement":[],"Statement":')],
  ['a condition key, in other letters', (text) => text.replace(/"aws:(\w+)":("[^"]*")/, '"aws:$1":$2,"AWS:$1":$2')],
];

/** Assigns into the one provider, or into the `terraform` block. */
const inProvider =
  (settings: Json): Change =>
  ({ provider }) =>
    Object.assign((provider as { readonly aws: readonly [Json] }).aws[0], settings);
const inTerraform =
  (settings: Json): Change =>
  ({ terraform }) =>
    Object.assign(terraform as Json, settings);
const inRequired =
  (providers: Json): Change =>
  ({ terraform }) =>
    Object.assign((terraform as { readonly required_providers: Json }).required_providers, providers);

const REGIONS: Readonly<Record<string, unknown>> = {
  'an expression': '${"eu-west-1"}',
  'a function': '${lower("EU-WEST-1")}',
  'a variable': '${var.region}',
  'an attribute of something': '${aws_s3_bucket.backup.region}',
  'a condition': '${true ? "eu-west-1" : "us-east-2"}',
  'text with an expression in it': 'eu-${"west"}-1',
  null: null,
  empty: '',
  'a list': ['eu-west-1'],
  'that of no partition': 'nowhere-1',
};

const BACKENDS: Readonly<Record<string, Json>> = {
  'an access list': { acl: 'public-read' },
  endpoints: { endpoints: { s3: 'https://elsewhere.example' } },
  'an endpoint': { endpoint: 'https://elsewhere.example' },
  'an endpoint of STS': { sts_endpoint: 'https://elsewhere.example' },
  'a key of the customer': { sse_customer_key: 'MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=' },
  'a secret key': { secret_key: 'x' },
  'no verification of certificates': { insecure: true },
  'certificates of its own': { custom_ca_bundle: '/elsewhere.pem' },
  'a profile': { profile: 'elsewhere' },
  'shared config files': { shared_config_files: ['/elsewhere'] },
  'a setting of tomorrow': { nobody_knows: 'x' },
};

const SOUND_BACKEND = { bucket: 'state', key: 'k', region: 'us-east-2', encrypt: true, use_lockfile: true };

/** Other places where Terraform keeps a state. */
const OTHER_BACKENDS: Readonly<Record<string, Json>> = {
  'a host of somebody': { remote: { hostname: 'tf.elsewhere.example', organization: 'o', workspaces: { name: 'w' } } },
  'a token': { remote: { token: 'x', organization: 'o', workspaces: { name: 'w' } } },
  'a key of Google': { gcs: { bucket: 'b', encryption_key: 'x' } },
  'an access key of Azure': { azurerm: { storage_account_name: 'a', container_name: 'c', key: 'k', access_key: 'x' } },
  'a password of Postgres': { pg: { conn_str: 'postgres://u:p@elsewhere.example/db' } },
};

const REQUIRED: Readonly<Record<string, Json>> = {
  'the AWS provider of another host': { aws: { source: 'registry.elsewhere.example/hashicorp/aws' } },
  'the AWS provider of a host with a known name in it': {
    aws: { source: 'registry.terraform.io.elsewhere.example/hashicorp/aws' },
  },
  'the AWS provider of another namespace': { aws: { source: 'registry.terraform.io/elsewhere/aws' } },
  'a built-in provider by the name of aws': { aws: { source: 'terraform.io/builtin/terraform' } },
  'another provider': { external: { source: 'hashicorp/external' } },
  'another provider by its version alone': { null: '~> 3.0' },
  'a provider of somebody': { helper: { source: 'elsewhere.example/acme/helper' } },
};

const TERRAFORM: Readonly<Record<string, Json>> = {
  experiments: { experiments: ['module_variable_optional_attrs'] },
  'metadata for a provider': { provider_meta: { aws: { user_agent: 'x' } } },
  'the encryption of the state': { encryption: { method: {} } },
  'a block of tomorrow': { nobody_knows: {} },
};

const PROVIDERS: Readonly<Record<string, Json>> = {
  'a profile': { profile: 'elsewhere' },
  'shared config files': { shared_config_files: ['/elsewhere'] },
  'shared credentials files': { shared_credentials_files: ['/elsewhere'] },
  'an endpoint of the metadata service': { ec2_metadata_service_endpoint: 'http://elsewhere.example' },
  'endpoints in a list of one': { endpoints: [{ sts: 'https://elsewhere.example' }] },
};

/** Assigns at a dotted path of `type.name`, through blocks that are lists. */
const assign =
  (address: string, path: string, value: unknown): Change =>
  ({ resource }) => {
    const [type = '', name = ''] = address.split('.');
    let given: unknown = resource[type]?.[name];
    const steps = path.split('.');
    const last = steps.pop() ?? '';
    for (const step of steps) given = (given as Json | undefined)?.[step];
    if (typeof given !== 'object' || given === null || resource[type]?.[name]?.count === 0) return false;
    return Object.assign(given, { [last]: value });
  };

const addResource =
  (type: string, given: Json): Change =>
  ({ resource }) =>
    Object.assign(resource, { [type]: { ...resource[type], added: given } });

/** Switches whose dangerous position is off, and the address that has them. */
const OFF: readonly (readonly [address: string, path: string, value: unknown])[] = [
  ['aws_s3_bucket_policy.backup', 'lifecycle', { enabled: false }],
  ['aws_s3_bucket_versioning.backup', 'lifecycle', { enabled: 'false' }],
  ['aws_s3_bucket_public_access_block.backup', 'lifecycle', [{ enabled: false }]],
  ['aws_s3_bucket_public_access_block.backup', 'skip_destroy', false],
  ['aws_s3_bucket.backup', 'nobody_knows', false],
  ['aws_iam_role.vault', 'nobody_knows', false],
  ['aws_s3_bucket_lifecycle_configuration.backup', 'rule.0.nobody_knows', false],
  ['aws_s3_bucket.backup', 'acl', ''],
  ['aws_s3_bucket.backup', 'grant', []],
  ['aws_iam_policy.s3', 'delay_after_policy_creation_in_ms', 0],
];

/** Arguments inside blocks that nothing here reads. */
const NESTED: readonly (readonly [address: string, path: string, value: unknown])[] = [
  ['aws_s3_bucket_lifecycle_configuration.backup', 'rule.0.nobody_knows', [{ days: 1 }]],
  ['aws_s3_bucket_lifecycle_configuration.backup', 'rule.1.filter', [{ nobody_knows: 'x' }]],
  ['aws_s3_bucket_lifecycle_configuration.backup', 'rule.1.noncurrent_version_expiration.0.nobody_knows', 1],
  ['aws_s3_bucket_server_side_encryption_configuration.backup', 'rule.0.blocked_encryption_types', ['NONE']],
  [
    'aws_s3_bucket_server_side_encryption_configuration.backup',
    'rule.0.apply_server_side_encryption_by_default.nobody_knows',
    'x',
  ],
  ['aws_s3_bucket_versioning.backup', 'versioning_configuration.nobody_knows', 'x'],
  ['aws_s3_bucket_ownership_controls.backup', 'rule.nobody_knows', 'x'],
  ['aws_s3_bucket_logging.backup', 'target_object_key_format', [{ nobody_knows: {} }]],
  ['aws_iam_role.vault', 'inline_policy', [{ name: 'x', policy: '{}', nobody_knows: 'x' }]],
  ['aws_iam_role.vault', 'lifecycle', { nobody_knows: true }],
  ['aws_s3_bucket.backup', 'lifecycle', [{ replace_triggered_by: ['aws_iam_role.vault'] }]],
];

/** Resources of which some arguments are read, with others. */
const WHOLE: Readonly<Record<string, readonly [type: string, given: Json]>> = {
  'a provisioner of an instance': ['aws_instance', { provisioner: [{ 'local-exec': { command: 'true' } }] }],
  'a launch template of an instance': ['aws_instance', { launch_template: [{ id: 'lt-1' }] }],
  'a connection to an instance': ['aws_instance', { connection: [{ host: 'elsewhere.example' }] }],
  'a metadata option of tomorrow': [
    'aws_instance',
    { metadata_options: [{ http_tokens: 'required', nobody_knows: 1 }] },
  ],
  'an interface of a launch template': [
    'aws_launch_template',
    { network_interfaces: [{ associate_public_ip_address: true }] },
  ],
  'credentials of an instance by a secondary interface': ['aws_instance', { secondary_network_interface: [{}] }],
  'a key pair': ['aws_instance', { key_name: 'somebody' }],
  'an analyzer that leaves things out': [
    'aws_accessanalyzer_analyzer',
    { analyzer_name: 'a', configuration: [{ unused_access: [{ analysis_rule: [{ exclusion: [{}] }] }] }] },
  ],
  'a setting of the account of tomorrow': ['aws_s3_account_public_access_block', { nobody_knows: true }],
};

/** Companions of the bucket that name it by something that does not say which bucket it is. */
const ATTRIBUTES = ['arn', 'bucket_domain_name', 'bucket_regional_domain_name', 'hosted_zone_id', 'region', 'tags'];
const BESIDE_BUCKET: Readonly<Record<string, string>> = {
  aws_s3_bucket_public_access_block: 'bucket-public-access-block',
  aws_s3_bucket_versioning: 'bucket-versioning',
};

const SENT: Readonly<Record<string, Json>> = {
  'a topic of another account': { topic: [{ topic_arn: 'arn:aws:sns:us-east-2:999999999999:x', events: ['s3:*'] }] },
  'a queue of another account': { queue: { queue_arn: 'arn:aws:sqs:us-east-2:999999999999:x' } },
  'a function of another account': {
    lambda_function: [{ lambda_function_arn: 'arn:aws:lambda:us-east-2:999999999999:function:x' }],
  },
  'a second queue, of another account': {
    queue: ['111122223333', '999999999999'].map((account) => ({ queue_arn: `arn:aws:sqs:us-east-2:${account}:x` })),
  },
  'a queue that only a deployment names': { queue: [{ queue_arn: '${data.aws_sqs_queue.x.arn}' }] },
  'a queue of an account that only a deployment names': {
    queue: [{ queue_arn: 'arn:aws:sqs:us-east-2:${var.account}:x' }],
  },
  'topics that only a deployment counts': { topic: '${var.topics}' },
  'a topic without an account': { topic: [{ topic_arn: 'x' }] },
  'a topic of no ARN': { topic: [{ events: ['s3:ObjectCreated:*'] }] },
  'a version of a function of another account': {
    lambda_function: [{ lambda_function_arn: 'arn:aws:lambda:us-east-2:999999999999:function:x:7' }],
  },
  'a queue of this account, and a topic of another': {
    queue: [{ queue_arn: 'arn:aws:sqs:us-east-2:111122223333:x' }],
    topic: [{ topic_arn: 'arn:aws:sns:us-east-2:999999999999:x' }],
  },
  'a queue where a topic is meant': { topic: [{ topic_arn: 'arn:aws:sqs:us-east-2:111122223333:x' }] },
  'a queue of another partition': { queue: [{ queue_arn: 'arn:aws-us-gov:sqs:us-gov-west-1:111122223333:x' }] },
  'a queue of another region': { queue: [{ queue_arn: 'arn:aws:sqs:eu-west-1:111122223333:x' }] },
  'an account with a digit less': { queue: [{ queue_arn: 'arn:aws:sqs:us-east-2:11112222333:x' }] },
  'a function for old versions, of another account': {
    lambda_function: {
      lambda_function_arn: 'arn:aws:lambda:us-east-2:999999999999:function:x',
      events: ['s3:LifecycleExpiration:*'],
    },
  },
};

/** Edits what the output says at a dotted path; a single value comes as a list of one. */
type Edit = (told: readonly unknown[]) => unknown;
const tell =
  (path: string, edit: Edit): Change =>
  ({ output }) => {
    const steps = path.split('.');
    const last = steps.pop() ?? '';
    let given = (output as { readonly backup_environment: { readonly value: Json } }).backup_environment.value;
    for (const step of steps) given = given[step] as Json;
    const told = given[last];
    const edited = edit(Array.isArray(told) ? told : [told]);
    if (JSON.stringify(edited) === JSON.stringify(told)) return false;
    return Object.assign(given, { [last]: edited });
  };

/** Output values that tell verification, or whoever fills in the form, something else than the stack has. */
const TOLD: readonly (readonly [path: string, name: string, edit: Edit])[] = [
  ['permissions.forbidden', 'all but one', (acts) => acts.slice(1)],
  ['permissions.forbidden', 'without the last', (acts) => acts.slice(0, -1)],
  ['permissions.forbidden', 'without the key', (acts) => acts.filter((act) => act !== 'direct-key-use')],
  ['permissions.forbidden', 'without reading versions', (acts) => acts.filter((act) => act !== 'read-version')],
  ['permissions.forbidden', 'without deletion', (acts) => acts.filter((act) => act !== 'version-delete')],
  ['permissions.forbidden', 'a lock that there is not', (acts) => [...acts, 'bypass-retention']],
  ['permissions.forbidden', 'none', () => []],
  ['permissions.forbidden', 'not at all', () => undefined],
  ['permissions.allowed', 'without the first', (grants) => grants.slice(1)],
  ['permissions.allowed', 'without the last', (grants) => grants.slice(0, -1)],
  [
    'permissions.allowed',
    'one more',
    ([first, ...others]) => [first, ...others, { ...(first as Json), action: 's3:PutBucketPolicy' }],
  ],
  [
    'permissions.allowed',
    'on another bucket',
    ([first, ...others]) => [{ ...(first as Json), resource: '*' }, ...others],
  ],
  ['permissions.allowed', 'not at all', () => undefined],
  ['permissions.capabilities', 'without one', (all) => all.slice(0, 1)],
  ['permissions.capabilities', 'with one more', (all) => [...all, 'purge-versions']],
  ['permissions.capabilities', 'with versions to read', (all) => [...all, 'read-versions']],
  ['permissions.verificationPrefix', 'among the backups', () => 'backups/'],
  ['permissions.verificationPrefix', 'the whole bucket', () => ''],
  ['permissions.verificationPrefix', 'a longer one', ([prefix]) => `${prefix}more/`],
  ['permissions.verificationPrefix', 'none', () => undefined],
  ['permissions.nobodyKnows', 'a path of tomorrow', () => true],
  ['form.storageType', 'another storage', () => 'Azure Blob'],
  ['form.roleBasedControl', 'access keys', () => false],
  ['form.nobodyKnows', 'a path of tomorrow', () => 'x'],
  ['form.label', 'none', () => undefined],
  ['form.label', 'an empty one', () => ''],
  ['form.label', 'a number', () => 7],
  ['form.label', 'a list', () => ['x']],
  ['form.label', 'two lines', () => 'Acme\nproduction'],
  ['form.label', 'letters that turn the others around', () => 'Acme\u202enoitcudorp'],
  ['form.label', 'a command to the terminal', () => 'Acme\u001b[2J'],
  ['aws.formerKeyArns', 'a key of nobody', () => ['arn:aws:kms:us-east-2:111122223333:key/x']],
  ['aws.objectLock', 'a lock that there is not', () => ({ mode: 'GOVERNANCE', retentionDays: 1 })],
  ['aws.nobodyKnows', 'a path of tomorrow', () => []],
  ['host.kind', 'another kind', () => 'existing-role'],
  ['host.nobodyKnows', 'a path of tomorrow', () => ({ more: 1 })],
  ['environment', 'another', () => 'elsewhere'],
  ['version', 'of tomorrow', () => 3],
  ['nobodyKnows', 'a path of tomorrow', () => 'x'],
];

const rowsOf = (
  rule: string,
  cases: Readonly<Record<string, Json>>,
  change: (settings: Json) => Change,
): readonly Row[] => Object.entries(cases).map(([name, settings]) => ({ rule, name, change: change(settings) }));

const SAFE = { root_block_device: [{ encrypted: true }], associate_public_ip_address: false };
const EXPOSED: Readonly<Record<string, readonly [type: string, given: Json]>> = {
  'a script': ['aws_instance', { ...SAFE, user_data: '#!/bin/sh' }],
  'a script, encoded': ['aws_instance', { ...SAFE, user_data_base64: 'IyEvYmluL3No' }],
  'a script of a launch template': ['aws_launch_template', { user_data: 'IyEvYmluL3No' }],
  'a public address': ['aws_instance', { ...SAFE, associate_public_ip_address: true }],
  'a public address as text': ['aws_instance', { ...SAFE, associate_public_ip_address: 'true' }],
  'an address that the subnet decides': ['aws_instance', { root_block_device: [{ encrypted: true }] }],
  'a disk that is not encrypted': ['aws_instance', { ...SAFE, root_block_device: [{ encrypted: false }] }],
  'a disk of which nothing is said': ['aws_instance', { associate_public_ip_address: false }],
  'a second disk that is not encrypted': [
    'aws_instance',
    { ...SAFE, ebs_block_device: [{ device_name: 'b', encrypted: false }] },
  ],
  'a disk of a launch template': [
    'aws_launch_template',
    { block_device_mappings: [{ ebs: [{ encrypted: 'false' }] }] },
  ],
};

const iam = (name: string, account = '111122223333') => ({ AWS: `arn:aws:iam::${account}:${name}` });
/** A statement that lets somebody take a first step; the resource follows from the policy that it is put in. */
const STEPS: readonly (readonly [name: string, path: string, statement: Json])[] = [
  ['a role puts the policy', BUCKET_POLICY, { Principal: iam('role/analyst'), Action: 's3:PutBucketPolicy' }],
  ['a user puts the policy', BUCKET_POLICY, { Principal: iam('user/ann'), Action: 's3:PutBucket*' }],
  [
    'another account puts the policy',
    BUCKET_POLICY,
    { Principal: iam('root', '444455556666'), Action: 's3:PutBucketPolicy' },
  ],
  ['a role deletes the policy', BUCKET_POLICY, { Principal: iam('role/analyst'), Action: 's3:DeleteBucketPolicy' }],
  [
    'anybody of the account by a condition',
    BUCKET_POLICY,
    {
      Principal: '*',
      Action: 's3:PutBucketPolicy',
      Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::111122223333:role/*' } },
    },
  ],
  [
    'from one address',
    BUCKET_POLICY,
    {
      Principal: iam('role/analyst'),
      Action: 's3:PutBucketPolicy',
      Condition: { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
    },
  ],
  [
    'a role copies the bucket elsewhere',
    BUCKET_POLICY,
    { Principal: iam('role/analyst'), Action: 's3:PutReplicationConfiguration' },
  ],
  [
    'a role takes the public access block away',
    BUCKET_POLICY,
    { Principal: iam('role/analyst'), Action: 's3:PutBucketPublicAccessBlock' },
  ],
  ['a role replaces the key policy', KEY_POLICY, { Principal: iam('role/analyst'), Action: 'kms:PutKeyPolicy' }],
  ['a role makes grants', KEY_POLICY, { Principal: iam('role/analyst'), Action: 'kms:Create*' }],
  ['another account makes grants', KEY_POLICY, { Principal: iam('root', '444455556666'), Action: 'kms:CreateGrant' }],
];

const allow =
  (path: string, statement: Json): Change =>
  (stack) =>
    rewrite(path, (text) => {
      const policy = JSON.parse(text);
      const bucket = stack.resource.aws_s3_bucket?.backup?.bucket;
      const Resource = path === KEY_POLICY ? '*' : `arn:aws:s3:::${bucket}`;
      return JSON.stringify({
        ...policy,
        Statement: [...policy.Statement, { Effect: 'Allow', Resource, ...statement }],
      });
    })(stack);

const LIFECYCLE = 'aws_s3_bucket_lifecycle_configuration.backup';
const SESSION = ['aws_iam_role.vault', 'max_session_duration'] as const;
const ROTATION = ['aws_kms_key.backup', 'rotation_period_in_days'] as const;

/** Says by which figures the environment file wants to be judged. */
const judgedBy =
  (limits: unknown, change: Change = () => true): Change =>
  (stack) => {
    Object.assign(stack.output as Json, { audit_limits: { value: limits } });
    return change(stack);
  };
const versions = (...rule: readonly Json[]) => assign(LIFECYCLE, 'rule', rule);
const expiring = (days: unknown, more: Json = {}) => ({
  ...{ id: 'a', status: 'Enabled', filter: [{}] },
  noncurrent_version_expiration: [{ noncurrent_days: days, ...more }],
});
const lasting = (seconds: unknown) => assign(...SESSION, seconds);
const rotated = (days: unknown) => assign(...ROTATION, days);
/** An Object Lock beside a figure that asks for thirty days. */
const locked = (rule: unknown, more: Json = {}) =>
  judgedBy({ lockDays: 30 }, ({ resource }) =>
    Object.assign(resource, {
      aws_s3_bucket_object_lock_configuration: { backup: { bucket: '${aws_s3_bucket.backup.bucket}', rule, ...more } },
    }),
  );
const retaining = (given: Json) => locked([{ default_retention: [{ mode: 'COMPLIANCE', ...given }] }]);

/** Judgements, by the figure that the environment file can change. */
const FIGURES: Readonly<Record<string, readonly (readonly [name: string, change: Change])[]>> = {
  'old versions that go too soon': [
    ['one day', versions(expiring(1))],
    ['one day, with one version kept', versions(expiring(1, { newer_noncurrent_versions: 1 }))],
    ['six days', versions(expiring(6))],
    ['six days as text', versions(expiring('6'))],
    ['days that nobody knows', versions(expiring('${var.days}'))],
    ['one day for some of them', versions(expiring(30), { ...expiring(1), id: 'b', filter: [{ prefix: 'org/' }] })],
    ['one day for large ones', versions(expiring(30), { ...expiring(1), filter: { object_size_greater_than: 500 } })],
    ['a block that is no list', versions({ ...expiring(1), noncurrent_version_expiration: { noncurrent_days: 3 } })],
    ['a rule that may be enabled', versions({ ...expiring(2), status: '${var.status}' })],
    ['a rule that is enabled in small letters', versions({ ...expiring(2), status: 'enabled' })],
    ['a rule that does not say', versions({ ...expiring(2), status: undefined })],
    ['a day less than the file asks for', judgedBy({ versionDays: 31 }, versions(expiring(30)))],
    ['far fewer than the file asks for', judgedBy({ versionDays: 365 })],
    ['a figure of the file that is text', judgedBy({ versionDays: '7' })],
    ['a figure of the file that nobody knows', judgedBy({ versionDays: '${var.days}' })],
  ],
  'a session that is too long': [
    ['of twelve hours', lasting(43_200)],
    ['of an hour and a second', lasting(3601)],
    ['of an hour and a second as text', lasting('3601')],
    ['of two hours', lasting(7200)],
    ['of ten hours as text', lasting('36000')],
    ['that nobody knows', lasting('${var.seconds}')],
    ['of two hours and a second, by the file', judgedBy({ sessionHours: 2 }, lasting(7201))],
    ['of twelve hours, by the file', judgedBy({ sessionHours: 11 }, lasting(43_200))],
    ['of a text, by the file', judgedBy({ sessionHours: 'long' })],
    ['of null, by the file', judgedBy({ sessionHours: null })],
  ],
  'a rotation that is too rare': [
    ['every seven years', rotated(2560)],
    ['every year and a day', rotated(366)],
    ['every year and a day as text', rotated('366')],
    ['every two years', rotated(730)],
    ['of days that nobody knows', rotated('${var.days}')],
    ['a day more than the file allows', judgedBy({ rotationDays: 180 }, rotated(181))],
    ["KMS's default, where the file asks for more", judgedBy({ rotationDays: 364 }, rotated(undefined))],
    ['null, where the file asks for more', judgedBy({ rotationDays: 90 }, rotated(null))],
    ['by a figure of the file that is text', judgedBy({ rotationDays: '365' }, rotated(365))],
    ['by a figure of the file that is a list', judgedBy({ rotationDays: [365] }, rotated(365))],
  ],
  'a lock that holds too short': [
    ['none', judgedBy({ lockDays: 30 })],
    ['none, where one day is asked for', judgedBy({ lockDays: 1 })],
    ['of 29 days', retaining({ days: 29 })],
    ['of 29 days as text', retaining({ days: '29' })],
    ['of no year', retaining({ years: 0 })],
    ['of days that nobody knows', retaining({ days: '${var.days}' })],
    ['of years that nobody knows', retaining({ years: '${var.years}' })],
    ['without days', retaining({})],
    ['without a default', locked([{}])],
    ['without a rule', locked(undefined)],
    ['of some other bucket', locked([{ default_retention: [{ days: 30 }] }], { bucket: '${var.bucket}' })],
    ['with a figure of the file that is text', judgedBy({ lockDays: '0' })],
  ],
};

/** Which accounts Terraform may deploy to. */
const ACCOUNTS: Readonly<Record<string, Json>> = {
  'one that is left out beside the one that is named': { forbidden_account_ids: ['444455556666'] },
  'its own is left out': { forbidden_account_ids: ['111122223333'] },
  'several are left out': { forbidden_account_ids: ['444455556666', '777788889999'] },
  'those of a variable are left out': { forbidden_account_ids: '${var.accounts}' },
  'one of a variable is left out': { forbidden_account_ids: ['${var.account}'] },
  'none is left out, in a list': { forbidden_account_ids: [] },
  'one is left out, and none is named': { forbidden_account_ids: ['444455556666'], allowed_account_ids: undefined },
  'another is named too': { allowed_account_ids: ['111122223333', '444455556666'] },
  'none is named': { allowed_account_ids: undefined },
  'none is named, in a list': { allowed_account_ids: [] },
  'null is named': { allowed_account_ids: null },
  'those of a variable are named': { allowed_account_ids: '${var.accounts}' },
  'one of a variable is named': { allowed_account_ids: ['${var.account}'] },
};

const OWN_ROLE = 'arn:aws:iam::111122223333:role/somebody';
const OTHER_ROOT = 'arn:aws:iam::999999999999:root';
const HALF_SPARED: readonly (readonly [name: string, AWS: readonly string[]])[] = [
  ['a role', [OWN_ROLE]],
  ['a role under a path', ['arn:aws:iam::111122223333:role/data/analyst']],
  ['a user', ['arn:aws:iam::111122223333:user/analyst']],
  ['a session', [OWN_ROLE, 'arn:aws:sts::111122223333:assumed-role/somebody/monday']],
  ['a federated user', ['arn:aws:sts::111122223333:federated-user/analyst']],
  ['a role by its id', ['AROAANALYSTEXAMPLE000']],
  ['a role, and another account', [OWN_ROLE, OTHER_ROOT]],
  ['a role of another account, and its own account', ['arn:aws:iam::999999999999:role/x', '111122223333']],
  ['two roles of two accounts, one of them whole', [OWN_ROLE, 'arn:aws:iam::999999999999:role/x', OTHER_ROOT]],
];
/** A denial for everybody but these, of what nobody needs. */
const sparing = (AWS: readonly string[]): Change =>
  rewrite(BUCKET_POLICY, (text) => {
    const policy = JSON.parse(text);
    const [{ Resource }] = policy.Statement;
    const added = { Effect: 'Deny', NotPrincipal: { AWS }, Action: 's3:PutObjectAcl', Resource: [Resource].flat()[1] };
    return JSON.stringify({ ...policy, Statement: [...policy.Statement, added] });
  });

const KINDS: Readonly<Record<string, readonly Row[]>> = {
  'a repeated name in a policy': POLICIES.flatMap((path) =>
    TWICE.map(([name, edit]) => ({
      rule: 'policies-readable',
      name: `${path}: ${name}`,
      change: rewrite(path, edit),
    })),
  ),
  'a region that the text does not state': [
    ...Object.entries(REGIONS).map(([name, region]) => ({
      rule: 'provider-settings',
      name,
      change: inProvider({ region }),
    })),
    {
      rule: 'provider-settings',
      name: 'none',
      change: ({ provider }) => delete (provider as { readonly aws: readonly [Json] }).aws[0].region,
    },
  ],
  'a backend that sends the state elsewhere': [
    ...rowsOf('state-backend', BACKENDS, (settings) =>
      inTerraform({ backend: { s3: { ...SOUND_BACKEND, ...settings } } }),
    ),
    ...rowsOf('state-backend', OTHER_BACKENDS, (backend) => inTerraform({ backend })),
    {
      rule: 'state-backend',
      name: 'a cloud on another host',
      change: inTerraform({ backend: undefined, cloud: { hostname: 'elsewhere.example', organization: 'o' } }),
    },
  ],
  'a switch that is off': OFF.map(([address, path, value]) => ({
    rule: 'arguments-understood',
    name: `${address} ${path}`,
    change: assign(address, path, value),
  })),
  'an argument inside a block, or of a known resource': [
    ...NESTED.map(([address, path, value]) => ({
      rule: 'arguments-understood',
      name: `${address} ${path}`,
      change: assign(address, path, value),
    })),
    ...Object.entries(WHOLE).map(([name, [type, given]]) => ({
      rule: 'arguments-understood',
      name,
      change: addResource(type, given),
    })),
  ],
  'a reference by an attribute other than the name': Object.entries(BESIDE_BUCKET).flatMap(([type, rule]) =>
    ATTRIBUTES.map((attribute) => ({
      rule,
      name: `${type}: ${attribute}`,
      change: assign(`${type}.backup`, 'bucket', `\${aws_s3_bucket.backup.${attribute}}`),
    })),
  ),
  'a notification to somebody else': Object.entries(SENT)
    .map(([name, given]) => ({
      rule: 'bucket-event-notifications',
      name,
      change: addResource('aws_s3_bucket_notification', { bucket: '${aws_s3_bucket.backup.bucket}', ...given }),
    }))
    .concat({
      rule: 'bucket-event-notifications',
      name: 'a second one, of another account',
      change: ({ resource }: Stack) => {
        const bucket = '${aws_s3_bucket.backup.bucket}';
        const sent = (account: string) => ({ bucket, queue: [{ queue_arn: `arn:aws:sqs:us-east-2:${account}:x` }] });
        return Object.assign(resource, {
          aws_s3_bucket_notification: { own: sent('111122223333'), other: sent('999999999999') },
        });
      },
    }),
  'a false value for Vault or verification': [
    ...TOLD.map(([path, name, edit]) => ({
      rule: 'output-fits-stack',
      name: `${path}: ${name}`,
      change: tell(path, edit),
    })),
    {
      rule: 'output-fits-stack',
      name: 'permissions.otherBucket: the bucket of the backups',
      change: (stack: Stack) =>
        tell('permissions.otherBucket', () => stack.resource.aws_s3_bucket?.backup?.bucket)(stack),
    },
  ],
  ...Object.fromEntries(
    Object.entries(FIGURES).map(([kind, rows]) => [
      kind,
      rows.map(([name, change]) => ({ rule: 'within-limits', name, change })),
    ]),
  ),
  'an account that Terraform may take for the right one': [
    ...rowsOf('provider-settings', ACCOUNTS, inProvider),
    {
      rule: 'output-fits-stack',
      name: 'another is named',
      change: inProvider({ allowed_account_ids: ['444455556666'] }),
    },
  ],
  'a denial that spares somebody without the account': HALF_SPARED.map(([name, AWS]) => ({
    rule: 'policies-readable',
    name,
    change: sparing(AWS),
  })),
  'a first step to more access': STEPS.map(([name, path, statement]) => ({
    rule: 'no-second-step',
    name,
    change: allow(path, statement),
  })),
  'a host that is open or runs a script': Object.entries(EXPOSED).map(([name, [type, given]]) => ({
    rule: 'instance-exposure',
    name,
    change: addResource(type, given),
  })),
  'another program for Terraform to run': [
    ...rowsOf('input-complete', REQUIRED, inRequired),
    ...rowsOf('input-complete', TERRAFORM, inTerraform),
    ...rowsOf('provider-settings', PROVIDERS, inProvider),
    {
      rule: 'input-complete',
      name: 'another configured provider',
      change: ({ provider }) => Object.assign(provider as Json, { external: [{}] }),
    },
  ],
};

export function slippingMutants(stackText: string): readonly SlippingMutant[] {
  return Object.entries(KINDS).flatMap(([kind, rows]) =>
    rows.flatMap(({ rule, name, change }) => {
      const stack: Stack = JSON.parse(stackText);
      return change(stack) === false ? [] : [{ kind, name, rule, text: JSON.stringify(stack) }];
    }),
  );
}
