import { type AccessPolicies, type Decision, evaluate, parsePolicy } from '../../lib/iam';
import { bucketPolicy } from '../../lib/policy/bucket-policy';
import type { Capability } from '../../lib/policy/capabilities';
import { kmsIdentityPolicy, s3IdentityPolicy } from '../../lib/policy/identity-policies';
import { keyPolicy } from '../../lib/policy/key-policy';

const ROLE = 'arn:aws:iam::444455556666:role/service/vault-instance';
const TARGET = {
  name: 'acme',
  partition: 'aws',
  account: '111122223333',
  region: 'us-east-2',
  bucket: 'acme-vault',
  rolePath: '/',
  host: { kind: 'existing-role', role: ROLE },
};
const KEY = 'arn:aws:kms:us-east-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const OBJECT = 'arn:aws:s3:::acme-vault/org/accounts.csv.gz';

const EVERYTHING = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
const ALL_OWN = [parsePolicy(EVERYTHING, 'own', { kind: 'identity' })];
const PRINTED = [
  parsePolicy(s3IdentityPolicy(TARGET, ['backup', 'versioning']), 's3', { kind: 'identity' }),
  parsePolicy(kmsIdentityPolicy(TARGET, { current: KEY }), 'kms', { kind: 'identity' }),
];

interface Asked {
  readonly action?: string;
  readonly by?: string;
  readonly identity?: AccessPolicies['identity'];
  readonly context?: Readonly<Record<string, string>>;
  readonly capabilities?: readonly Capability[];
}

function ask(asked: Asked): Decision['result'] {
  const { action = 's3:PutObject', by = ROLE, identity = ALL_OWN, context = {} } = asked;
  const { capabilities = ['backup', 'versioning'] } = asked;
  const [, , , , account = ''] = by.split(':');
  const arn = `arn:aws:sts::${account}:assumed-role/${by.slice(by.lastIndexOf('/') + 1)}/i-0abc`;
  const isKey = action.startsWith('kms:');
  const isBucket = /List|Bucket/.test(action);
  return evaluate(
    {
      principal: { kind: 'role-session', account, arn, roleArn: by, userId: 'AROAEXAMPLE:i-0abc' },
      action,
      resource: isKey ? KEY : isBucket ? 'arn:aws:s3:::acme-vault' : OBJECT,
      resourceAccount: TARGET.account,
      context: {
        'aws:SecureTransport': 'true',
        's3:TlsVersion': '1.3',
        'aws:ResourceAccount': TARGET.account,
        'aws:PrincipalArn': by,
        ...(isKey && {
          'kms:ViaService': 's3.us-east-2.amazonaws.com',
          'kms:EncryptionContext:aws:s3:arn': 'arn:aws:s3:::acme-vault',
        }),
        ...context,
      },
    },
    {
      identity,
      resource: parsePolicy(bucketPolicy(TARGET, { method: 'AWS-KMS' }, capabilities), 'bucket', { kind: 'resource' }),
      key: parsePolicy(keyPolicy(TARGET), 'key', { kind: 'resource' }),
    },
  ).result;
}

const SSE = 's3:x-amz-server-side-encryption';
const UNDER_KMS = { [SSE]: 'aws:kms' };
const UNDER_KEY = { ...UNDER_KMS, [`${SSE}-aws-kms-key-id`]: KEY };

describe('bucket and key let a role of another account in', () => {
  test.each<Asked>([
    {},
    { identity: PRINTED },
    { action: 's3:GetObject', identity: PRINTED },
    { action: 's3:ListBucket', identity: PRINTED },
    { action: 's3:GetBucketVersioning', identity: PRINTED },
    { action: 'kms:GenerateDataKey', identity: PRINTED },
    { action: 'kms:Decrypt', identity: PRINTED },
    { context: UNDER_KEY, identity: PRINTED },
    { action: 's3:DeleteObjectVersion', capabilities: ['backup', 'versioning', 'purge-versions'] },
  ])('for what its capabilities need: %j', (asked) => {
    expect(ask(asked)).toBe('allowed');
  });

  test.each<Asked & { readonly is?: Decision['result'] }>([
    { identity: [] },
    { action: 'kms:Decrypt', identity: [] },
    { action: 's3:DeleteObjectVersion' },
    { action: 's3:PutBucketPolicy' },
    { action: 's3:GetBucketVersioning', capabilities: ['backup'] },
    { action: 's3:PutObjectAcl' },
    { action: 'kms:CreateGrant' },
    { action: 'kms:Encrypt' },
    { action: 'kms:PutKeyPolicy' },
    { action: 'kms:Decrypt', context: { 'kms:ViaService': '' } },
    { action: 'kms:Decrypt', context: { 'kms:EncryptionContext:aws:s3:arn': 'arn:aws:s3:::another' } },
    { by: 'arn:aws:iam::444455556666:role/vault-instance' },
    { by: 'arn:aws:iam::444455556666:role/service/vault-instance-2' },
    { by: 'arn:aws:iam::777788889999:role/service/vault-instance' },
    { by: 'arn:aws:iam::444455556666:role/administrator', action: 'kms:Decrypt' },
    { context: UNDER_KMS, is: 'explicitly-denied' },
    { context: { ...UNDER_KEY, [`${SSE}-aws-kms-key-id`]: KEY.replace('1111', '4444') }, is: 'explicitly-denied' },
    { context: { [SSE]: 'AES256' }, is: 'explicitly-denied' },
    { context: { 'aws:SecureTransport': 'false' }, is: 'explicitly-denied' },
  ])('and for nothing else: %j', ({ is = 'implicitly-denied', ...asked }) => {
    expect(ask(asked)).toBe(is);
  });
});

test('an administrator of the account may still name KMS and no key', () => {
  expect(ask({ by: 'arn:aws:iam::111122223333:role/administrator', context: UNDER_KMS })).toBe('allowed');
});
