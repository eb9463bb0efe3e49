// biome-ignore lint/suspicious/noExplicitAny: a stack is edited as text would be
type Json = any;

/** A stack said in other words, which AWS takes for the same. */
export interface Rewrite {
  readonly name: string;
  readonly change: (stack: Json) => unknown;
}

const BUCKET = 'example-vault-backup-aws-kms';

const POLICIES = [
  ['trust', 'aws_iam_role', 'vault', 'assume_role_policy'],
  ['s3', 'aws_iam_policy', 's3', 'policy'],
  ['kms', 'aws_iam_policy', 'kms', 'policy'],
  ['bucket', 'aws_s3_bucket_policy', 'backup', 'policy'],
  ['key', 'aws_kms_key', 'backup', 'policy'],
] as const;

/** Rewrites of a policy's text. */
const TEXTS: Readonly<Record<string, (text: string, kind: string) => string>> = {
  'with its statements in reverse order': edited((policy) => ({
    ...policy,
    Statement: policy.Statement.toReversed(),
  })),
  'with its keys in reverse order': (text) => JSON.stringify(reversedKeys(JSON.parse(text))),
  'over several lines': (text) => JSON.stringify(JSON.parse(text), null, 4),
  'with tabs and line feeds': (text) => `\n${JSON.stringify(JSON.parse(text), null, '\t')}\n`,
  'with lists of one for single values': edited((policy) => ({ ...policy, Statement: policy.Statement.map(listed) })),
  'with single values for lists of one': edited((policy) => ({ ...policy, Statement: policy.Statement.map(single) })),
  'without Sids': statementwise(({ Sid: _sid, ...rest }) => rest),
  'with empty Sids': statementwise((one) => ({ ...one, Sid: '' })),
  'with other Sids': statementwise((one, index) => ({ ...one, Sid: `Statement${index}` })),
  'with services in capitals': statementwise((one) => ({
    ...one,
    Action: [one.Action]
      .flat()
      .map((action: string) => action.replace(/^[a-z0-9]+/, (service) => service.toUpperCase())),
  })),
  'with actions in lower case': statementwise((one) => ({
    ...one,
    Action: [one.Action].flat().map((action: string) => action.toLowerCase()),
  })),
  'with condition keys in lower case': conditionwise((key) => key.toLowerCase()),
  'with the services of condition keys in capitals': conditionwise((key) =>
    key.replace(/^[a-z0-9]+:/, (service) => service.toUpperCase()),
  ),
  'with repeated values of conditions': conditionwise(
    (key) => key,
    (value) => [value, value].flat(),
  ),
  'with switches and numbers for text': (text) => text.replaceAll(/"(true|false|1\.2)"/g, '$1'),
  'with resources in another order': statementwise((one) =>
    one.Resource ? { ...one, Resource: [one.Resource].flat().toReversed() } : one,
  ),
  'with a statement for each action': edited((policy) => ({
    ...policy,
    Statement: policy.Statement.flatMap((one: Json) =>
      [one.Action].flat().map((Action: string, index: number) => ({ ...one, Sid: `${one.Sid}${index}`, Action })),
    ),
  })),
  'with its version last': (text) => {
    const { Version, ...rest } = JSON.parse(text);
    return JSON.stringify({ ...rest, Version });
  },
  'with escaped letters': (text) => text.replaceAll('Statement', '\\u0053tatement').replaceAll('Allow', '\\u0041llow'),
  'with escaped slashes': (text) => text.replaceAll('/', '\\/'),
  'with the line ends of Windows': (text) => JSON.stringify(JSON.parse(text), null, 2).replaceAll('\n', '\r\n'),
  'with lists of principals': statementwise(({ Principal, ...one }) => ({
    ...one,
    ...(Principal && {
      Principal:
        Principal === '*'
          ? { AWS: ['*'] }
          : Object.fromEntries(Object.entries<Json>(Principal).map(([type, names]) => [type, [names].flat()])),
    }),
  })),
  'with an account by its number': statementwise((one) =>
    one.Principal?.AWS ? { ...one, Principal: { AWS: one.Principal.AWS.split(':')[4] } } : one,
  ),
  'with patterns for texts': statementwise((one) =>
    one.Condition
      ? { ...one, Condition: JSON.parse(JSON.stringify(one.Condition).replaceAll(/(String|Arn)Equals/g, '$1Like')) }
      : one,
  ),
  'with repeated actions': statementwise((one) => ({
    ...one,
    Action: [...[one.Action].flat(), ...[one.Action].flat()],
  })),
  'with actions in another order': statementwise((one) => ({ ...one, Action: [one.Action].flat().toReversed() })),
  'with an Id': edited((policy) => ({ ...policy, Id: 'policy-of-vault' })),
  'with a denial of what nothing allows': edited((policy, kind) => ({
    ...policy,
    Statement: [...policy.Statement, ...denials(kind)],
  })),
};

