import { lockOuts } from '../../lib/constructs/deployer-access';
import { ec2TrustPolicy } from '../../lib/hosts/ec2/trust-policy';
import { type AccessRequest, type Decision, evaluate, type Principal, parsePolicy } from '../../lib/iam';
import { type BucketEncryption, bucketPolicy } from '../../lib/policy/bucket-policy';
import type { Capability } from '../../lib/policy/capabilities';
import { type PolicyDocument, policyDocument } from '../../lib/policy/document';
import { kmsIdentityPolicy, s3IdentityPolicy } from '../../lib/policy/identity-policies';
import { keyPolicy } from '../../lib/policy/key-policy';
import { allowedActions } from '../../lib/policy/permission-profile';
import { dnsSuffix, roleArn } from '../../lib/policy/resource-names';

const TARGET = {
  name: 'acme',
  partition: 'aws',
  account: '111122223333',
  region: 'us-east-2',
  bucket: 'acme-vault',
  rolePath: '/',
};
const KEY = 'arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const OTHER_KEY = KEY.replace('1234abcd', 'ffffffff');
const FOREIGN_KEY = KEY.replace('111122223333', '444455556666');
const BUCKET = 'arn:aws:s3:::acme-vault';

const ROLE: Principal = {
  kind: 'role-session',
  account: '111122223333',
  arn: 'arn:aws:sts::111122223333:assumed-role/vault-backup-acme/i-0abc',
  roleArn: roleArn(TARGET),
  userId: 'AROAEXAMPLE:i-0abc',
};

interface Question {
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string>>;
  readonly capabilities?: readonly Capability[];
  readonly encryption?: BucketEncryption;
  readonly owner?: string;
}

/** Asks for the role in S3, over the role's policy and the bucket policy, over TLS unless `context` says otherwise. */
function askS3({ action, resource, context = {}, owner = '111122223333', ...rest }: Question): Decision {
  const { capabilities = ['backup', 'versioning'], encryption = { method: 'AES-256' } } = rest;
  const request: AccessRequest = {
    principal: ROLE,
    action,
    resource,
    resourceAccount: owner,
    context: {
      'aws:SecureTransport': 'true',
      's3:TlsVersion': '1.3',
      'aws:ResourceAccount': owner,
      'aws:PrincipalArn': roleArn(TARGET),
      ...context,
    },
  };
  return evaluate(request, {
    identity: [parsePolicy(s3IdentityPolicy(TARGET, capabilities), 's3', { kind: 'identity' })],
    resource: parsePolicy(bucketPolicy(TARGET, encryption), 'bucket policy', { kind: 'resource' }),
  });
}

const ALGORITHM = 's3:x-amz-server-side-encryption';
const KEY_HEADER = 's3:x-amz-server-side-encryption-aws-kms-key-id';
const PUT = { action: 's3:PutObject', resource: `${BUCKET}/backup/1.gz` };
const CREATED_KEY: BucketEncryption = { method: 'AWS-KMS' };
const EXISTING_KEY: BucketEncryption = { method: 'AWS-KMS', keyArn: KEY };

test.each([
  ...allowedActions(TARGET, ['backup', 'versioning'], {}).map(({ action, resource }) => ({
    name: `${action} on what it is granted on`,
    question: { action, resource: resource.replace('*', 'probe') },
  })),
  { name: 'an upload without an encryption header', question: { ...PUT, encryption: CREATED_KEY } },
  { name: 'an upload that names the right algorithm', question: { ...PUT, context: { [ALGORITHM]: 'AES256' } } },
  {
    name: 'an upload that names the existing key',
    question: { ...PUT, encryption: EXISTING_KEY, context: { [ALGORITHM]: 'aws:kms', [KEY_HEADER]: KEY } },
  },
  {
    name: 'an upload that names a key of the account when the key is created with the bucket',
    question: { ...PUT, encryption: CREATED_KEY, context: { [ALGORITHM]: 'aws:kms', [KEY_HEADER]: KEY } },
  },
])('the role may do $name', ({ question }) => {
  expect(askS3(question).result).toBe('allowed');
});

