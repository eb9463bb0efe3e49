import { type Decision, evaluate, type Policy, type Principal, parsePolicy } from '../../lib/iam';
import { bucketPolicy } from '../../lib/policy/bucket-policy';
import { kmsIdentityPolicy, s3IdentityPolicy } from '../../lib/policy/identity-policies';
import { keyPolicy } from '../../lib/policy/key-policy';
import { roleArn } from '../../lib/policy/resource-names';
import { type AccessQuestionFacts, questionsOf, type S3RequestFacts } from '../../lib/request-model';
import {
  bucket,
  FOREIGN,
  FOREIGN_KEY,
  KEY,
  kmsBucket,
  OTHER_KEY,
  OWN,
  onBucket,
  onObject,
  sseS3,
  underKey,
} from './requests';

const target = {
  name: 'acme',
  partition: 'aws',
  account: OWN,
  region: 'us-east-2',
  bucket: 'acme-vault',
  rolePath: '/',
};

const role = roleArn(target);
const principal: Principal = {
  kind: 'role-session',
  account: OWN,
  arn: `arn:aws:sts::${OWN}:assumed-role/${role.split('/')[1]}/i-0abc`,
  roleArn: role,
  userId: 'AROAEXAMPLE:i-0abc',
};

interface Policies {
  readonly identity: readonly Policy[];
  readonly bucket: Policy;
  readonly key: Policy;
}

/** The policies of an AWS-KMS environment, as they are deployed. */
const deployed: Policies = {
  identity: [
    parsePolicy(s3IdentityPolicy(target, ['backup', 'versioning']), 's3'),
    parsePolicy(kmsIdentityPolicy(target, { current: KEY }), 'kms'),
  ],
  bucket: parsePolicy(bucketPolicy(target, { method: 'AWS-KMS', keyArn: KEY }), 'bucket', { kind: 'resource' }),
  key: parsePolicy(keyPolicy(target), 'key', { kind: 'resource' }),
};