const OTHERS: readonly Rewrite[] = (
  [
    ['tags on the bucket', ({ resource }) => Object.assign(resource.aws_s3_bucket.backup, { tags: { team: 'data' } })],
    ['tags on the role', ({ resource }) => Object.assign(resource.aws_iam_role.vault, { tags: { team: 'data' } })],
    ['tags on the key', ({ resource }) => Object.assign(resource.aws_kms_key.backup, { tags: { team: 'data' } })],
    ['other default tags', ({ provider }) => (provider.aws[0].default_tags[0].tags.team = 'data')],
    [
      'a description of the role',
      ({ resource }) => Object.assign(resource.aws_iam_role.vault, { description: 'of Vault' }),
    ],
    [
      'a description of the key',
      ({ resource }) => Object.assign(resource.aws_kms_key.backup, { description: 'of Vault' }),
    ],
    ['resources in another order', (stack) => Object.assign(stack, { resource: reorder(stack.resource) })],
    [
      'arguments in another order',
      (stack) => Object.assign(stack, { resource: eachResource(stack.resource, reorder) }),
    ],
    ['the blocks of the stack in another order', reorderInPlace],
    ['no CDKTF metadata', (stack) => delete stack['//']],
    ['resources in a list of one', (stack) => (stack.resource = [stack.resource])],
    ['resources in a list of types', (stack) => (stack.resource = listing(stack.resource))],
    ['each type as a list of one', ({ resource }) => eachValue(resource, (named) => [named])],
    ['each type as a list of its resources', ({ resource }) => eachValue(resource, listing)],
    [
      'each resource as a list of one',
      ({ resource }) => Object.values(resource).map((named) => eachValue(named, (one) => [one])),
    ],
    ['the provider in a list', (stack) => (stack.provider = [stack.provider])],
    ['outputs in a list', (stack) => (stack.output = listing(stack.output))],
    ['each output as a list of one', ({ output }) => eachValue(output, (one) => [one])],
    ['the block of Terraform in a list', (stack) => (stack.terraform = [stack.terraform])],
    ['a block of Terraform for each thing', (stack) => (stack.terraform = listing(stack.terraform))],
    [
      'a comment in a block of a resource',
      ({ resource }) => (resource.aws_s3_bucket_versioning.backup.versioning_configuration['//'] = 'of us'),
    ],
    ['a comment for the providers', ({ terraform }) => (terraform.required_providers['//'] = 'of us')],
    ['a comment for the backend', ({ terraform }) => (terraform.backend.local['//'] = 'of us')],
    [
      'blocks for lists of one',
      ({ resource }) => unlist(resource.aws_s3_bucket_versioning.backup, 'versioning_configuration'),
    ],
    [
      'a list for the ownership block',
      ({ resource }) => relist(resource.aws_s3_bucket_ownership_controls.backup, 'rule'),
    ],
    ['switches as text', ({ resource }) => astext(resource.aws_s3_bucket_public_access_block.backup)],
    [
      'key rotation as text',
      ({ resource }) => Object.assign(resource.aws_kms_key.backup, { enable_key_rotation: 'true' }),
    ],
    [
      'the deletion window as text',
      ({ resource }) => Object.assign(resource.aws_kms_key.backup, { deletion_window_in_days: '30' }),
    ],
    [
      'lifecycle rules in another order',
      ({ resource }) => resource.aws_s3_bucket_lifecycle_configuration.backup.rule.reverse(),
    ],
    [
      'other ids for lifecycle rules',
      ({ resource }) =>
        resource.aws_s3_bucket_lifecycle_configuration.backup.rule.forEach((one: Json, index: number) => {
          one.id = `rule-${index}`;
        }),
    ],
    [
      'the provider as one object',
      (stack) => {
        stack.provider.aws = stack.provider.aws[0];
      },
    ],
    [
      'max_retries of the provider',
      ({ provider }) => {
        provider.aws[0].max_retries = 5;
      },
    ],
    [
      'a retry mode of the provider',
      ({ provider }) => {
        provider.aws[0].retry_mode = 'standard';
      },
    ],
    [
      'a session of an hour, written out',
      ({ resource }) => {
        resource.aws_iam_role.vault.max_session_duration = 3600;
      },
    ],
    ['a comment for the provider', ({ provider }) => Object.assign(provider.aws[0], { '//': 'of us' })],
    ['a comment for Terraform', ({ terraform }) => Object.assign(terraform, { '//': 'of us' })],
    ['an account as a number', ({ provider }) => (provider.aws[0].allowed_account_ids = [111_122_223_333])],
    ['default tags in one object', ({ provider }) => unlist(provider.aws[0], 'default_tags')],
    ['a version of Terraform', ({ terraform }) => Object.assign(terraform, { required_version: '>= 1.10, < 2.0.0' })],
    ['blocks that are empty', (stack) => Object.assign(stack, { data: {}, locals: {}, module: {}, moved: [] })],
    ['force_destroy left out', ({ resource }) => delete resource.aws_s3_bucket.backup.force_destroy],
    [
      'settings of the key that hold anyway',
      ({ resource }) =>
        Object.assign(resource.aws_kms_key.backup, {
          ...{ key_usage: 'ENCRYPT_DECRYPT', customer_master_key_spec: 'SYMMETRIC_DEFAULT', multi_region: false },
          ...{ is_enabled: true, bypass_policy_lockout_safety_check: false },
        }),
    ],
    [
      'arguments that are null',
      ({ resource }) => Object.assign(resource.aws_s3_bucket.backup, { bucket_prefix: null, tags: null, acl: null }),
    ],
    ['no Object Lock, said', ({ resource }) => (resource.aws_s3_bucket.backup.object_lock_enabled = false)],
    [
      'no deletion with MFA, said',
      ({ resource }) => (resource.aws_s3_bucket_versioning.backup.versioning_configuration.mfa_delete = 'Disabled'),
    ],
    [
      'the owner of the bucket, said',
      ({ resource }) => (resource.aws_s3_bucket_versioning.backup.expected_bucket_owner = '111122223333'),
    ],
    ['timeouts', ({ resource }) => (resource.aws_s3_bucket.backup.timeouts = [{ create: '10m' }])],
    [
      'another dependency',
      ({ resource }) => (resource.aws_s3_bucket_policy.backup.depends_on = ['aws_s3_bucket_versioning.backup']),
    ],
    [
      'replacements made first',
      ({ resource }) => (resource.aws_iam_policy.s3.lifecycle = { create_before_destroy: true }),
    ],
    ['nothing destroyed', ({ resource }) => eachOf(resource, (one) => (one.lifecycle = { prevent_destroy: true }))],
    ['no change ignored', ({ resource }) => (resource.aws_s3_bucket.backup.lifecycle.ignore_changes = [])],
    ['one bucket, counted', (stack) => counting(stack, 'aws_s3_bucket.backup')],
    ['one key, counted', (stack) => counting(stack, 'aws_kms_key.backup')],
    ['one role, counted', (stack) => counting(stack, 'aws_iam_role.vault')],
    [
      'the bucket by its id',
      (stack) => replacing(stack, '${aws_s3_bucket.backup.bucket}', '${aws_s3_bucket.backup.id}'),
    ],
    ['the bucket by its name', (stack) => replacing(stack, '${aws_s3_bucket.backup.bucket}', BUCKET)],
    ['references with spaces', (stack) => replacing(stack, /\$\{(aws_[^}]*)\}/g, '${ $1 }')],
    ['days as text', ({ resource }) => replacing(resource.aws_s3_bucket_lifecycle_configuration, /:(\d+)/g, ':"$1"')],
    [
      'a year between rotations, written out',
      ({ resource }) => {
        resource.aws_kms_key.backup.rotation_period_in_days = 365;
      },
    ],
  ] as readonly (readonly [string, Rewrite['change']])[]
).map(([name, change]) => ({ name, change }));