test.each([
  { name: 'plain HTTP', by: 'DenyPlainHttp', question: { ...PUT, context: { 'aws:SecureTransport': 'false' } } },
  {
    name: 'plain HTTP on the bucket itself',
    by: 'DenyPlainHttp',
    question: { action: 's3:ListBucket', resource: BUCKET, context: { 'aws:SecureTransport': 'false' } },
  },
  { name: 'TLS 1.1', by: 'DenyOldTls', question: { ...PUT, context: { 's3:TlsVersion': '1.1' } } },
  {
    name: 'aws:kms where S3 manages the keys',
    by: 'DenyWrongEncryption',
    question: { ...PUT, context: { [ALGORITHM]: 'aws:kms' } },
  },
  {
    name: 'AES256 where a key is used',
    by: 'DenyWrongEncryption',
    question: { ...PUT, encryption: CREATED_KEY, context: { [ALGORITHM]: 'AES256' } },
  },
  {
    name: 'a foreign key where the key is created with the bucket',
    by: 'DenyWrongKey',
    question: { ...PUT, encryption: CREATED_KEY, context: { [ALGORITHM]: 'aws:kms', [KEY_HEADER]: FOREIGN_KEY } },
  },
  {
    name: 'another key of the account where the key exists',
    by: 'DenyWrongKey',
    question: { ...PUT, encryption: EXISTING_KEY, context: { [ALGORITHM]: 'aws:kms', [KEY_HEADER]: OTHER_KEY } },
  },
  {
    name: 'a key that the caller provides',
    by: 'DenyCustomerProvidedKeys',
    question: { ...PUT, context: { 's3:x-amz-server-side-encryption-customer-algorithm': 'AES256' } },
  },
])('the bucket policy refuses $name', ({ by, question }) => {
  expect(askS3(question)).toEqual({
    result: 'explicitly-denied',
    by: [{ layer: 'resource', policy: 'bucket policy', statement: by }],
  });
});

test.each([
  { name: 'read another bucket', question: { action: 's3:GetObject', resource: 'arn:aws:s3:::other/backup' } },
  {
    name: 'reach a bucket of the same name in another account',
    question: { ...PUT, owner: '444455556666' },
  },
  { name: 'read the bucket policy', question: { action: 's3:GetBucketPolicy', resource: BUCKET } },
  { name: 'change the bucket policy', question: { action: 's3:PutBucketPolicy', resource: BUCKET } },
  { name: 'set an ACL', question: { action: 's3:PutObjectAcl', resource: PUT.resource } },
  { name: 'suspend versioning', question: { action: 's3:PutBucketVersioning', resource: BUCKET } },
  { name: 'read a version of a backup by its id', question: { action: 's3:GetObjectVersion', resource: PUT.resource } },
  { name: 'wipe a version of a backup', question: { action: 's3:DeleteObjectVersion', resource: PUT.resource } },
  { name: 'list the buckets', question: { action: 's3:ListAllMyBuckets', resource: '*' } },
  {
    name: 'read versioning without the capability',
    question: { action: 's3:GetBucketVersioning', resource: BUCKET, capabilities: ['backup' as const] },
  },
])('the role may not $name', ({ question }) => {
  expect(askS3(question).result).toBe('implicitly-denied');
});

test.each([
  { capability: 'manage-versioning' as const, action: 's3:PutBucketVersioning', resource: BUCKET },
  { capability: 'read-versions' as const, action: 's3:GetObjectVersion', resource: PUT.resource },
  { capability: 'purge-versions' as const, action: 's3:DeleteObjectVersion', resource: PUT.resource },
  { capability: 'list-buckets' as const, action: 's3:ListAllMyBuckets', resource: '*' },
])('$capability adds $action', ({ capability, action, resource }) => {
  expect(askS3({ action, resource, capabilities: ['backup', 'versioning', capability] }).result).toBe('allowed');
});

test('grants no action twice, and verification nothing that a capability grants already', () => {
  const all = allowedActions(TARGET, ['backup', 'versioning', 'purge-versions'], {});
  const pairs = all.map(({ action, resource }) => `${action} ${resource}`);
  expect(new Set(pairs).size).toBe(pairs.length);
  expect(pairs.filter((pair) => pair.startsWith('s3:DeleteObjectVersion'))).toEqual([
    `s3:DeleteObjectVersion ${BUCKET}/*`,
  ]);
});

