import * as sdk from '@aws-sdk/client-kms';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { SimulatedAccount } from '../../../lib/simulated-aws';
import { importKey } from '../../../lib/simulated-aws/kms';
import { importBucket } from '../../../lib/simulated-aws/s3';
import { requireAccount } from '../../../lib/simulated-aws/state/accounts';
import { clientConfig, failure, policyDocument, region, startAccount } from '../account';

const home = '111122223333';
const other = '444455556666';
const keyId = '11111111-2222-4333-8444-555555555555';
const keyArn = `arn:aws:kms:${region}:${home}:key/${keyId}`;
const rootOf = (accountId: string) => `arn:aws:iam::${accountId}:root`;
const admit = (accountId: string, Action: string) => ({
  Effect: 'Allow',
  Principal: { AWS: rootOf(accountId) },
  Action,
  Resource: '*',
});

let account: SimulatedAccount;
let owner: sdk.KMSClient;
/** The administrator of the other account. */
let guest: sdk.KMSClient;

beforeAll(async () => {
  account = await startAccount(undefined, { otherAccountIds: [other] });
  owner = clientOf(home);
  guest = clientOf(other);
});

beforeEach(() => putKey(admit(home, 'kms:*'), admit(other, 'kms:*')));

afterAll(async () => {
  owner.destroy();
  guest.destroy();
  await account.stop();
});

function stateOf(accountId: string) {
  return requireAccount(account.accounts, accountId, region);
}

function configOf(accountId: string) {
  const credentials = account.administrators.get(accountId);
  if (credentials === undefined) throw new Error(`no administrator of ${accountId}`);
  return { ...clientConfig(account), credentials };
}

function clientOf(accountId: string): sdk.KMSClient {
  return new sdk.KMSClient(configOf(accountId));
}

function putKey(...statements: readonly object[]): void {
  importKey(account.state, { keyId, policy: policyDocument(...statements) });
}

const Plaintext = Buffer.from('secret');
const encrypt = () => new sdk.EncryptCommand({ KeyId: keyArn, Plaintext });

test('a caller of another account uses a key that admits it', async () => {
  const { CiphertextBlob, KeyId } = await guest.send(encrypt());
  const opened = await guest.send(new sdk.DecryptCommand({ CiphertextBlob }));
  const described = await guest.send(new sdk.DescribeKeyCommand({ KeyId: keyArn }));
  expect([KeyId, Buffer.from(opened.Plaintext ?? []).toString(), described.KeyMetadata?.AWSAccountId]).toEqual([
    keyArn,
    'secret',
    home,
  ]);
});

test('an alias ARN of another account names its key', async () => {
  await owner.send(new sdk.CreateAliasCommand({ AliasName: 'alias/shared', TargetKeyId: keyId }));
  const KeyId = `arn:aws:kms:${region}:${home}:alias/shared`;
  expect((await guest.send(new sdk.EncryptCommand({ KeyId, Plaintext }))).KeyId).toBe(keyArn);
  await owner.send(new sdk.DeleteAliasCommand({ AliasName: 'alias/shared' }));
});

test.each([
  ['whose key policy does not admit it', () => putKey(admit(home, 'kms:*')), keyArn],
  ['that is not there', () => undefined, keyArn.replace('key/1111', 'key/7777')],
  ['of an account that is not simulated', () => undefined, keyArn.replace(home, '777788889999')],
])('a caller of another account learns nothing about a key %s', async (_what, prepare, KeyId) => {
  prepare();
  expect(await failure(guest.send(new sdk.EncryptCommand({ KeyId, Plaintext })))).toEqual({
    code: 'AccessDeniedException',
    status: 400,
    message: expect.stringMatching(
      /kms:Encrypt on this resource because the resource does not exist in this Region, no resource-based policies allow access, or/,
    ),
  });
});

test.each([
  ['ScheduleKeyDeletion', new sdk.ScheduleKeyDeletionCommand({ KeyId: keyArn })],
  ['PutKeyPolicy', new sdk.PutKeyPolicyCommand({ KeyId: keyArn, Policy: '{}' })],
  ['GetKeyPolicy', new sdk.GetKeyPolicyCommand({ KeyId: keyArn })],
  ['TagResource', new sdk.TagResourceCommand({ KeyId: keyArn, Tags: [{ TagKey: 'a', TagValue: 'b' }] })],
  ['DisableKey', new sdk.DisableKeyCommand({ KeyId: keyArn })],
])('a caller of another account never gets to do %s, whatever the key policy says', async (_operation, command) => {
  expect(await failure(guest.send(command as sdk.DisableKeyCommand))).toMatchObject({ code: 'AccessDeniedException' });
});

