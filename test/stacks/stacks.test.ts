import { backupEnvironmentSchema } from '../../lib/backup-environment/schema';
import type { Environment } from '../../lib/config/environment';
import { EXAMPLES, FIXTURES, loadExample } from '../support/examples';
import { synthesizeNow } from '../support/synthesize-now';
import type { SynthesizedStack } from '../support/synthesized-stack';

const BUCKET = [
  'aws_s3_bucket.backup',
  'aws_s3_bucket_lifecycle_configuration.backup',
  'aws_s3_bucket_ownership_controls.backup',
  'aws_s3_bucket_policy.backup',
  'aws_s3_bucket_public_access_block.backup',
  'aws_s3_bucket_server_side_encryption_configuration.backup',
  'aws_s3_bucket_versioning.backup',
];
const ROLE = [
  'aws_iam_instance_profile.vault',
  'aws_iam_policy.s3',
  'aws_iam_role.vault',
  'aws_iam_role_policy_attachment.s3',
];
const KEY_POLICY = ['aws_iam_policy.kms', 'aws_iam_role_policy_attachment.kms'];
const KEY = ['aws_kms_alias.backup', 'aws_kms_key.backup'];
const LOGGING = 'aws_s3_bucket_logging.backup';

const aes256 = synthesizeNow(loadExample(EXAMPLES, 'aes-256'));
const awsKms = synthesizeNow(loadExample(EXAMPLES, 'aws-kms'));
const existingKey = synthesizeNow(loadExample(FIXTURES, 'existing-key'));
const everyOption = synthesizeNow(loadExample(FIXTURES, 'every-option'));
const formerKeys = synthesizeNow(loadExample(FIXTURES, 'former-keys'));

test.each([
  { name: 'AES-256', stack: aes256, addresses: [...BUCKET, ...ROLE, LOGGING] },
  {
    name: 'AES-256 with keys of earlier backups',
    stack: formerKeys,
    addresses: [...BUCKET, ...ROLE, ...KEY_POLICY, ...KEY, LOGGING],
  },
  {
    name: 'AWS-KMS with a created key',
    stack: awsKms,
    addresses: [...BUCKET, ...ROLE, ...KEY_POLICY, ...KEY, LOGGING],
  },
  { name: 'AWS-KMS with an existing key', stack: existingKey, addresses: [...BUCKET, ...ROLE, ...KEY_POLICY] },
  {
    name: 'every option',
    stack: everyOption,
    addresses: [...BUCKET, ...ROLE, ...KEY_POLICY, ...KEY, LOGGING, 'aws_s3_bucket_object_lock_configuration.backup'],
  },
])('creates exactly these resources with $name, at addresses that never change', ({ stack, addresses }) => {
  expect(stack.addresses()).toEqual([...addresses].sort());
});

test('encrypts with keys of S3 under AES-256, and with the created or the named key under AWS-KMS', () => {
  const rule = (stack: SynthesizedStack) =>
    stack.resource('aws_s3_bucket_server_side_encryption_configuration.backup').rule;
  const kms = (keyArn: string) => [
    {
      apply_server_side_encryption_by_default: { sse_algorithm: 'aws:kms', kms_master_key_id: keyArn },
      bucket_key_enabled: true,
    },
  ];
  expect(rule(aes256)).toEqual([{ apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } }]);
  expect(rule(awsKms)).toEqual(kms('${aws_kms_key.backup.arn}'));
  expect(rule(existingKey)).toEqual(
    kms('arn:aws-us-gov:kms:us-gov-west-1:444455556666:key/1234abcd-12ab-34cd-56ef-1234567890ab'),
  );
});

test('blocks public access, switches ACLs off and keeps versions', () => {
  expect(aes256.resource('aws_s3_bucket_public_access_block.backup')).toEqual({
    bucket: '${aws_s3_bucket.backup.bucket}',
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  });
  expect(aes256.resource('aws_s3_bucket_ownership_controls.backup').rule).toEqual({
    object_ownership: 'BucketOwnerEnforced',
  });
  expect(aes256.resource('aws_s3_bucket_versioning.backup').versioning_configuration).toEqual({ status: 'Enabled' });
});