/** Every way in which a stack is said in other words. */
export const REWRITES: readonly Rewrite[] = [
  ...Object.entries(TEXTS).flatMap(([how, rewrite]) =>
    POLICIES.map(([kind, type, name, argument]) => ({
      name: `the policy of ${kind} ${how}`,
      change: ({ resource }: Json) => {
        const given = resource[type][name];
        given[argument] = rewrite(given[argument], kind);
      },
    })),
  ),
  ...OTHERS,
];

function edited(edit: (policy: Json, kind: string) => Json) {
  return (text: string, kind: string) => JSON.stringify(edit(JSON.parse(text), kind));
}

function statementwise(edit: (statement: Json, index: number) => Json) {
  return edited((policy) => ({ ...policy, Statement: policy.Statement.map(edit) }));
}

/** Renames each condition key, and changes what it is asked for. */
function conditionwise(rename: (key: string) => string, change: (value: Json) => Json = (value) => value) {
  return statementwise((one) => {
    if (!one.Condition) return one;
    const operators = Object.entries<Json>(one.Condition).map(([operator, keys]) => [
      operator,
      Object.fromEntries(Object.entries(keys).map(([key, value]) => [rename(key), change(value)])),
    ]);
    return { ...one, Condition: Object.fromEntries(operators) };
  });
}