const openPolicy = parsePolicy(
  {
    Version: '2012-10-17',
    Statement: { Sid: 'Everyone', Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' },
  },
  'open',
  { kind: 'resource' },
);

/** Each question with its answer. */
function answers(facts: S3RequestFacts, policies: Policies = deployed): readonly string[] {
  return questionsOf(facts).map((question) => `${question.action} ${wordsFor(answer(question, policies))}`);
}

function answer(question: AccessQuestionFacts, policies: Policies): Decision {
  const { action, resource, resourceAccount, context } = question;
  const caller = { 'aws:PrincipalArn': role, 'aws:PrincipalAccount': OWN };
  return evaluate(
    { principal, action, resource, resourceAccount, context: { ...caller, ...context } },
    {
      identity: policies.identity,
      ...bucketPolicyOf(question, policies),
      ...(question.askedOf === 'kms' ? { key: policies.key } : {}),
    },
  );
}

/** The own bucket has its policy, one of another account lets everyone in, another of the own account has none. */
function bucketPolicyOf({ bucketName, resourceAccount }: AccessQuestionFacts, policies: Policies) {
  if (bucketName === undefined) return {};
  if (resourceAccount !== OWN) return { resource: openPolicy };
  return bucketName === target.bucket ? { resource: policies.bucket } : {};
}

function wordsFor(decision: Decision): string {
  if (decision.result === 'implicitly-denied') return `missing in ${decision.missing}`;
  const by = decision.by.map(({ layer, statement }) => `${layer} ${statement}`).join(', ');
  return decision.result === 'allowed' ? 'allowed' : `denied by ${by}`;
}

const onKms = (operation: string, changes: Partial<S3RequestFacts> = {}) =>
  onObject(operation, { bucket: kmsBucket(), object: { encryption: underKey }, ...changes });
const upload = { upload: { encryption: underKey }, query: { uploadId: 'u' } };
const sse = 'x-amz-server-side-encryption';

test.each<[claim: string, facts: S3RequestFacts, expected: readonly string[]]>([
  [
    'a put without a header needs exactly the put and a data key',
    onKms('PutObject'),
    ['s3:PutObject allowed', 'kms:GenerateDataKey allowed'],
  ],
  [
    'a put that names method and key is the same',
    onKms('PutObject', { headers: { [sse]: 'aws:kms', [`${sse}-aws-kms-key-id`]: KEY } }),
    ['s3:PutObject allowed', 'kms:GenerateDataKey allowed'],
  ],
  ['a get needs exactly the get and Decrypt', onKms('GetObject'), ['s3:GetObject allowed', 'kms:Decrypt allowed']],
  ['a head needs no key', onKms('HeadObject'), ['s3:GetObject allowed']],
  [
    'an upload begins with a data key',
    onKms('CreateMultipartUpload'),
    ['s3:PutObject allowed', 'kms:GenerateDataKey allowed'],
  ],
  ['a part needs Decrypt', onKms('UploadPart', upload), ['s3:PutObject allowed', 'kms:Decrypt allowed']],
  [
    'an upload ends with Decrypt',
    onKms('CompleteMultipartUpload', upload),
    ['s3:PutObject allowed', 'kms:Decrypt allowed'],
  ],
  ['its parts are listed', onKms('ListParts', upload), ['s3:ListMultipartUploadParts allowed', 'kms:Decrypt allowed']],
  ['it can be aborted', onKms('AbortMultipartUpload', upload), ['s3:AbortMultipartUpload allowed']],
  ['keys are listed', onBucket('ListObjectsV2', { query: { prefix: 'org/' } }), ['s3:ListBucket allowed']],
  ['the bucket is seen', onBucket('HeadBucket'), ['s3:ListBucket allowed']],
  [
    'the wrong method is denied by the bucket policy',
    onKms('PutObject', { headers: { [sse]: 'AES256' } }),
    ['s3:PutObject denied by resource DenyWrongEncryption'],
  ],
  [
    'a customer-provided key is denied by the bucket policy',
    onKms('PutObject', { headers: { [`${sse}-customer-algorithm`]: 'AES256' } }),
    ['s3:PutObject denied by resource DenyCustomerProvidedKeys'],
  ],
  [
    'a key of another account is denied by the bucket policy, and the role could not use it',
    onKms('PutObject', { headers: { [sse]: 'aws:kms', [`${sse}-aws-kms-key-id`]: FOREIGN_KEY } }),
    ['s3:PutObject denied by resource DenyWrongKey', 'kms:GenerateDataKey missing in identity'],
  ],
  [
    'another key of the account is denied by the bucket policy, and the role could not use it',
    onKms('PutObject', { headers: { [sse]: 'aws:kms', [`${sse}-aws-kms-key-id`]: OTHER_KEY } }),
    ['s3:PutObject denied by resource DenyWrongKey', 'kms:GenerateDataKey missing in identity'],
  ],
  [
    'the AWS managed key is no key of the role',
    onKms('PutObject', { headers: { [sse]: 'aws:kms' }, keyAliases: { 'alias/aws/s3': OTHER_KEY } }),
    ['s3:PutObject allowed', 'kms:GenerateDataKey missing in identity'],
  ],
  [
    'without a bucket key the encryption context names the object, which neither policy of the key admits',
    onKms('PutObject', { bucket: kmsBucket(false) }),
    ['s3:PutObject allowed', 'kms:GenerateDataKey missing in key'],
  ],
  [
    'an object that was stored without a bucket key cannot be read',
    onKms('GetObject', { object: { encryption: { ...underKey, isBucketKeyEnabled: false } } }),
    ['s3:GetObject allowed', 'kms:Decrypt missing in key'],
  ],
  [
    'through S3 of another region the key is of no use',
    onKms('PutObject', { bucket: { ...kmsBucket(), region: 'us-west-2' } }),
    ['s3:PutObject allowed', 'kms:GenerateDataKey missing in key'],
  ],
  [
    'plain HTTP is denied',
    onKms('GetObject', { transport: { isSecure: false, authType: 'REST-HEADER' } }),
    ['s3:GetObject denied by resource DenyPlainHttp', 'kms:Decrypt allowed'],
  ],
  [
    'TLS 1.1 is denied',
    onKms('DeleteObject', { transport: { isSecure: true, tlsVersion: '1.1' } }),
    ['s3:DeleteObject denied by resource DenyOldTls'],
  ],
  [
    'a bucket of the same name in another account is out of reach',
    onObject('GetObject', { bucket: bucket({ account: FOREIGN }) }),
    ['s3:GetObject missing in identity'],
  ],
  [
    'a copy from another bucket cannot be read there',
    onKms('CopyObject', {
      headers: { 'x-amz-copy-source': 'other/a' },
      source: { bucket: bucket({ name: 'other' }), object: { encryption: sseS3 } },
    }),
    ['s3:PutObject allowed', 's3:GetObject missing in identity', 'kms:GenerateDataKey allowed'],
  ],
  [
    'a batch loses its keys and keeps its versions',
    onBucket('DeleteObjects', { objects: [{ key: 'a' }, { key: 'a', versionId: 'v1' }] }),
    ['s3:DeleteObject allowed', 's3:DeleteObjectVersion missing in identity'],
  ],
  [
    'an ACL, tags and a lock are beyond the role',
    onKms('PutObject', {
      headers: { 'x-amz-acl': 'private', 'x-amz-tagging': 'a=b', 'x-amz-object-lock-legal-hold': 'ON' },
    }),
    [
      's3:PutObject allowed',
      's3:PutObjectAcl missing in identity',
      's3:PutObjectTagging missing in identity',
      's3:PutObjectLegalHold missing in identity',
      'kms:GenerateDataKey allowed',
    ],
  ],
  [
    'a missing key may be called missing',
    onObject('GetObject', { object: 'missing' }),
    ['s3:GetObject allowed', 's3:ListBucket allowed'],
  ],
])('%s', (_claim, facts, expected) => {
  expect(answers(facts)).toEqual(expected);
});

test('an upload cannot be completed by a role without kms:Decrypt', () => {
  const onlyDataKeys = { ...kmsIdentityPolicy(target, { current: KEY }), Id: 'narrowed' };
  const Statement = onlyDataKeys.Statement.map((statement) => ({ ...statement, Action: 'kms:GenerateDataKey' }));
  const [s3] = deployed.identity;
  const identity = [...(s3 ? [s3] : []), parsePolicy({ ...onlyDataKeys, Statement }, 'kms')];
  expect(answers(onKms('CreateMultipartUpload'), { ...deployed, identity })).toEqual([
    's3:PutObject allowed',
    'kms:GenerateDataKey allowed',
  ]);
  expect(answers(onKms('CompleteMultipartUpload', upload), { ...deployed, identity })).toEqual([
    's3:PutObject allowed',
    'kms:Decrypt missing in identity',
  ]);
});
