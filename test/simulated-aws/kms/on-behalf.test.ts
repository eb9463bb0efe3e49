import { questionsOf } from '../../../lib/request-model';
import { importKey } from '../../../lib/simulated-aws/kms';
import { decryptOnBehalf, generateDataKeyOnBehalf } from '../../../lib/simulated-aws/kms/on-behalf';
import type { Call, Caller } from '../../../lib/simulated-aws/service/service';
import { AwsError } from '../../../lib/simulated-aws/wire/http/aws-error';
import { Account, accountId, allowAll, document, region, roleSession, rootArn, type Statement } from './account';

const keyId = '11111111-2222-4333-8444-555555555555';
const keyArn = `arn:aws:kms:${region}:${accountId}:key/${keyId}`;
const viaService = `s3.${region}.amazonaws.com`;
const bucketArn = 'arn:aws:s3:::acme-vault';
const encryptionContext = { 'aws:s3:arn': bucketArn };

/** Grants to the role of an environment: two actions, through S3 only, for one bucket only. */
const throughS3: Statement = {
  Effect: 'Allow',
  Action: ['kms:GenerateDataKey', 'kms:Decrypt'],
  Resource: keyArn,
  Condition: { StringEquals: { 'kms:ViaService': viaService, 'kms:EncryptionContext:aws:s3:arn': bucketArn } },
};

let account: Account;

function callOf(...statements: readonly Statement[]): Call {
  return account.call(roleSession(statements));
}

/** S3's answer, as code, status and message. */
function answer(ask: () => unknown): readonly unknown[] {
  try {
    ask();
    return ['no error'];
  } catch (error) {
    return error instanceof AwsError ? [error.code, error.status, error.message] : [error];
  }
}

function user(verb: string): string {
  return `User: arn:aws:sts::${accountId}:assumed-role/vault/session is not authorized to perform: ${verb}`;
}

beforeEach(() => {
  account = new Account();
  importKey(account.state, { keyId });
});

test('a role that may use the key through S3 gets a data key and may decrypt it', () => {
  const call = callOf(throughS3);
  expect(generateDataKeyOnBehalf(call, keyId, encryptionContext)).toEqual({ keyArn });
  expect(answer(() => decryptOnBehalf(call, keyArn, encryptionContext))).toEqual(['no error']);
});

test.each([keyId, keyArn, 'alias/aws/s3'])('KMS is asked about %s as the request model says', (kmsKey) => {
  const { keyArn: used } = generateDataKeyOnBehalf(callOf(allowAll), kmsKey, encryptionContext);
  const defaultEncryption = { algorithm: 'aws:kms', kmsKey, isBucketKeyEnabled: true };
  const [modelled] = questionsOf({
    operation: 'PutObject',
    partition: 'aws',
    callerAccount: accountId,
    bucket: { name: 'acme-vault', account: accountId, region, defaultEncryption },
    key: 'file.csv',
    query: {},
    headers: {},
    transport: { isSecure: true },
    keyAliases: { 'alias/aws/s3': used },
  }).filter(({ askedOf }) => askedOf === 'kms');
  const { 'aws:SecureTransport': _transport, 'aws:ResourceAccount': _owner, ...context } = modelled?.context ?? {};
  const { action, resource, resourceAccount } = modelled ?? {};
  expect(account.questions).toEqual([
    expect.objectContaining({ action, resource, resourceAccount, context: expect.objectContaining(context) }),
  ]);
});

test('KMS is asked for the caller, with the context that S3 adds to the request', () => {
  generateDataKeyOnBehalf(callOf(throughS3), keyArn, encryptionContext);
  expect(account.questions).toEqual([
    {
      action: 'kms:GenerateDataKey',
      resource: keyArn,
      resourceAccount: accountId,
      keyPolicy: expect.objectContaining({ name: 'key policy' }),
      context: {
        'aws:CalledVia': ['s3.amazonaws.com'],
        'aws:CalledViaFirst': 's3.amazonaws.com',
        'aws:CalledViaLast': 's3.amazonaws.com',
        'aws:ViaAWSService': 'true',
        'kms:CallerAccount': accountId,
        'kms:EncryptionAlgorithm': 'SYMMETRIC_DEFAULT',
        'kms:EncryptionContext:aws:s3:arn': bucketArn,
        'kms:EncryptionContextKeys': ['aws:s3:arn'],
        'kms:KeyOrigin': 'AWS_KMS',
        'kms:KeySpec': 'SYMMETRIC_DEFAULT',
        'kms:KeyUsage': 'ENCRYPT_DECRYPT',
        'kms:MultiRegion': 'false',
        'kms:ViaService': viaService,
      },
    },
  ]);
});

