import { explainAccess } from '../../lib/audit/explain/explain-access';
import { renderExplanationText } from '../../lib/audit/explain/explanation-text';
import { readStackPolicies } from '../../lib/audit/policies/stack-policies';
import { type Catalogue, loadServices } from '../../lib/catalogue';
import { EXAMPLES, FIXTURES, loadExample, synthesizeStack } from '../support/synthesize';

const policiesOf = (folder: string, name: string) =>
  readStackPolicies(synthesizeStack(loadExample(folder, name)).text, name);

const ENVIRONMENTS = {
  'aes-256': policiesOf(EXAMPLES, 'aes-256'),
  'aws-kms': policiesOf(EXAMPLES, 'aws-kms'),
  'existing-key': policiesOf(FIXTURES, 'existing-key'),
};

type Name = keyof typeof ENVIRONMENTS;
type Context = Readonly<Record<string, readonly string[]>>;

const BUCKET = 'arn:aws:s3:::example-vault-backup-aws-kms';
const THROUGH_S3 = {
  'kms:ViaService': ['s3.us-east-2.amazonaws.com'],
  'kms:EncryptionContext:aws:s3:arn': [BUCKET],
};

let catalogue: Catalogue;

beforeAll(async () => {
  catalogue = await loadServices(['kms', 's3', 'sts']);
});

function ask(action: string, resource: string, context: Context = {}, name: Name = 'aws-kms') {
  return explainAccess({ policies: ENVIRONMENTS[name], catalogue, action, resource, context });
}

describe('a decision', () => {
  test.each<[string, string, Context, string]>([
    ['s3:PutObject', 'bucket/a.csv', {}, 'allowed ReadAndWriteBackups'],
    ['s3:PutObject', `${BUCKET}/a.csv`, {}, 'allowed ReadAndWriteBackups'],
    ['s3:putobject', 'bucket/a.csv', {}, 'allowed ReadAndWriteBackups'],
    ['s3:GetObject', 'bucket/a.csv', { 's3:TlsVersion': ['1.1'] }, 'explicitly-denied DenyOldTls'],
    ['s3:GetObject', 'bucket/a.csv', { 'AWS:securetransport': ['false'] }, 'explicitly-denied DenyPlainHttp'],
    ['s3:GetObject', 'bucket/a.csv', { 'aws:ResourceAccount': [] }, 'implicitly-denied identity'],
    ['s3:GetObject', 'arn:aws:s3:::another-bucket/a.csv', {}, 'implicitly-denied identity'],
    ['kms:Decrypt', 'key', {}, 'implicitly-denied key'],
    ['kms:Decrypt', 'key', THROUGH_S3, 'allowed UseKeyThroughS3,UseKeyThroughS3'],
    ['kms:Decrypt', 'arn:aws:kms:us-east-2:111122223333:key/1234', THROUGH_S3, 'implicitly-denied identity'],
    ['sts:AssumeRole', 'role', {}, 'implicitly-denied resource'],
    ['sts:GetCallerIdentity', '*', {}, 'allowed '],
    ['sts:GetSessionToken', '*', {}, 'implicitly-denied identity'],
  ])('about %s on %s given %j is %s', (action, resource, context, expected) => {
    const { decision } = ask(action, resource, context);
    const by =
      decision.result === 'implicitly-denied' ? decision.missing : decision.by.map(({ statement }) => statement);
    expect(`${decision.result} ${by}`).toBe(expected);
  });

  test('assumes that the policy of an existing key leaves access to IAM, and says so', () => {
    const context = {
      'kms:ViaService': ['s3.us-gov-west-1.amazonaws.com'],
      'kms:EncryptionContext:aws:s3:arn': ['arn:aws-us-gov:s3:::example-vault-backup-existing-key'],
    };
    const { decision, notAssessed } = ask('kms:Decrypt', 'key', context, 'existing-key');
    expect(decision.result).toBe('allowed');
    expect(notAssessed[0]).toMatch(/^the key policy of 'arn:aws-us-gov:kms:/);
  });

  test('says that the policy of a bucket outside the environment is not known', () => {
    const { notAssessed } = ask('s3:ListBucket', 'arn:aws:s3:::another-bucket');
    expect(notAssessed[0]).toBe("a policy on 'arn:aws:s3:::another-bucket' itself: it is not part of the environment");
  });
});

test('an explanation shows every default, and each value given instead of or besides one', () => {
  const { context } = ask('s3:GetObject', 'bucket/a', { 'S3:tlsversion': ['1.2'], 'aws:CalledVia': ['a', 'b'] });
  expect(context).toContainEqual({ key: 'aws:SecureTransport', value: 'true', isDefault: true });
  expect(context.filter(({ isDefault }) => !isDefault)).toEqual([
    { key: 'S3:tlsversion', value: '1.2', isDefault: false },
    { key: 'aws:CalledVia', value: ['a', 'b'], isDefault: false },
  ]);
  expect(context.map(({ key }) => key)).not.toContain('s3:TlsVersion');
});

test('an explanation tells whether each statement applies, and why not', () => {
  const lines = renderExplanationText(ask('s3:PutObject', 'bucket/a.csv'), { paint: (text) => text }).split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      `aws-kms: s3:PutObject on ${BUCKET}/a.csv`,
      'allowed',
      '  by ReadAndWriteBackups of aws_iam_policy.s3 (identity)',
      '  s3:TlsVersion              1.3',
      '  Allow  ListBackups of aws_iam_policy.s3 (identity): another action',
      '  Allow  ReadAndWriteBackups of aws_iam_policy.s3 (identity): applies and decides',
      '  Deny   DenyPlainHttp of aws_s3_bucket_policy.backup (resource): Bool aws:SecureTransport false, got: true',
    ]),
  );
});