/** Each entry as an object of its own. */
function listing(given: Json): Json {
  return Object.entries(given).map(([name, one]) => ({ [name]: one }));
}

function eachValue(given: Json, change: (one: Json) => Json): void {
  for (const [name, one] of Object.entries(given)) given[name] = change(one);
}

function eachOf(resources: Json, edit: (given: Json) => unknown): void {
  for (const all of Object.values<Json>(resources)) for (const one of Object.values(all)) edit(one);
}

/** Replaces text anywhere below, in place. */
function replacing(given: Json, from: string | RegExp, to: string): void {
  Object.assign(given, JSON.parse(JSON.stringify(given).replaceAll(from, to)));
}

/** One of it, which Terraform then calls by an index. */
function counting(stack: Json, address: string): void {
  const [type = '', name = ''] = address.split('.');
  replacing(stack, `\${${address}.`, `\${${address}[0].`);
  stack.resource[type][name].count = 1;
}

function denials(kind: string): readonly Json[] {
  if (kind === 'trust') return [{ Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sts:AssumeRoleWithSAML' }];
  if (kind === 'bucket') return [];
  if (kind === 'key')
    return [{ Effect: 'Deny', Principal: '*', Action: 'kms:DeleteImportedKeyMaterial', Resource: '*' }];
  return [{ Effect: 'Deny', Action: 's3:DeleteBucket', Resource: '*' }];
}

function reversedKeys(value: Json): Json {
  if (Array.isArray(value)) return value.map(reversedKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, one]) => [name, reversedKeys(one)]),
  );
}

function listed(statement: Json): Json {
  const lists = ['Action', 'Resource']
    .filter((name) => statement[name] !== undefined)
    .map((name) => [name, [statement[name]].flat()]);
  const Condition =
    statement.Condition &&
    Object.fromEntries(
      Object.entries<Json>(statement.Condition).map(([operator, keys]) => [
        operator,
        Object.fromEntries(Object.entries<Json>(keys).map(([key, value]) => [key, [value].flat()])),
      ]),
    );
  return { ...statement, ...Object.fromEntries(lists), ...(Condition && { Condition }) };
}

function single(statement: Json): Json {
  const values = ['Action', 'Resource']
    .filter((name) => Array.isArray(statement[name]) && statement[name].length === 1)
    .map((name) => [name, statement[name][0]]);
  return { ...statement, ...Object.fromEntries(values) };
}

function reorder(given: Json): Json {
  return Object.fromEntries(Object.entries(given).reverse());
}

function eachResource(resources: Json, edit: (given: Json) => Json): Json {
  return Object.fromEntries(
    Object.entries<Json>(resources).map(([type, all]) => [
      type,
      Object.fromEntries(Object.entries(all).map(([name, given]) => [name, edit(given)])),
    ]),
  );
}

function reorderInPlace(stack: Json): void {
  for (const [name, block] of Object.entries(stack).reverse()) {
    delete stack[name];
    stack[name] = block;
  }
}

function unlist(given: Json, name: string): void {
  if (Array.isArray(given[name])) [given[name]] = given[name];
}

function relist(given: Json, name: string): void {
  if (!Array.isArray(given[name])) given[name] = [given[name]];
}

function astext(given: Json): void {
  for (const [name, value] of Object.entries(given)) if (typeof value === 'boolean') given[name] = String(value);
}
