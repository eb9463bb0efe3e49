import type { AccessRequest, ContextValue, Policy, Principal } from '../../lib/iam';
import {
  allowAll,
  BUCKET,
  FOREIGN,
  KEY,
  KMS_GUIDE,
  OBJECT,
  OWN,
  policy,
  request,
  resultOf,
  rootUser,
  S3_GUIDE,
  type StatementDocument,
  session,
  trust,
  USER_GUIDE,
  user,
} from './requests';

type Context = Readonly<Record<string, ContextValue>>;

const role = `arn:aws:iam::${OWN}:role/vault`;
const vault = session('vault');
const administrator = user('admin');
const SSE = 's3:x-amz-server-side-encryption';
const SSE_KEY = 's3:x-amz-server-side-encryption-aws-kms-key-id';
const SSE_C = 's3:x-amz-server-side-encryption-customer-algorithm';

/** The decision on an upload that is otherwise allowed, by a bucket policy with one more denial. */
function uploadUnder(condition: object, context: Context): string {
  const resource = policy('bucket', { Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Condition: condition });
  return resultOf(request({ principal: vault, action: 's3:PutObject', context }), { identity: [allowAll], resource });
}

describe(`a denial of uploads by header, as ${S3_GUIDE}UsingKMSEncryption.html and the condition operators page say`, () => {
  const differs = { StringNotEquals: { [SSE]: 'aws:kms' } };
  const differsIfExists = { StringNotEqualsIfExists: { [SSE]: 'aws:kms' } };
  const isThereAndDiffers = { ...differs, Null: { [SSE]: 'false' } };
  const otherKey = { StringNotEquals: { [SSE_KEY]: KEY }, Null: { [SSE_KEY]: 'false' } };
  const otherKeyArn = { ArnNotEquals: { [SSE_KEY]: KEY } };
  const customerKey = { Null: { [SSE_C]: 'false' } };
  const createOnly = { Null: { 's3:if-none-match': 'true' }, Bool: { 's3:ObjectCreationOperation': 'true' } };
  test.each<[string, object, Context, string]>([
    ['StringNotEquals alone refuses the upload without a header', differs, {}, 'explicitly-denied'],
    ['IfExists does not help: a negated operator is true on an absent key', differsIfExists, {}, 'explicitly-denied'],
    ['StringNotEquals lets the right header through', differs, { [SSE]: 'aws:kms' }, 'allowed'],
    ['with Null false, the upload without a header is let through', isThereAndDiffers, {}, 'allowed'],
    ['with Null false, the right header is let through', isThereAndDiffers, { [SSE]: 'aws:kms' }, 'allowed'],
    ['with Null false, the wrong header is refused', isThereAndDiffers, { [SSE]: 'AES256' }, 'explicitly-denied'],
    ['header values are case-sensitive', isThereAndDiffers, { [SSE]: 'AWS:KMS' }, 'explicitly-denied'],
    ['no key header is let through', otherKey, {}, 'allowed'],
    ['the right key header is let through', otherKey, { [SSE_KEY]: KEY }, 'allowed'],
    ['another key is refused', otherKey, { [SSE_KEY]: `${KEY}0` }, 'explicitly-denied'],
    ['a key id instead of the ARN is refused', otherKey, { [SSE_KEY]: '1234abcd' }, 'explicitly-denied'],
    ['ArnNotEquals alone refuses the upload without a header', otherKeyArn, {}, 'explicitly-denied'],
    ['a customer key is refused', customerKey, { [SSE_C]: 'AES256' }, 'explicitly-denied'],
    ['no customer key is let through', customerKey, {}, 'allowed'],
    [
      'create-only refuses an upload that may overwrite',
      createOnly,
      { 's3:ObjectCreationOperation': 'true' },
      'explicitly-denied',
    ],
    [
      'create-only lets a conditional upload through',
      createOnly,
      { 's3:ObjectCreationOperation': 'true', 's3:if-none-match': '*' },
      'allowed',
    ],
    ['create-only lets a part through', createOnly, { 's3:ObjectCreationOperation': 'false' }, 'allowed'],
  ])('%s', (_, condition, context, expected) => {
    expect(uploadUnder(condition, context)).toBe(expected);
  });
});