test('never expires or moves a current object', () => {
  expect(everyOption.resource('aws_s3_bucket_lifecycle_configuration.backup').rule).toEqual([
    {
      id: 'abort-incomplete-uploads',
      status: 'Enabled',
      filter: [{}],
      abort_incomplete_multipart_upload: [{ days_after_initiation: 3 }],
    },
    {
      id: 'expire-noncurrent-versions',
      status: 'Enabled',
      filter: [{}],
      noncurrent_version_expiration: [{ noncurrent_days: 90 }],
      expiration: [{ expired_object_delete_marker: true }],
    },
  ]);
});

test('guards bucket and key against destruction, unless the environment may be thrown away', () => {
  const guards = (stack: SynthesizedStack) =>
    ['aws_s3_bucket.backup', 'aws_kms_key.backup'].map((address) => stack.resource(address).lifecycle);
  expect(guards(awsKms)).toEqual([{ prevent_destroy: true }, { prevent_destroy: true }]);
  expect(guards(everyOption)).toEqual([{ prevent_destroy: false }, { prevent_destroy: false }]);
  expect(awsKms.resource('aws_s3_bucket.backup').force_destroy).toBe(false);
});

/** Synthesizes an example with other keys of its file. */
function changed(name: string, change: Partial<Environment>): SynthesizedStack {
  return synthesizeNow({ ...loadExample(EXAMPLES, name), ...change });
}

const KEY_GUARD = 'aws_kms_key.backup';
const LOCK_GUARD = 'aws_s3_bucket_object_lock_configuration.backup';

test.each([
  { name: 'no key, and no lock', stack: aes256, guarded: [KEY_GUARD, LOCK_GUARD] },
  { name: 'an existing key', stack: existingKey, guarded: [KEY_GUARD, LOCK_GUARD] },
  { name: 'a created key', stack: awsKms, guarded: [LOCK_GUARD] },
  { name: 'a created key of earlier backups', stack: formerKeys, guarded: [LOCK_GUARD] },
  {
    name: 'a created key that is given up',
    stack: changed('aes-256', { encryption: { method: 'AES-256', former: [], givenUp: ['created'] } }),
    guarded: [LOCK_GUARD],
  },
  {
    name: 'a lock',
    stack: changed('aes-256', { objectLock: { mode: 'GOVERNANCE', retentionDays: 1, ended: false } }),
    guarded: [KEY_GUARD],
  },
  { name: 'nothing to keep', stack: changed('aes-256', { deletionProtection: false }), guarded: [] },
])('with $name, refuses plans that would destroy things an earlier file made: $guarded', ({ stack, guarded }) => {
  expect(stack.guarded()).toEqual(guarded);
});

test('lets go of a created key that is given up, and never destroys it', () => {
  const stack = changed('aes-256', { encryption: { method: 'AES-256', former: [], givenUp: ['created'] } });
  expect(stack.removed).toEqual([
    { from: 'aws_kms_alias.backup', lifecycle: { destroy: false } },
    { from: 'aws_kms_key.backup', lifecycle: { destroy: false } },
  ]);
  expect(stack.addresses()).toEqual(aes256.addresses());
});

