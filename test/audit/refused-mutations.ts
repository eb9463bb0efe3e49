import type { SlippingMutant } from './slipping-mutations';

// biome-ignore lint/suspicious/noExplicitAny: a stack is edited as text would be
type Resources = any;

const RULE = 'accepted-by-aws';
const TYPES = {
  trust: ['aws_iam_role', 'vault', 'assume_role_policy'],
  managed: ['aws_iam_policy', 's3', 'policy'],
  bucket: ['aws_s3_bucket_policy', 'backup', 'policy'],
  key: ['aws_kms_key', 'backup', 'policy'],
} as const;
const INLINE = 'aws_iam_role_policy';

type Place = keyof typeof TYPES;
type Change = (resources: Resources) => unknown;

/** Changes every statement of a policy, or adds one. */
const statements =
  (place: Place, edit: (all: Resources[]) => Resources): Change =>
  (resources) => {
    const [type, name, argument] = TYPES[place];
    const given = resources[type]?.[name];
    if (given === undefined || given.count === 0) return false;
    const policy = JSON.parse(given[argument]);
    return Object.assign(given, { [argument]: JSON.stringify({ ...policy, Statement: edit(policy.Statement) }) });
  };

const withSid = (place: Place, sid: string) =>
  statements(place, ([first, ...rest]) => [{ ...first, Sid: sid }, ...rest]);

const denying = (resource: string) =>
  statements('managed', (all) => [...all, { Effect: 'Deny', Action: 'iam:*', Resource: resource }]);

const POLICY_ARN = 'arn:aws:iam::111122223333:policy/more';
const policyArns = (count: number, arn = POLICY_ARN) => Array.from({ length: count }, (_, index) => `${arn}${index}`);
const attaching =
  (count: number, arn = POLICY_ARN, role = '${aws_iam_role.vault.name}'): Change =>
  (resources) => {
    const named = role === 'NAME' ? resources.aws_iam_role.vault.name : role;
    for (const [index, policy_arn] of policyArns(count, arn).entries())
      resources.aws_iam_role_policy_attachment[`more${index}`] = { role: named, policy_arn };
  };
const listing =
  (argument: string, count: number): Change =>
  (resources) => {
    resources.aws_iam_role.vault[argument] = policyArns(count);
  };
const exclusively =
  (count: number): Change =>
  (resources) => {
    const all = { role_name: '${aws_iam_role.vault.name}', policy_arns: policyArns(count) };
    resources.aws_iam_role_policy_attachments_exclusive = { all };
  };

const inline =
  (...sizes: readonly number[]): Change =>
  (resources) => {
    resources[INLINE] = Object.fromEntries(
      sizes.map((size, index) => [
        `deny${index}`,
        { name: `deny${index}`, role: '${aws_iam_role.vault.name}', policy: JSON.stringify(padded(size)) },
      ]),
    );
  };

function padded(size: number) {
  const Resource = Array.from({ length: Math.ceil(size / 60) }, (_, index) =>
    `arn:aws:s3:::another-bucket-${index}-`.padEnd(60, 'x'),
  );
  return { Version: '2012-10-17', Statement: [{ Effect: 'Deny', Action: 's3:GetObject', Resource }] };
}

const growing = (place: Place, size: number, statement: Resources) =>
  statements(place, (all) => [
    ...all,
    { ...statement, Condition: { StringEquals: { 'aws:PrincipalTag/x': 'y'.repeat(size) } } },
  ]);

const set =
  (type: string, argument: string, value: unknown): Change =>
  (resources) => {
    const [given] = Object.values<Resources>(resources[type] ?? {});
    if (given === undefined || given.count === 0) return false;
    if (argument.endsWith('_prefix')) delete given.name;
    given[argument] = value;
  };

/** Beside what is there, unlike `set`. */
const beside =
  (type: string, given: object): Change =>
  (resources) => {
    const [first] = Object.values<Resources>(resources[type] ?? {});
    if (first === undefined || first.count === 0) return false;
    return Object.assign(first, given);
  };
