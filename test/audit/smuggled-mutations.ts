import { readMade } from './stack-mutations';

type Json = Record<string, unknown>;

/** A stack that says something where nobody looks, and the rule that must look there. */
export interface SmuggledMutant {
  readonly kind: 'smuggled in';
  readonly rule: string;
  readonly name: string;
  readonly text: string;
}

interface Stack {
  readonly resource: Record<string, Record<string, Json>>;
  readonly provider: { readonly aws: readonly [Json] };
  readonly terraform: { readonly required_providers: { readonly aws: Json } } & Json;
  readonly [block: string]: unknown;
}

type Row = readonly [rule: string, name: string, smuggle: (stack: Stack) => void];

/** Arguments of existing resources, as `type.name.argument`. */
const ARGUMENTS: Readonly<Record<string, unknown>> = {
  'aws_s3_bucket.backup.acl': 'public-read',
  'aws_s3_bucket.backup.acceleration_status': 'Enabled',
  'aws_s3_bucket.backup.cors_rule': [{ allowed_methods: ['GET'], allowed_origins: ['*'] }],
  'aws_s3_bucket.backup.grant': [{ type: 'Group', permissions: ['READ'] }],
  'aws_s3_bucket.backup.lifecycle_rule': [{ enabled: true, expiration: { days: 1 } }],
  'aws_s3_bucket.backup.logging': [{ target_bucket: 'elsewhere' }],
  'aws_s3_bucket.backup.policy': '{}',
  'aws_s3_bucket.backup.replication_configuration': [{ role: 'elsewhere' }],
  'aws_s3_bucket.backup.server_side_encryption_configuration': [{ rule: {} }],
  'aws_s3_bucket.backup.versioning': { enabled: false },
  'aws_s3_bucket.backup.website': [{ index_document: 'index.html' }],
  'aws_s3_bucket.backup.nobody_knows': true,
  'aws_s3_bucket.backup.provider': 'aws.elsewhere',
  'aws_s3_bucket.backup.provisioner': [{ 'local-exec': { command: 'true' } }],
  'aws_s3_bucket.backup.count': 2,
  'aws_s3_bucket.backup.lifecycle': { prevent_destroy: true, ignore_changes: 'all' },
  'aws_s3_bucket_policy.backup.lifecycle': { ignore_changes: ['policy'] },
  'aws_s3_bucket_policy.backup.region': 'eu-west-1',
  'aws_s3_bucket_logging.backup.target_grant': [{ permission: 'READ' }],
  'aws_iam_role.vault.for_each': ['a'],
  'aws_kms_key.backup.custom_key_store_id': 'cks-1',
  'aws_kms_key.backup.multi_region': true,
  'aws_kms_key.backup.xks_key_id': 'x',
};

const PROVIDER: Readonly<Record<string, unknown>> = {
  endpoints: [{ s3: 'https://elsewhere.example' }],
  insecure: true,
  custom_ca_bundle: '/elsewhere.pem',
  skip_requesting_account_id: true,
  ignore_tags: [{ keys: ['a'] }],
  allowed_account_ids: ['111122223333', '444455556666'],
};

const BLOCKS: Readonly<Record<string, unknown>> = {
  module: { other: { source: './other' } },
  import: [{ to: 'aws_s3_bucket.backup', id: 'other' }],
  moved: [{ from: 'aws_s3_bucket.other', to: 'aws_s3_bucket.backup' }],
  removed: [{ from: 'aws_s3_bucket.other' }],
  check: { other: { data: { http: { other: { url: 'https://elsewhere.example' } } } } },
  ephemeral: { aws_secretsmanager_secret_version: { other: { secret_id: 'x' } } },
  locals: { other: 'x' },
  variable: { other: { default: 'x' } },
};

/** Resources that are about something else, or that say a second time what one says already. */
const RESOURCES: readonly (readonly [rule: string, type: string, given: Json])[] = [
  [
    'resources-belong',
    'aws_iam_role_policy_attachment',
    { role: 'another-role', policy_arn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
  ],
  [
    'resources-belong',
    'aws_iam_role_policy',
    { role: 'another-role', policy: '{"Version":"2012-10-17","Statement":[]}' },
  ],
  ['resources-belong', 'aws_iam_instance_profile', { name: 'other', role: 'another-role' }],
  [
    'resources-belong',
    'aws_s3_bucket_policy',
    { bucket: 'another-bucket', policy: '{"Version":"2012-10-17","Statement":[]}' },
  ],
  ['resources-belong', 'aws_s3_bucket_versioning', { bucket: 'another-bucket' }],
  ['resources-belong', 'aws_kms_alias', { name: 'alias/other', target_key_id: '1234abcd-12ab-34cd-56ef-1234567890ab' }],
  [
    'bucket-access-logging',
    'aws_s3_bucket_logging',
    { bucket: '${aws_s3_bucket.backup.bucket}', target_bucket: 'other' },
  ],
  [
    'no-long-term-credentials',
    'aws_instance',
    { user_data: 'AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY' },
  ],
];

const ROWS: readonly Row[] = [
  ...Object.entries(ARGUMENTS).map(
    ([path, value]): Row => [
      'arguments-understood',
      path,
      ({ resource }) => {
        const [type = '', name = '', argument = ''] = path.split('.');
        const given = resource[type]?.[name];
        if (given !== undefined) given[argument] = value;
      },
    ],
  ),
  ...Object.entries(PROVIDER).map(
    ([name, value]): Row => [
      'provider-settings',
      `provider ${name}`,
      ({ provider }) => void Object.assign(provider.aws[0], { [name]: value }),
    ],
  ),
  ...Object.entries(BLOCKS).map(
    ([name, block]): Row => ['input-complete', name, (stack) => Object.assign(stack, { [name]: block })],
  ),
  ...RESOURCES.map(
    ([rule, type, given]): Row => [
      rule,
      `another ${type}`,
      ({ resource }) => void Object.assign(resource, { [type]: { ...resource[type], smuggled: given } }),
    ],
  ),
  ['provider-settings', 'no account', ({ provider }) => void delete provider.aws[0].allowed_account_ids],
  [
    'input-complete',
    'a provider of elsewhere',
    ({ terraform }) => void Object.assign(terraform.required_providers.aws, { source: 'elsewhere/aws' }),
  ],
  [
    'no-long-term-credentials',
    'a key in a tag',
    ({ resource }) => void Object.assign(resource.aws_s3_bucket?.backup ?? {}, { tags: { a: 'AKIAIOSFODNN7EXAMPLE' } }),
  ],
];

/** Every mutant of a stack that has the subject of the row. */
export function smuggledMutants(text: string): readonly SmuggledMutant[] {
  return ROWS.flatMap(([rule, name, smuggle]) => {
    const stack = readMade(text) as unknown as Stack;
    smuggle(stack);
    const changed = JSON.stringify(stack);
    return changed === JSON.stringify(readMade(text)) ? [] : [{ kind: 'smuggled in', rule, name, text: changed }];
  });
}