test('keeps a former key readable for the role, and no longer writes with it', () => {
  const [read, ...others] = formerKeys.statements('aws_iam_policy.kms');
  expect(others).toEqual([]);
  expect(read).toMatchObject({
    Sid: 'ReadWithFormerKeysThroughS3',
    Action: ['kms:Decrypt'],
    Resource: [
      '${aws_kms_key.backup.arn}',
      'arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    ],
  });
  expect(formerKeys.statements('aws_kms_key.backup')[1]).toMatchObject({ Action: ['kms:Decrypt'] });
  expect(formerKeys.output.aws.formerKeyArns).toEqual(read?.Resource);
});

test('ends the default retention of a lock without destroying its configuration', () => {
  const stack = changed('aes-256', { objectLock: { mode: 'COMPLIANCE', retentionDays: 1, ended: true } });
  expect(stack.resource(LOCK_GUARD)).toEqual({
    bucket: '${aws_s3_bucket.backup.bucket}',
    depends_on: ['aws_s3_bucket_versioning.backup'],
    lifecycle: { prevent_destroy: true },
  });
});

test('creates a rotated key with the longest deletion window and an alias', () => {
  const { policy: _policy, ...key } = awsKms.resource('aws_kms_key.backup');
  expect(key).toEqual({
    description: 'Vault backup environment aws-kms',
    enable_key_rotation: true,
    deletion_window_in_days: 30,
    lifecycle: { prevent_destroy: true },
  });
  expect(awsKms.resource('aws_kms_alias.backup').name).toBe('alias/vault-backup-aws-kms');
});

test('passes every option on to its resource', () => {
  expect(everyOption.resource('aws_s3_bucket_logging.backup')).toMatchObject({
    target_bucket: 'example-access-logs',
    target_prefix: 'vault/',
  });
  // On the bucket itself the argument would replace the bucket once it exists.
  expect(everyOption.resource('aws_s3_bucket.backup').object_lock_enabled).toBeUndefined();
  expect(everyOption.resource('aws_s3_bucket_object_lock_configuration.backup').rule).toEqual({
    default_retention: { mode: 'GOVERNANCE', days: 14 },
  });
  expect(everyOption.resource('aws_iam_role.vault')).toMatchObject({
    path: '/vault/',
    permissions_boundary: 'arn:aws:iam::111122223333:policy/vault-limits',
  });
  expect(everyOption.provider.default_tags).toEqual([
    { tags: { team: 'platform', 'vault-backup-environment': 'every-option' } },
  ]);
});

test('lets a plan show every policy argument, except those of a created key', () => {
  const unknown = [aes256, awsKms, existingKey, everyOption].map((stack) =>
    stack
      .addresses()
      .filter((address) => {
        const { policy, assume_role_policy: trust } = stack.resource(address);
        return /\$\{/.test(`${policy ?? ''}${trust ?? ''}`);
      })
      .join(),
  );
  expect(unknown).toEqual(['', 'aws_iam_policy.kms', '', 'aws_iam_policy.kms']);
});

test('pins Terraform, provider, account and region, and keeps local state outside cdktf.out', () => {
  expect(aes256.terraform).toEqual({
    backend: { local: { path: '../../../terraform.aes-256.tfstate' } },
    required_providers: {
      aws: {
        source: 'hashicorp/aws',
        version: expect.stringMatching(/^>= 5\.100\.0, < 7\.0\.0, != 6\.22\.0, .*, != 6\.39\.1$/),
      },
    },
  });
  expect(aes256.versions).toBe('terraform {\n  required_version = ">= 1.7.0"\n}\n');
  expect(aes256.provider).toMatchObject({ region: 'us-east-2', allowed_account_ids: ['111122223333'] });
});

test.each([
  {
    name: 'a bucket',
    state: { s3: { bucket: 'state' } },
    backend: {
      backend: {
        s3: { bucket: 'state', key: 'aes-256.tfstate', region: 'us-east-2', encrypt: true, use_lockfile: true },
      },
    },
  },
  {
    name: 'a bucket elsewhere, with a key',
    state: { s3: { bucket: 'state', prefix: 'vault/', region: 'eu-west-1', kmsKey: 'arn:aws:kms:eu-west-1:1:key/k' } },
    backend: {
      backend: {
        s3: {
          bucket: 'state',
          key: 'vault/aes-256.tfstate',
          region: 'eu-west-1',
          encrypt: true,
          kms_key_id: 'arn:aws:kms:eu-west-1:1:key/k',
          use_lockfile: true,
        },
      },
    },
  },
  {
    name: 'a workspace',
    state: { cloud: { organization: 'acme' } },
    backend: { cloud: { organization: 'acme', workspaces: { name: 'vault-backup-aes-256' } } },
  },
  {
    name: 'a workspace of another host',
    state: { cloud: { organization: 'acme', workspace: 'w', hostname: 'tfe.acme.example' } },
    backend: { cloud: { organization: 'acme', workspaces: { name: 'w' }, hostname: 'tfe.acme.example' } },
  },
])('keeps its state in $name, as its file says', ({ state, backend }) => {
  const stack = synthesizeNow({ ...loadExample(EXAMPLES, 'aes-256'), state });
  const { required_providers: _providers, ...declared } = stack.terraform;
  expect(declared).toEqual(backend);
  const oldest = 's3' in state ? '1.10.0' : '1.7.0';
  expect(stack.versions).toBe(`terraform {\n  required_version = ">= ${oldest}"\n}\n`);
});

test('has only objects in its terraform block, as scanners of JSON expect', () => {
  for (const stack of [aes256, awsKms, existingKey, everyOption]) {
    expect(Object.entries(stack.terraform).filter(([, member]) => typeof member !== 'object')).toEqual([]);
  }
});

test('holds no access key, user or inline policy', () => {
  for (const stack of [aes256, awsKms, existingKey, everyOption]) {
    expect(stack.text).not.toMatch(/aws_iam_(user|access_key|role_policy")|AKIA|secret_key/);
  }
});

test('has an output that becomes a valid config once it has evidence', () => {
  const evidence = { stackSha256: '0'.repeat(64) };
  const arn = 'arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
  for (const stack of [aes256, awsKms, existingKey, everyOption]) {
    const applied = JSON.parse(JSON.stringify(stack.output).replaceAll('${aws_kms_key.backup.arn}', arn));
    expect(backupEnvironmentSchema.parse({ ...applied, evidence })).toEqual({ ...applied, evidence });
  }
});

test('gives the same bytes every time', () => {
  expect(synthesizeNow(loadExample(EXAMPLES, 'aws-kms')).text).toBe(awsKms.text);
});

describe('an existing thing that is taken over', () => {
  const adopted = synthesizeNow(loadExample(FIXTURES, 'adopted'));
  const ROLE_NAME = 'vault-backup-of-earlier-days';
  const policyArn = (service: string) => `arn:aws:iam::111122223333:policy/${ROLE_NAME}-${service}`;

  test('is imported in the stack itself, under the name that AWS has for it', () => {
    const blocks: readonly { to: string; id: string }[] = JSON.parse(adopted.text).import;
    const ofBucket = blocks.filter(({ id }) => id === 'example-vault-adopted').map(({ to }) => to);
    expect(ofBucket.sort()).toEqual(adopted.addresses().filter((address) => address.startsWith('aws_s3_bucket')));
    expect(blocks.filter(({ to }) => !ofBucket.includes(to))).toEqual([
      { to: 'aws_kms_key.backup', id: '1234abcd-12ab-34cd-56ef-1234567890ab' },
      { to: 'aws_kms_alias.backup', id: `alias/${ROLE_NAME}` },
      { to: 'aws_iam_role.vault', id: ROLE_NAME },
      { to: 'aws_iam_instance_profile.vault', id: ROLE_NAME },
      { to: 'aws_iam_policy.s3', id: policyArn('s3') },
      { to: 'aws_iam_policy.kms', id: policyArn('kms') },
      { to: 'aws_iam_role_policy_attachment.s3', id: `${ROLE_NAME}/${policyArn('s3')}` },
      { to: 'aws_iam_role_policy_attachment.kms', id: `${ROLE_NAME}/${policyArn('kms')}` },
    ]);
  });

  test('has, as a role, the policies of the stack and no others', () => {
    expect(adopted.resource('aws_iam_role_policies_exclusive.vault').policy_names).toEqual([]);
    expect(adopted.resource('aws_iam_role_policy_attachments_exclusive.vault').policy_arns).toEqual([
      '${aws_iam_policy.s3.arn}',
      '${aws_iam_policy.kms.arn}',
    ]);
    expect(awsKms.addresses().filter((address) => address.includes('exclusive'))).toEqual([]);
  });

  test('is managed, as a key, like a created one, while any other existing key is left alone', () => {
    const keyOf = (stack: SynthesizedStack) => stack.addresses().filter((address) => address.startsWith('aws_kms'));
    expect(keyOf(adopted)).toEqual(KEY);
    expect(keyOf(existingKey)).toEqual([]);
    expect(JSON.parse(adopted.text).output.backup_environment.value.form.masterKey).toBe('${aws_kms_key.backup.arn}');
  });
});