describe(`TLS only, as ${S3_GUIDE}example-bucket-policies.html says`, () => {
  const resource = policy(
    'bucket',
    {
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: [BUCKET, `${BUCKET}/*`],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
    {
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource: [BUCKET, `${BUCKET}/*`],
      Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } },
    },
  );
  test.each<[string, Partial<AccessRequest>, string]>([
    ['TLS 1.3', { context: { 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.3' } }, 'allowed'],
    ['TLS 1.2', { context: { 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.2' } }, 'allowed'],
    ['TLS 1.1', { context: { 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.1' } }, 'explicitly-denied'],
    ['plain HTTP to an object', { context: { 'aws:SecureTransport': 'false' } }, 'explicitly-denied'],
    [
      'plain HTTP to the bucket',
      { action: 's3:ListBucket', resource: BUCKET, context: { 'aws:SecureTransport': 'false' } },
      'explicitly-denied',
    ],
    [
      'plain HTTP by a service',
      {
        principal: { kind: 'service', service: 'logging.s3.amazonaws.com' },
        context: { 'aws:SecureTransport': 'false' },
      },
      'explicitly-denied',
    ],
    [
      'plain HTTP to another bucket',
      { resource: 'arn:aws:s3:::acme-vault2/a', context: { 'aws:SecureTransport': 'false' } },
      'allowed',
    ],
  ])('%s', (_, changes, expected) => {
    expect(resultOf(request(changes), { identity: [allowAll], resource })).toBe(expected);
  });
});

describe(`the role's use of its key, as ${KMS_GUIDE}conditions-kms.html and ${S3_GUIDE}bucket-key.html say`, () => {
  const via = { 'kms:ViaService': 's3.us-east-2.amazonaws.com' };
  const CONTEXT = 'kms:EncryptionContext:aws:s3:arn';
  function identityFor(arn: string | readonly string[]): Policy {
    const condition = { StringEquals: via, StringLike: { [CONTEXT]: arn } };
    return policy('identity', {
      Effect: 'Allow',
      Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
      Resource: KEY,
      Condition: condition,
    });
  }
  const key = policy('key', {
    Effect: 'Allow',
    Principal: { AWS: OWN },
    Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
    Condition: { ArnEquals: { 'aws:PrincipalArn': role } },
  });
  const withBucketKey = { ...via, [CONTEXT]: BUCKET };
  const withoutBucketKey = { ...via, [CONTEXT]: OBJECT };
  const denied = 'implicitly-denied: identity';
  test.each<[string, Policy, string, Context, string]>([
    ['bucket key on, bucket ARN allowed', identityFor(BUCKET), 'kms:Decrypt', withBucketKey, 'allowed'],
    ['bucket key on, only object ARNs allowed', identityFor(`${BUCKET}/*`), 'kms:Decrypt', withBucketKey, denied],
    [
      'bucket key off, object ARNs allowed',
      identityFor(`${BUCKET}/*`),
      'kms:GenerateDataKey',
      withoutBucketKey,
      'allowed',
    ],
    ['bucket key off, only the bucket ARN allowed', identityFor(BUCKET), 'kms:Decrypt', withoutBucketKey, denied],
    [
      'old objects, with a bucket key now on',
      identityFor([BUCKET, `${BUCKET}/*`]),
      'kms:Decrypt',
      withoutBucketKey,
      'allowed',
    ],
    ['another bucket', identityFor(BUCKET), 'kms:Decrypt', { ...via, [CONTEXT]: 'arn:aws:s3:::other' }, denied],
    ['a direct call', identityFor(BUCKET), 'kms:Decrypt', { [CONTEXT]: BUCKET }, denied],
    [
      'through S3 of another region',
      identityFor(BUCKET),
      'kms:Decrypt',
      { ...withBucketKey, 'kms:ViaService': 's3.eu-west-1.amazonaws.com' },
      denied,
    ],
    [
      'through another service',
      identityFor(BUCKET),
      'kms:Decrypt',
      { ...withBucketKey, 'kms:ViaService': 'ec2.us-east-2.amazonaws.com' },
      denied,
    ],
    ['without an encryption context', identityFor(BUCKET), 'kms:Decrypt', via, denied],
    ['an action that is not needed', identityFor(BUCKET), 'kms:Encrypt', withBucketKey, 'implicitly-denied: key'],
  ])('%s', (_, identity, action, context, expected) => {
    const asked = request({
      principal: vault,
      action,
      resource: KEY,
      context: { ...context, 'aws:PrincipalArn': role },
    });
    expect(resultOf(asked, { identity: [identity], key })).toBe(expected);
  });

  test('finishing a multipart upload needs kms:Decrypt besides kms:GenerateDataKey', () => {
    const identity = [policy('identity', { Effect: 'Allow', Action: 'kms:GenerateDataKey', Resource: KEY })];
    const results = ['kms:GenerateDataKey', 'kms:Decrypt'].map((action) =>
      resultOf(request({ principal: vault, action, resource: KEY, context: { 'aws:PrincipalArn': role } }), {
        identity,
        key,
      }),
    );
    expect(results).toEqual(['allowed', denied]);
  });
});

describe(`the key policy that leaves administration to the account, as ${KMS_GUIDE}key-policy-default.html says`, () => {
  const administration = [
    'kms:Describe*',
    'kms:Get*',
    'kms:List*',
    'kms:Put*',
    'kms:ScheduleKeyDeletion',
    'kms:CancelKeyDeletion',
  ];
  const toRole = (principal: unknown, more: StatementDocument = {}) => ({
    Effect: 'Allow',
    Principal: principal,
    Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
    ...more,
  });
  const byArn = { Condition: { ArnEquals: { 'aws:PrincipalArn': role } } };
  const root = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${OWN}:root` }, Action: administration };
  const ours = policy('key', root, toRole({ AWS: OWN }, byArn));
  const everything = policy('key', { ...root, Action: 'kms:*' });
  const withoutAdministration = policy('key', toRole({ AWS: OWN }, byArn));
  const byOldId = policy('key', root, toRole({ AWS: 'AROAOLDVAULT00000000' }));
  test.each<[string, Policy, Principal, string, string]>([
    ['an administrator administrates', ours, administrator, 'kms:PutKeyPolicy', 'allowed'],
    ['an administrator cannot decrypt', ours, administrator, 'kms:Decrypt', 'implicitly-denied: key'],
    ['nor can the root user', ours, rootUser(), 'kms:Decrypt', 'implicitly-denied: key'],
    ['the role decrypts', ours, vault, 'kms:Decrypt', 'allowed'],
    ['another role cannot', ours, session('other'), 'kms:Decrypt', 'implicitly-denied: key'],
    ['kms:* for the root lets every administrator decrypt', everything, administrator, 'kms:Decrypt', 'allowed'],
    [
      'without administration the policy cannot be changed again',
      withoutAdministration,
      administrator,
      'kms:PutKeyPolicy',
      'implicitly-denied: key',
    ],
    ['not even by the root user', withoutAdministration, rootUser(), 'kms:PutKeyPolicy', 'implicitly-denied: key'],
    ['a role pinned to an old id is locked out', byOldId, vault, 'kms:Decrypt', 'implicitly-denied: key'],
  ])('%s', (_, key, principal, action, expected) => {
    const principalArn = principal.kind === 'role-session' ? principal.roleArn : administrator.arn;
    const asked = request({ principal, action, resource: KEY, context: { 'aws:PrincipalArn': principalArn } });
    expect(resultOf(asked, { identity: [allowAll], key })).toBe(expected);
  });
});

describe(`what the role may do to the bucket, as ${S3_GUIDE}security_iam_service-with-iam.html says`, () => {
  const list = (pattern: string, operator = 'StringLike') => ({
    Effect: 'Allow',
    Action: 's3:ListBucket',
    Resource: BUCKET,
    Condition: { [operator]: { 's3:prefix': pattern } },
  });
  const objects = { Effect: 'Allow', Action: ['s3:GetObject', 's3:DeleteObject'], Resource: `${BUCKET}/*` };
  const own = { ...objects, Condition: { StringEquals: { 'aws:ResourceAccount': OWN } } };
  const asksList = (context: Context) => ({ action: 's3:ListBucket', resource: BUCKET, context });
  const denied = 'implicitly-denied: identity';
  test.each<[string, StatementDocument, Partial<AccessRequest>, string]>([
    ['a prefix with its slash', list('team/*'), asksList({ 's3:prefix': 'team/a' }), 'allowed'],
    ['a prefix with its slash keeps others out', list('team/*'), asksList({ 's3:prefix': 'team2/a' }), denied],
    ['a prefix without its slash lets others in', list('team*'), asksList({ 's3:prefix': 'team2/a' }), 'allowed'],
    ['HeadBucket has no prefix', list('team/*'), asksList({}), denied],
    ['HeadBucket passes with IfExists', list('team/*', 'StringLikeIfExists'), asksList({}), 'allowed'],
    ['an empty prefix is a prefix', list(''), asksList({ 's3:prefix': '' }), 'allowed'],
    ['listing is on the bucket, not on its objects', { ...objects, Action: 's3:ListBucket' }, asksList({}), denied],
    ['getting is on the objects, not on the bucket', { ...objects, Resource: BUCKET }, {}, denied],
    ['the name of an API is not an action', { Effect: 'Allow', Action: 's3:HeadBucket' }, asksList({}), denied],
    ['DeleteObject does not delete a version', objects, { action: 's3:DeleteObjectVersion' }, denied],
    ['DeleteObject* does', { ...objects, Action: 's3:DeleteObject*' }, { action: 's3:DeleteObjectVersion' }, 'allowed'],
    [
      'PutObject* sets retention',
      { ...objects, Action: 's3:PutObject*' },
      { action: 's3:PutObjectRetention' },
      'allowed',
    ],
    ['a bucket of the role’s account is let in', own, { context: { 'aws:ResourceAccount': OWN } }, 'allowed'],
    ['a bucket of the same name elsewhere is not', own, { context: { 'aws:ResourceAccount': FOREIGN } }, denied],
    [
      'listing all buckets needs *',
      { ...objects, Action: 's3:ListAllMyBuckets' },
      { action: 's3:ListAllMyBuckets', resource: '*' },
      denied,
    ],
    [
      'listing all buckets on *',
      { Effect: 'Allow', Action: 's3:ListAllMyBuckets' },
      { action: 's3:ListAllMyBuckets', resource: '*' },
      'allowed',
    ],
  ])('%s', (_, statement, changes, expected) => {
    expect(resultOf(request({ principal: vault, ...changes }), { identity: [policy('identity', statement)] })).toBe(
      expected,
    );
  });
});

describe(`denials that lock out, as ${USER_GUIDE}reference_policies_condition-keys.html says`, () => {
  const endpoint = { StringNotEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } };
  const exceptServices = { ...endpoint, BoolIfExists: { 'aws:ViaAWSService': 'false' } };
  const office = { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } };
  const exceptRole = { ArnNotEquals: { 'aws:PrincipalArn': [role, administrator.arn] } };
  test.each<[string, object, Context, string]>([
    ['from the endpoint', endpoint, { 'aws:SourceVpce': 'vpce-1a2b3c4d' }, 'allowed'],
    ['from another endpoint', endpoint, { 'aws:SourceVpce': 'vpce-9' }, 'explicitly-denied'],
    ['from the internet, where the key is absent', endpoint, {}, 'explicitly-denied'],
    ['through a service that is excepted', exceptServices, { 'aws:ViaAWSService': 'true' }, 'allowed'],
    ['not through a service', exceptServices, { 'aws:ViaAWSService': 'false' }, 'explicitly-denied'],
    ['from the office', office, { 'aws:SourceIp': '203.0.113.77' }, 'allowed'],
    ['from elsewhere', office, { 'aws:SourceIp': '198.51.100.77' }, 'explicitly-denied'],
    ['from an endpoint, where there is no address', office, {}, 'explicitly-denied'],
    ['by the excepted role', exceptRole, { 'aws:PrincipalArn': role }, 'allowed'],
    ['by another role', exceptRole, { 'aws:PrincipalArn': `${role}2` }, 'explicitly-denied'],
    ['by no one at all', exceptRole, {}, 'explicitly-denied'],
  ])('%s', (_, condition, context, expected) => {
    const resource = policy('bucket', { Effect: 'Deny', Principal: '*', Action: 's3:*', Condition: condition });
    const asked = request({ principal: vault, action: 's3:GetBucketPolicy', resource: BUCKET, context });
    expect(resultOf(asked, { identity: [allowAll], resource })).toBe(expected);
  });
});

describe('trust of Roles Anywhere, as https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html says', () => {
  const anchor = `arn:aws:rolesanywhere:us-east-2:${OWN}:trust-anchor/1234`;
  const actions = ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'];
  const service = { Effect: 'Allow', Principal: { Service: 'rolesanywhere.amazonaws.com' }, Action: actions };
  const condition = {
    ArnEquals: { 'aws:SourceArn': anchor },
    StringEquals: { 'aws:PrincipalTag/x509Subject/CN': 'vault.example.com' },
  };
  const pinned = trust({ ...service, Condition: condition });
  const ored = trust({ ...service, Condition: condition }, service);
  const good = { 'aws:SourceArn': anchor, 'aws:PrincipalTag/x509Subject/CN': 'vault.example.com' };
  test.each<[string, Policy, string, Context, string]>([
    ['anchor and certificate fit', pinned, 'sts:AssumeRole', good, 'allowed'],
    ['the session is tagged', pinned, 'sts:TagSession', good, 'allowed'],
    ['the source identity is set', pinned, 'sts:SetSourceIdentity', good, 'allowed'],
    [
      'another anchor',
      pinned,
      'sts:AssumeRole',
      { ...good, 'aws:SourceArn': `${anchor}5` },
      'implicitly-denied: resource',
    ],
    [
      'another certificate',
      pinned,
      'sts:AssumeRole',
      { ...good, 'aws:PrincipalTag/x509Subject/CN': 'x' },
      'implicitly-denied: resource',
    ],
    [
      'a certificate without a common name',
      pinned,
      'sts:AssumeRole',
      { 'aws:SourceArn': anchor },
      'implicitly-denied: resource',
    ],
    ['one more statement undoes the condition of the first', ored, 'sts:AssumeRole', {}, 'allowed'],
  ])('%s', (_, resource, action, context, expected) => {
    const principal: Principal = { kind: 'service', service: 'rolesanywhere.amazonaws.com' };
    expect(resultOf(request({ principal, action, resource: role, context }), { identity: [], resource })).toBe(
      expected,
    );
  });
});

describe(`examples of the IAM User Guide (${USER_GUIDE})`, () => {
  const carlos = policy(
    'carlossalazar',
    { Effect: 'Allow', Action: ['s3:GetBucketLocation', 's3:ListAllMyBuckets'], Resource: 'arn:aws:s3:::*' },
    { Effect: 'Allow', Action: 's3:*', Resource: ['arn:aws:s3:::carlossalazar/*', 'arn:aws:s3:::carlossalazar'] },
    { Effect: 'Deny', Action: 's3:*', Resource: 'arn:aws:s3:::*log*' },
  );
  const longTermOnly = policy('null', {
    Effect: 'Allow',
    Action: 'ec2:*',
    Condition: { Null: { 'aws:TokenIssueTime': 'true' } },
  });
  const withMfa = policy(
    'mfa',
    { Effect: 'Allow' },
    {
      Effect: 'Deny',
      NotAction: 'iam:*MFADevice',
      Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
    },
  );
  const reports = policy(
    'reports',
    { Effect: 'Allow', Action: ['iam:Get*', 'iam:List*'] },
    { Effect: 'Deny', Action: 'iam:*Report' },
  );
  const passRole = policy('pass', {
    Effect: 'Allow',
    Action: 'iam:PassRole',
    Resource: role,
    Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
  });
  const sameTeam = policy(
    'team',
    { Effect: 'Allow' },
    {
      Effect: 'Deny',
      Condition: { StringNotEquals: { 's3:ExistingObjectTag/Team': '${aws:PrincipalTag/Team}' } },
    },
  );
  const tagged = { 's3:ExistingObjectTag/Team': 'Blue' };
  test.each<[string, Policy, Partial<AccessRequest>, string]>([
    [
      'Carlos saves to his own bucket',
      carlos,
      { action: 's3:PutObject', resource: 'arn:aws:s3:::carlossalazar/a' },
      'allowed',
    ],
    [
      'Carlos is kept from his logs',
      carlos,
      { action: 's3:PutObject', resource: 'arn:aws:s3:::carlossalazar-logs/a' },
      'explicitly-denied',
    ],
    [
      'Carlos has nothing elsewhere',
      carlos,
      { action: 's3:PutObject', resource: 'arn:aws:s3:::other/a' },
      'implicitly-denied: identity',
    ],
    ['long-term credentials', longTermOnly, { action: 'ec2:RunInstances' }, 'allowed'],
    [
      'temporary credentials',
      longTermOnly,
      { action: 'ec2:RunInstances', context: { 'aws:TokenIssueTime': '2026-01-01T00:00:00Z' } },
      'implicitly-denied: identity',
    ],
    ['with MFA', withMfa, { context: { 'aws:MultiFactorAuthPresent': 'true' } }, 'allowed'],
    ['without MFA', withMfa, { context: { 'aws:MultiFactorAuthPresent': 'false' } }, 'explicitly-denied'],
    ['with an access key, where the key is absent', withMfa, {}, 'explicitly-denied'],
    ['setting up the device', withMfa, { action: 'iam:EnableMFADevice' }, 'allowed'],
    ['an allowed list', reports, { action: 'iam:ListUsers' }, 'allowed'],
    ['a denied report', reports, { action: 'iam:GetOrganizationsAccessReport' }, 'explicitly-denied'],
    ['an action that no statement mentions', reports, { action: 'iam:CreatePolicy' }, 'implicitly-denied: identity'],
    [
      'a role passed to EC2',
      passRole,
      { action: 'iam:PassRole', resource: role, context: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
      'allowed',
    ],
    [
      'a role passed to another service',
      passRole,
      { action: 'iam:PassRole', resource: role, context: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
      'implicitly-denied: identity',
    ],
    [
      'an object of the caller’s team',
      sameTeam,
      { context: { ...tagged, 'aws:PrincipalTag/Team': 'Blue' } },
      'allowed',
    ],
    [
      'an object of another team',
      sameTeam,
      { context: { ...tagged, 'aws:PrincipalTag/Team': 'Red' } },
      'explicitly-denied',
    ],
    ['a caller without a team: the variable has no value', sameTeam, { context: tagged }, 'explicitly-denied'],
  ])('%s', (_, identity, changes, expected) => {
    expect(resultOf(request(changes), { identity: [identity] })).toBe(expected);
  });
});