describe('rejects', () => {
  test.each<[string, string, string, string]>([
    ['the name of an API operation', 's3:HeadBucket', 'bucket', 'UnknownAction'],
    ['a misspelt action', 's3:GetObjct', 'bucket/a', 'UnknownAction'],
    ['more than one action', 's3:Get*', 'bucket/a', 'UnknownAction'],
    ['an unknown service', 's4:GetObject', 'bucket/a', 'UnknownAction'],
    ['a resource that the action does not take', 's3:GetObject', 'bucket', 'BadResource'],
    ['a resource that is not an ARN', 's3:GetObject', 'my-bucket', 'BadResource'],
    ['the key of an environment without one', 'kms:Decrypt', 'key', 'NoKey'],
  ])('%s', (_, action, resource, code) => {
    expect(() => ask(action, resource, {}, 'aes-256')).toThrow(expect.objectContaining({ code }));
  });

  test.each([
    ['a misspelt condition key', 'aws:SecureTranport', "got: aws:SecureTranport\nWrite 'aws:SecureTransport'"],
    ['a condition key of another service', 'kms:ViaService', 'a request for s3:GetObject never carries this key'],
  ])('%s', (_, key, message) => {
    expect(() => ask('s3:GetObject', 'bucket/a', { [key]: ['false'] })).toThrow(
      expect.objectContaining({ code: 'UnknownConditionKey', message: expect.stringContaining(message) }),
    );
  });

  test('a misspelt action, and suggests the nearest one', () => {
    expect(() => ask('s3:GetObjct', 'bucket/a')).toThrow("got: s3:GetObjct\nWrite 's3:GetObject'");
    expect(() => ask('s3:HeadBucket', 'bucket')).toThrow('its permission is s3:ListBucket');
  });
});

test.each<[string, string, readonly string[], string]>([
  ['s3:GetObject', 'aws:SecureTransport', ['maybe'], 'must be true or false, as its type is Bool, got: maybe'],
  ['s3:GetObject', 's3:TlsVersion', ['new'], 'must be a number, as its type is Numeric, got: new'],
  ['s3:GetObject', 'aws:SourceIp', ['vpc'], 'must be an address of IPv4 or IPv6'],
  ['s3:GetObject', 'aws:SourceArn', ['bucket'], 'must be an ARN'],
  ['s3:GetObject', 'aws:SourceArn', ['arn:aws:s3:::*'], 'must be an ARN'],
  ['s3:GetObject', 'aws:CurrentTime', ['tomorrow'], 'must be a time'],
  ['s3:GetObject', 'aws:TokenIssueTime', ['2027-13-99'], 'must be a time'],
  ['s3:GetObject', 'aws:SourceVpce', ['vpce-1', 'vpce-2'], 'must have one value, as its type is String'],
  ['s3:GetObject', 'aws:ViaAWSService', ['1'], 'must be true or false'],
  ['s3:ListBucket', 's3:max-keys', ['many'], 'must be a number'],
  ['s3:GetObject', 'aws:PrincipalArn', ['arn:aws:iam::111122223333:role/other'], 'because the role asks'],
  ['s3:GetObject', 'aws:PrincipalAccount', ['999999999999'], 'must be 111122223333, because the role asks'],
  ['s3:GetObject', 'aws:PrincipalAccount', [], 'got: nothing'],
  ['s3:GetObject', 'aws:principaltype', ['User'], 'must be AssumedRole'],
  ['s3:GetObject', 'aws:PrincipalIsAWSService', ['true'], 'must be false'],
  ['s3:GetObject', 'aws:username', ['ann'], 'a session of a role does not carry it'],
  ['s3:GetObject', 'aws:PrincipalServiceName', ['ec2.amazonaws.com'], 'a session of a role does not carry it'],
  ['kms:Decrypt', 'kms:CallerAccount', ['999999999999'], 'must be 111122223333'],
])('refuses for %s the context %s=%p', (action, key, values, message) => {
  const resource = action.startsWith('kms:') ? 'key' : action === 's3:ListBucket' ? 'bucket' : 'bucket/a';
  expect(() => ask(action, resource, { [key]: values })).toThrow(
    expect.objectContaining({ code: 'BadContext', message: expect.stringContaining(message) }),
  );
});

test('an explanation tells every condition that keeps a statement from applying', () => {
  const lines = renderExplanationText(ask('kms:Decrypt', 'key'), { paint: (text) => text }).split('\n');
  const [line] = lines.filter((one) => one.includes('UseKeyThroughS3 of aws_iam_policy.kms'));
  expect(line).toContain(`StringEquals kms:EncryptionContext:aws:s3:arn ${BUCKET}, got: nothing; `);
  expect(line).toContain('StringEquals kms:ViaService s3.us-east-2.amazonaws.com, got: nothing');
});