test.each([
  [
    'a role without the action',
    { ...throughS3, Action: 'kms:Decrypt' },
    `${user('kms:GenerateDataKey')} on resource: ${keyArn} because no identity-based policy allows the kms:GenerateDataKey action`,
  ],
  [
    'a role for another bucket',
    { ...throughS3, Condition: { StringEquals: { 'kms:EncryptionContext:aws:s3:arn': 'arn:aws:s3:::other' } } },
    `${user('kms:GenerateDataKey')} on resource: ${keyArn} because no identity-based policy allows the kms:GenerateDataKey action`,
  ],
  [
    'a role through another service',
    { ...throughS3, Condition: { StringEquals: { 'kms:ViaService': `dynamodb.${region}.amazonaws.com` } } },
    `${user('kms:GenerateDataKey')} on resource: ${keyArn} because no identity-based policy allows the kms:GenerateDataKey action`,
  ],
  [
    'a role with a denial',
    { ...throughS3, Effect: 'Deny' as const },
    `${user('kms:GenerateDataKey')} on resource: ${keyArn} with an explicit deny in an identity-based policy`,
  ],
])('%s is refused, with the action and the key in the message', (_who, statement, message) => {
  const ask = () => generateDataKeyOnBehalf(callOf(statement), keyArn, encryptionContext);
  expect(answer(ask)).toEqual(['AccessDenied', 403, message]);
});

test('a role without kms:Decrypt cannot read', () => {
  const ask = () => decryptOnBehalf(callOf({ ...throughS3, Action: 'kms:GenerateDataKey' }), keyArn, encryptionContext);
  expect(answer(ask)).toEqual([
    'AccessDenied',
    403,
    `${user('kms:Decrypt')} on resource: ${keyArn} because no identity-based policy allows the kms:Decrypt action`,
  ]);
});

test('a role is refused by a key policy that does not admit it, whatever its own policies allow', () => {
  const administration: Statement = { Effect: 'Allow', Principal: { AWS: rootArn }, Action: 'kms:Put*', Resource: '*' };
  importKey(account.state, { keyId, policy: document([administration]) });
  expect(answer(() => generateDataKeyOnBehalf(callOf(allowAll), keyArn, encryptionContext))).toEqual([
    'AccessDenied',
    403,
    `${user('kms:GenerateDataKey')} on resource: ${keyArn} because no resource-based policy allows the kms:GenerateDataKey action`,
  ]);
});

test.each([
  ['disabled', { isEnabled: false }, 'KMS.DisabledException', `${keyArn} is disabled.`],
  [
    'pending deletion',
    { deletionDate: new Date('2026-06-01T00:00:00Z') },
    'KMS.KMSInvalidStateException',
    `${keyArn} is pending deletion.`,
  ],
])('a key that is %s is of no use', (_state, change, code, message) => {
  account.state.kms.keys.set(keyId, { ...importKey(account.state, { keyId }), ...change });
  const call = callOf(throughS3);
  expect(answer(() => generateDataKeyOnBehalf(call, keyArn, encryptionContext))).toEqual([code, 400, message]);
  expect(answer(() => decryptOnBehalf(call, keyArn, encryptionContext))).toEqual([code, 400, message]);
});

const unreachable =
  'because the resource does not exist in this Region, no resource-based policies allow access, or a resource-based policy explicitly denies access';

test('a key that does not exist is not found for a new object, and denied for an old one', () => {
  const missing = keyArn.replace('11111111', '99999999');
  const call = callOf(allowAll);
  expect(answer(() => generateDataKeyOnBehalf(call, missing, encryptionContext))).toEqual([
    'KMS.NotFoundException',
    400,
    `Key '${missing}' does not exist`,
  ]);
  expect(answer(() => decryptOnBehalf(call, missing, encryptionContext))).toEqual([
    'AccessDenied',
    403,
    `${user('kms:Decrypt')} on the resource associated with this ciphertext ${unreachable}`,
  ]);
});

test('a key in another account is out of reach', () => {
  const foreign = keyArn.replace(accountId, '444455556666');
  expect(answer(() => generateDataKeyOnBehalf(callOf(allowAll), foreign, encryptionContext))).toEqual([
    'AccessDenied',
    403,
    `${user('kms:GenerateDataKey')} on this resource ${unreachable}`,
  ]);
});

test('an anonymous caller cannot use SSE-KMS at all', () => {
  const anonymous: Caller = { principal: { kind: 'anonymous' }, policies: { identity: [] }, context: {} };
  expect(answer(() => decryptOnBehalf(account.call(anonymous), keyArn, encryptionContext)).slice(0, 2)).toEqual([
    'InvalidArgument',
    400,
  ]);
});

test('alias/aws/s3 serves everyone in the account through S3, and is made once', () => {
  const call = callOf();
  const first = generateDataKeyOnBehalf(call, 'alias/aws/s3', encryptionContext);
  const byArn = `arn:aws:kms:${region}:${accountId}:alias/aws/s3`;
  expect(generateDataKeyOnBehalf(call, byArn, encryptionContext)).toEqual(first);
  expect(answer(() => decryptOnBehalf(call, first.keyArn, encryptionContext))).toEqual(['no error']);
  expect(account.state.kms.keys.size).toBe(2);
});

test('alias/aws/s3 serves no one from another account', () => {
  const { keyArn: managed } = generateDataKeyOnBehalf(callOf(), 'alias/aws/s3', encryptionContext);
  const stranger: Caller = {
    principal: { kind: 'user', account: '444455556666', arn: 'arn:aws:iam::444455556666:user/a', userId: 'AIDA' },
    policies: roleSession([allowAll]).policies,
    context: {},
  };
  const ask = () => decryptOnBehalf(account.call(stranger), managed, encryptionContext);
  expect(answer(ask).slice(0, 2)).toEqual(['AccessDenied', 403]);
});