const THROUGH_S3 = { 'kms:ViaService': 's3.us-east-2.amazonaws.com', 'kms:EncryptionContext:aws:s3:arn': BUCKET };
const ADMINISTRATOR = {
  kind: 'user' as const,
  account: '111122223333',
  arn: 'arn:aws:iam::111122223333:user/admin',
  userId: 'AIDAEXAMPLE',
};
const EVERYTHING = policyDocument([{ Sid: 'Everything', Effect: 'Allow', Action: '*', Resource: '*' }]);

/** Asks KMS for `principal`, over its own policy and the key policy. */
function askKms(principal: Principal, action: string, context: Readonly<Record<string, string>>, keyArn = KEY) {
  const isRole = principal.kind === 'role-session';
  const identity: PolicyDocument = isRole ? kmsIdentityPolicy(TARGET, { current: KEY }) : EVERYTHING;
  const principalArn = isRole ? principal.roleArn : ADMINISTRATOR.arn;
  return evaluate(
    {
      principal,
      action,
      resource: keyArn,
      resourceAccount: '111122223333',
      context: { 'aws:PrincipalArn': principalArn, ...context },
    },
    {
      identity: [parsePolicy(identity, 'kms', { kind: 'identity' })],
      key: parsePolicy(keyPolicy(TARGET), 'key policy', { kind: 'resource' }),
    },
  ).result;
}

test.each([
  ['decrypts through S3 for this bucket', 'kms:Decrypt', THROUGH_S3, 'allowed'],
  ['gets data keys through S3 for this bucket', 'kms:GenerateDataKey', THROUGH_S3, 'allowed'],
  ['does not use the key directly', 'kms:Decrypt', {}, 'implicitly-denied'],
  [
    'does not use the key through S3 of another region',
    'kms:Decrypt',
    { ...THROUGH_S3, 'kms:ViaService': 's3.us-east-1.amazonaws.com' },
    'implicitly-denied',
  ],
  [
    'does not use the key for another bucket',
    'kms:Decrypt',
    { ...THROUGH_S3, 'kms:EncryptionContext:aws:s3:arn': 'arn:aws:s3:::other' },
    'implicitly-denied',
  ],
  [
    'does not use the key with an object as context, which bucket keys never send',
    'kms:Decrypt',
    { ...THROUGH_S3, 'kms:EncryptionContext:aws:s3:arn': `${BUCKET}/backup` },
    'implicitly-denied',
  ],
  ['does not encrypt', 'kms:Encrypt', THROUGH_S3, 'implicitly-denied'],
  ['does not create grants', 'kms:CreateGrant', THROUGH_S3, 'implicitly-denied'],
  ['does not read the key policy', 'kms:GetKeyPolicy', {}, 'implicitly-denied'],
])('the role %s', (_claim, action, context, result) => {
  expect(askKms(ROLE, action, context)).toBe(result);
});

test('the role uses no other key', () => {
  expect(askKms(ROLE, 'kms:Decrypt', THROUGH_S3, OTHER_KEY)).toBe('implicitly-denied');
});

test.each([
  { name: 'a protected key', use: { isCurrent: true, deletionProtection: true }, expected: [] },
  {
    name: 'a key that may be thrown away',
    use: { isCurrent: true, deletionProtection: false },
    expected: ['kms:ScheduleKeyDeletion'],
  },
])("the account's administrator may delete $name: $expected", ({ use, expected }) => {
  const all = keyPolicy(TARGET, use).Statement.flatMap(({ Action }) => [Action ?? []].flat());
  expect(all.filter((action) => action === 'kms:ScheduleKeyDeletion')).toEqual(expected);
});

test('with a key of earlier backups, the role reads and nothing else', () => {
  const statements = (document: PolicyDocument) => document.Statement.map(({ Sid, Action }) => [Sid, Action]);
  expect(statements(kmsIdentityPolicy(TARGET, { former: [KEY] }))).toEqual([
    ['ReadWithFormerKeysThroughS3', ['kms:Decrypt']],
  ]);
  expect(statements(kmsIdentityPolicy(TARGET, { current: OTHER_KEY, former: [KEY] }))).toEqual([
    ['UseKeyThroughS3', ['kms:Decrypt', 'kms:GenerateDataKey']],
    ['ReadWithFormerKeysThroughS3', ['kms:Decrypt']],
  ]);
  expect(statements(keyPolicy(TARGET, { isCurrent: false, deletionProtection: true }))[1]).toEqual([
    'UseKeyThroughS3',
    ['kms:Decrypt'],
  ]);
  expect(allowedActions(TARGET, [], { former: [KEY] }).filter(({ resource }) => resource === KEY)).toEqual([
    { action: 'kms:Decrypt', resource: KEY },
  ]);
});