const adding =
  (type: string, given: object): Change =>
  (resources) =>
    Object.assign(resources, { [type]: { ...resources[type], more: given } });

const VERSIONING = 'aws_s3_bucket_versioning';
const LIFECYCLE = 'aws_s3_bucket_lifecycle_configuration';
const boundary = (arn: string) => set('aws_iam_role', 'permissions_boundary', arn);
const EXPIRING = { noncurrent_version_expiration: [{ noncurrent_days: 30 }] };
const rules = (...all: readonly object[]) =>
  set(
    LIFECYCLE,
    'rule',
    all.map((one, index) => ({ id: `rule-${index}`, status: 'Enabled', filter: [{}], ...one })),
  );

const lock =
  (retention: object, more: object = {}): Change =>
  (resources) => {
    const backup = {
      bucket: '${aws_s3_bucket.backup.bucket}',
      rule: [{ default_retention: [{ mode: 'GOVERNANCE', ...retention }] }],
      ...more,
    };
    resources.aws_s3_bucket_object_lock_configuration = { backup };
  };

const DENY_ALL = { Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::other/*' };
const LONG = 'a'.repeat(129);

const KINDS: Readonly<Record<string, readonly (readonly [string, Change])[]>> = {
  'a policy that is too large': [
    ['a managed policy', growing('managed', 6144, { Effect: 'Deny', Action: 's3:GetObject', Resource: '*' })],
    [
      'a managed policy by a few characters',
      (all) =>
        growing('managed', 6500 - all.aws_iam_policy.s3.policy.length, {
          Effect: 'Deny',
          Action: 's3:GetObject',
          Resource: '*',
        })(all),
    ],
    ['a trust policy', growing('trust', 2048, { Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' })],
    [
      'a bucket policy',
      growing('bucket', 20_480, { Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: 'BUCKET/*' }),
    ],
    [
      'a bucket policy in letters of two bytes',
      (all) =>
        statements('bucket', (own) => [
          ...own,
          {
            Effect: 'Deny',
            Principal: '*',
            Action: 's3:GetObject',
            Resource: 'BUCKET/*',
            Condition: { StringEquals: { 'aws:PrincipalTag/x': 'é'.repeat(10_240) } },
          },
        ])(all),
    ],
    ['one inline policy', inline(10_400)],
    ['two inline policies together', inline(5300, 5300)],
    ['five inline policies together', inline(2100, 2100, 2100, 2100, 2100)],
    ['a key policy', growing('key', 32_768, { Effect: 'Deny', Principal: '*', Action: 'kms:Decrypt', Resource: '*' })],
    [
      'a trust policy by a few characters',
      (all) =>
        growing('trust', 2100 - all.aws_iam_role.vault.assume_role_policy.length, {
          ...{ Effect: 'Deny', Principal: '*', Action: 'sts:AssumeRole' },
        })(all),
    ],
    [
      'a bucket policy by a few bytes',
      (all) =>
        growing('bucket', 20_480 - all.aws_s3_bucket_policy.backup.policy.length, {
          ...{ Effect: 'Deny', Principal: '*', Action: 's3:GetObject', Resource: 'BUCKET/*' },
        })(all),
    ],
    [
      'inline policies of a role that is named in two ways',
      (all) => {
        inline(5300, 5300)(all);
        all[INLINE].deny1.role = all.aws_iam_role.vault.name;
      },
    ],
  ],
  'a Sid that IAM refuses': [
    ...['my-sid', 'my_sid', 'my sid', 'sid.', 'é', 'a:b', '1/2', 'a\tb'].map(
      (sid) => [`'${sid}' in a policy`, withSid('managed', sid)] as const,
    ),
    ['a hyphen in the trust policy', withSid('trust', 'let-host')],
  ],
  'an ARN that IAM refuses': [
    ['an unknown partition', denying('arn:awz:s3:::other')],
    ['no partition', denying('arn::s3:::other')],
    ['a partition in capitals', denying('arn:AWS:s3:::other')],
    ['a region of an IAM ARN', denying('arn:aws:iam:us-east-1:111122223333:role/x')],
    ['a region of an S3 ARN', denying('arn:aws:s3:us-east-2::other')],
    ['a region and an account of an S3 ARN', denying('arn:aws:s3:us-east-2:111122223333:other/*')],
    ['a wildcard in the type', denying('arn:aws:iam::111122223333:ro*')],
    ['a wildcard for the type', denying('arn:aws:iam::111122223333:*/x')],
    ['a question mark in the type', denying('arn:aws:iam::111122223333:rol?/x')],
    ['a type that there is none of', denying('arn:aws:iam::111122223333:roles/x')],
  ],
  'more policies than a role takes': [
    ['ten more attachments', attaching(10)],
    ['ten more attachments of AWS', attaching(10, 'arn:aws:iam::aws:policy/X')],
    ['attachments by the name as text', attaching(10, POLICY_ARN, 'NAME')],
    ['attachments by the id of the role', attaching(10, POLICY_ARN, '${aws_iam_role.vault.id}')],
    ['thirty more attachments', attaching(30)],
    ['a list of eleven in the role', listing('managed_policy_arns', 11)],
    ['a list of ten in the role beside the others', listing('managed_policy_arns', 10)],
    ['an exclusive list of eleven', exclusively(11)],
    ['an exclusive list of ten beside the others', exclusively(10)],
    [
      'ten more for several roles at once',
      (all) => {
        all.aws_iam_policy_attachment = Object.fromEntries(
          policyArns(10).map((policy_arn, index) => [
            `more${index}`,
            { name: `more${index}`, roles: ['${aws_iam_role.vault.name}'], policy_arn },
          ]),
        );
      },
    ],
  ],
  'a statement that its place refuses': [
    ['a bucket policy about another bucket', statements('bucket', (all) => [...all, DENY_ALL])],
    ['a bucket policy about every bucket', statements('bucket', (all) => [...all, { ...DENY_ALL, Resource: '*' }])],
    [
      'a bucket policy with an action of KMS',
      statements('bucket', (all) => [...all, { ...DENY_ALL, Action: 'kms:Decrypt', Resource: 'BUCKET/*' }]),
    ],
    [
      'a bucket policy with an action of IAM',
      statements('bucket', (all) => [
        ...all,
        { ...DENY_ALL, Action: ['s3:GetObject', 'iam:GetRole'], Resource: 'BUCKET/*' },
      ]),
    ],
    [
      'an action on objects of the bucket alone',
      statements('bucket', (all) => [...all, { ...DENY_ALL, Resource: 'BUCKET' }]),
    ],
    [
      'an action on the bucket of its objects alone',
      statements('bucket', (all) => [...all, { ...DENY_ALL, Action: 's3:ListBucket', Resource: 'BUCKET/*' }]),
    ],
    ...[
      ['s3:GetObject', 'BUCKET/*'],
      [['s3:GetBucketVersioning', 's3:GetBucketLocation'], 'BUCKET'],
    ].map(
      ([Action, Resource]) =>
        [
          `a condition that no request has: ${Action}`,
          statements('bucket', (all) => [
            ...all,
            { ...DENY_ALL, Action, Resource, Condition: { StringLike: { 's3:prefix': 'x' } } },
          ]),
        ] as const,
    ),
    [
      'a trust policy with an action of S3',
      statements('trust', (all) => [...all, { Effect: 'Deny', Principal: '*', Action: 's3:GetObject' }]),
    ],
    [
      'a trust policy with every action',
      statements('trust', (all) => [...all, { Effect: 'Deny', Principal: '*', Action: '*' }]),
    ],
    [
      'a bucket policy about a bucket that begins alike',
      statements('bucket', (all) => [...all, { ...DENY_ALL, Resource: 'BUCKET-more/*' }]),
    ],
    [
      'a bucket policy about this bucket and another',
      statements('bucket', (all) => [...all, { ...DENY_ALL, Resource: ['BUCKET/*', 'arn:aws:s3:::other/*'] }]),
    ],
    [
      'a bucket policy about all but another bucket',
      statements('bucket', (all) => [
        ...all,
        { Effect: 'Deny', Principal: '*', Action: 's3:GetObject', NotResource: 'arn:aws:s3:::other/*' },
      ]),
    ],
    [
      'a bucket policy with all actions but one of IAM',
      statements('bucket', (all) => [
        ...all,
        { Effect: 'Deny', Principal: '*', NotAction: 'iam:GetRole', Resource: 'BUCKET/*' },
      ]),
    ],
    ...['s3:x-acl', 's3:TLSVersion2', 'kms:Nobody', 'sts:Nobody'].map(
      (key) =>
        [
          `a bucket policy that asks for '${key}'`,
          statements('bucket', (all) => [
            ...all,
            { ...DENY_ALL, Resource: 'BUCKET/*', Condition: { StringEquals: { [key]: 'x' } } },
          ]),
        ] as const,
    ),
    [
      'a trust policy with actions of STS and of S3',
      statements('trust', (all) => [
        ...all,
        { Effect: 'Deny', Principal: '*', Action: ['sts:AssumeRole', 's3:GetObject'] },
      ]),
    ],
  ],
  'a name or a number that AWS refuses': [
    ['a role of 65 characters', set('aws_iam_role', 'name', 'r'.repeat(65))],
    ['a prefix of a role of 39 characters', set('aws_iam_role', 'name_prefix', 'r'.repeat(39))],
    ['a role with a space', set('aws_iam_role', 'name', 'vault role')],
    ['a path without its last slash', set('aws_iam_role', 'path', '/vault')],
    ['a policy with a path that roles alone take', set('aws_iam_policy', 'path', '/va:ult/')],
    ['a path of 513 characters', set('aws_iam_role', 'path', `/${'p'.repeat(511)}/`)],
    ['a session of 13 hours', set('aws_iam_role', 'max_session_duration', 46_800)],
    ['a policy of 129 characters', set('aws_iam_policy', 'name', LONG)],
    ['a policy with a slash', set('aws_iam_policy', 'name', 'vault/s3')],
    ['an instance profile of 129 characters', set('aws_iam_instance_profile', 'name', LONG)],
    ['an alias of AWS', set('aws_kms_alias', 'name', 'alias/aws/s3')],
    ['an alias without its prefix', set('aws_kms_alias', 'name', 'vault')],
    ['a key that waits six days', set('aws_kms_key', 'deletion_window_in_days', 6)],
    ['a rotation of 89 days', set('aws_kms_key', 'rotation_period_in_days', 89)],
    ['a bucket in capitals', set('aws_s3_bucket', 'bucket', 'Vault')],
    ['a bucket of 64 characters', set('aws_s3_bucket', 'bucket', 'b'.repeat(64))],
  ],
  'arguments that exclude each other': [
    ['a bucket with a prefix', beside('aws_s3_bucket', { bucket_prefix: 'vault-' })],
    ['a bucket with an empty prefix', beside('aws_s3_bucket', { bucket_prefix: '' })],
    [
      'a bucket with a lock in two ways',
      beside('aws_s3_bucket', { object_lock_enabled: false, object_lock_configuration: [{}] }),
    ],
    ['a role with a prefix', beside('aws_iam_role', { name_prefix: 'vault-' })],
    ['a policy with a prefix', beside('aws_iam_policy', { name_prefix: 'vault-' })],
    ['an instance profile with a prefix', beside('aws_iam_instance_profile', { name_prefix: 'vault-' })],
    ['an alias with a prefix', beside('aws_kms_alias', { name_prefix: 'alias/vault-' })],
    [
      'an inline policy with a prefix',
      adding(INLINE, { name: 'a', name_prefix: 'b', role: '${aws_iam_role.vault.name}', policy: '{}' }),
    ],
    ['user data in two forms', adding('aws_instance', { user_data: 'a', user_data_base64: 'YQ==' })],
    ['processors in two places', adding('aws_instance', { cpu_core_count: 1, cpu_options: { core_count: 1 } })],
    [
      'an instance profile by ARN and by name',
      adding('aws_launch_template', {
        iam_instance_profile: { arn: 'arn:aws:iam::111122223333:instance-profile/x', name: 'x' },
      }),
    ],
    [
      'names of logs in two forms',
      adding('aws_s3_bucket_logging', {
        target_object_key_format: { partitioned_prefix: { partition_date_source: 'EventTime' }, simple_prefix: [{}] },
      }),
    ],
  ],
  'a setting of another account': [
    ...['444455556666', '11112222333', 'acme', '111122223334'].map(
      (owner) => [`versioning that expects ${owner}`, set(VERSIONING, 'expected_bucket_owner', owner)] as const,
    ),
    ['a lifecycle that expects another owner', set(LIFECYCLE, 'expected_bucket_owner', '444455556666')],
    ['logs that expect another owner', set('aws_s3_bucket_logging', 'expected_bucket_owner', '444455556666')],
    ['a boundary of another account', boundary('arn:aws:iam::444455556666:policy/boundary')],
    ['a boundary of another partition', boundary('arn:aws-us-gov:iam::aws:policy/PowerUserAccess')],
    ['a boundary that is a role', boundary('arn:aws:iam::111122223333:role/boundary')],
    ['a boundary by its name', boundary('boundary')],
  ],
  'a lock that S3 refuses': [
    ['days and years', lock({ days: 1, years: 1 })],
    ['a mode in small letters', lock({ mode: 'governance', days: 1 })],
    ['a mode of tomorrow', lock({ mode: 'FOREVER', days: 1 })],
    ['no mode', lock({ mode: undefined, days: 1 })],
    ['days below none', lock({ days: -1 })],
    ['half a day', lock({ days: 0.5 })],
    ['no day as text', lock({ days: '0' })],
    ['more than a hundred years', lock({ years: 101 })],
    ['more days than a hundred years have', lock({ days: 36_501 })],
    ['a switch in small letters', lock({ days: 1 }, { object_lock_enabled: 'enabled' })],
    ['a switch that is off', lock({ days: 1 }, { object_lock_enabled: 'Disabled' })],
  ],
  'a lifecycle that S3 refuses': [
    ['two rules of one name', rules({ id: 'a', ...EXPIRING }, { id: 'a', ...EXPIRING })],
    ['a name of 256 characters', rules({ id: 'i'.repeat(256), ...EXPIRING })],
    ['versions of no day', rules({ noncurrent_version_expiration: [{ noncurrent_days: 0 }] })],
    ['versions of no day as text', rules({ noncurrent_version_expiration: [{ noncurrent_days: '0' }] })],
    ['uploads of no day', rules({ abort_incomplete_multipart_upload: { days_after_initiation: 0 } })],
    ['uploads of a day less than none', rules({ abort_incomplete_multipart_upload: [{ days_after_initiation: -1 }] })],
    ['objects of no day', rules({ expiration: [{ days: 0 }] })],
    ['a status in small letters', rules({ ...EXPIRING, status: 'enabled' })],
    ['a status of tomorrow', rules({ ...EXPIRING, status: 'Paused' })],
    ['no status', rules({ ...EXPIRING, status: undefined })],
  ],
};

/** Stacks with something that AWS or the provider would refuse. */
export function refusedMutants(text: string): readonly SlippingMutant[] {
  return Object.entries(KINDS).flatMap(([kind, rows]) =>
    rows.flatMap(([name, change]) => {
      const stack = JSON.parse(text);
      const bucket = stack.resource.aws_s3_bucket.backup.bucket;
      if (change(stack.resource) === false) return [];
      return [{ kind, name, rule: RULE, text: JSON.stringify(stack).replaceAll('BUCKET', `arn:aws:s3:::${bucket}`) }];
    }),
  );
}