test.each<{ operation: string; ask: () => Promise<unknown> }>([
  {
    operation: 'GenerateDataKeyWithoutPlaintext',
    ask: () => guest.send(new sdk.GenerateDataKeyWithoutPlaintextCommand({ KeyId: keyArn, KeySpec: 'AES_256' })),
  },
  { operation: 'GetKeyRotationStatus', ask: () => guest.send(new sdk.GetKeyRotationStatusCommand({ KeyId: keyArn })) },
  { operation: 'ListGrants', ask: () => guest.send(new sdk.ListGrantsCommand({ KeyId: keyArn })) },
  {
    operation: 'ReEncrypt',
    ask: async () => {
      const { CiphertextBlob } = await owner.send(encrypt());
      return guest.send(new sdk.ReEncryptCommand({ CiphertextBlob, DestinationKeyId: keyArn }));
    },
  },
])('a caller of another account gets to do $operation where the key policy says so', async ({ ask }) => {
  expect(await ask()).toMatchObject({ $metadata: { httpStatusCode: 200 } });
  putKey(admit(home, 'kms:*'));
  expect(await failure(ask())).toMatchObject({ code: 'AccessDeniedException' });
});

test('a caller of another account is held back by its own policies', async () => {
  const { users } = stateOf(other).iam;
  const administrator = users.get('administrator');
  if (administrator === undefined) throw new Error('there is no administrator');
  users.set('administrator', { ...administrator, attachedPolicyArns: [] });
  expect(await failure(guest.send(encrypt()))).toMatchObject({ code: 'AccessDeniedException' });
  users.set('administrator', administrator);
  expect((await guest.send(encrypt())).KeyId).toBe(keyArn);
});

test('a grant lets a principal of another account in, with the policies of its own account', async () => {
  putKey(admit(home, 'kms:*'));
  await owner.send(
    new sdk.CreateGrantCommand({ KeyId: keyId, GranteePrincipal: rootOf(other), Operations: ['Encrypt'] }),
  );
  expect((await guest.send(encrypt())).KeyId).toBe(keyArn);
  expect(await failure(guest.send(new sdk.DescribeKeyCommand({ KeyId: keyArn })))).toMatchObject({
    code: 'AccessDeniedException',
  });
});

test('a grant that another account issued stays on its owner’s key, and both accounts see it', async () => {
  const input = { KeyId: keyArn, GranteePrincipal: rootOf(other), RetiringPrincipal: rootOf(other) };
  const { GrantId } = await guest.send(new sdk.CreateGrantCommand({ ...input, Operations: ['Decrypt'] }));
  const listed = await owner.send(new sdk.ListGrantsCommand({ KeyId: keyId }));
  expect(listed.Grants).toMatchObject([{ GrantId, IssuingAccount: rootOf(other) }]);
  const retirable = await guest.send(new sdk.ListRetirableGrantsCommand({ RetiringPrincipal: rootOf(other) }));
  expect(retirable.Grants).toMatchObject([{ GrantId, KeyId: keyArn }]);
  await guest.send(new sdk.RevokeGrantCommand({ KeyId: keyArn, GrantId }));
  expect((await owner.send(new sdk.ListGrantsCommand({ KeyId: keyId }))).Grants).toEqual([]);
});

test('an object under another account’s key is written and read only while the key admits the caller', async () => {
  importBucket(stateOf(other), 'guest-bucket');
  const s3 = new S3Client({ ...configOf(other), forcePathStyle: true });
  const target = { Bucket: 'guest-bucket', Key: 'key' };
  const encryption = { ServerSideEncryption: 'aws:kms' as const, SSEKMSKeyId: keyArn };
  await s3.send(new PutObjectCommand({ ...target, ...encryption, Body: 'text' }));
  const { Body } = await s3.send(new GetObjectCommand(target));
  expect(await Body?.transformToString()).toBe('text');
  putKey(admit(home, 'kms:*'));
  expect(await failure(s3.send(new GetObjectCommand(target)))).toMatchObject({ code: 'AccessDenied', status: 403 });
  s3.destroy();
});