test.each([
  ['administers the key', 'kms:PutKeyPolicy', {}, 'allowed'],
  ['cannot decrypt, not even through S3', 'kms:Decrypt', THROUGH_S3, 'implicitly-denied'],
  ['cannot get data keys', 'kms:GenerateDataKey', THROUGH_S3, 'implicitly-denied'],
  ['cannot hand out grants', 'kms:CreateGrant', {}, 'implicitly-denied'],
])("the account's administrator %s", (_claim, action, context, result) => {
  expect(askKms(ADMINISTRATOR, action, context)).toBe(result);
});

test('only EC2 can hand out the role', () => {
  const trust = parsePolicy(ec2TrustPolicy(TARGET), 'trust', { kind: 'trust' });
  const ask = (principal: Principal) =>
    evaluate(
      { principal, action: 'sts:AssumeRole', resource: roleArn(TARGET), resourceAccount: '111122223333', context: {} },
      { identity: [], resource: trust },
    ).result;
  expect(ask({ kind: 'service', service: 'ec2.amazonaws.com' })).toBe('allowed');
  expect(ask({ kind: 'service', service: 'lambda.amazonaws.com' })).toBe('implicitly-denied');
  expect(ask(ADMINISTRATOR)).toBe('implicitly-denied');
});

describe('lock-out', () => {
  const bucket = bucketPolicy(TARGET, EXISTING_KEY);

  test('never happens to the deployer', () => {
    expect(lockOuts(TARGET, { bucketPolicy: bucket, keyPolicy: keyPolicy(TARGET) })).toEqual([]);
  });

  test('is found where a Deny covers a configuration call', () => {
    const denied: PolicyDocument = policyDocument([
      ...bucket.Statement,
      { Sid: 'DenyOthers', Effect: 'Deny', Principal: '*', Action: 's3:*Policy', Resource: BUCKET },
    ]);
    expect(lockOuts(TARGET, { bucketPolicy: denied })).toEqual(
      ['s3:DeleteBucketPolicy', 's3:GetBucketPolicy', 's3:PutBucketPolicy'].map(
        (action) =>
          `the policies would keep the account's administrators from ${action}: DenyOthers of the bucket policy`,
      ),
    );
  });

  test.each(['kms:PutKeyPolicy', 'kms:DescribeKey'])('is found where the key policy leaves out %s', (forgotten) => {
    const statements = keyPolicy(TARGET).Statement.map((statement) => ({
      ...statement,
      Action: [statement.Action].flat().filter((action) => action !== forgotten),
    }));
    expect(lockOuts(TARGET, { bucketPolicy: bucket, keyPolicy: policyDocument(statements) })).toEqual([
      `the policies would keep the account's administrators from ${forgotten}: no statement of the key policy allows it`,
    ]);
  });

  test('is found where the key policy leaves out the account', () => {
    const useOnly = policyDocument(keyPolicy(TARGET).Statement.slice(1));
    expect(lockOuts(TARGET, { bucketPolicy: bucket, keyPolicy: useOnly })).toContain(
      "the policies would keep the account's administrators from kms:PutKeyPolicy: no statement of the key policy allows it",
    );
  });
});

test('names the services of each partition by its own suffix', () => {
  const china = { ...TARGET, partition: 'aws-cn', region: 'cn-north-1' };
  expect(JSON.stringify([keyPolicy(china), ec2TrustPolicy(china), bucketPolicy(china, CREATED_KEY)])).not.toMatch(
    /arn:aws:|amazonaws\.com[^.]/,
  );
  expect(() => dnsSuffix({ partition: 'aws-moon' })).toThrow("no DNS suffix is known for the partition 'aws-moon'");
});
