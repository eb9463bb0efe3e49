import {
  CreateAliasCommand,
  CreateKeyCommand,
  DeleteAliasCommand,
  DescribeKeyCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  type KMSClient,
  ScheduleKeyDeletionCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-kms';
import { importKey } from '../../../lib/simulated-aws/kms';
import { Account, accountId, allowAll, document, failure, failureCode, region, type Statement } from './account';

const keyId = '11111111-2222-4333-8444-555555555555';
const keyArn = `arn:aws:kms:${region}:${accountId}:key/${keyId}`;
const alias = 'alias/vault';
const aliasArn = `arn:aws:kms:${region}:${accountId}:${alias}`;
const plaintext = Buffer.from('a secret');

let account: Account;
let admin: KMSClient;

beforeEach(async () => {
  account = new Account();
  admin = account.client(allowAll);
  importKey(account.state, { keyId });
  await admin.send(new CreateAliasCommand({ AliasName: alias, TargetKeyId: keyId }));
});

describe('permissions', () => {
  const dataKey = { KeyId: keyId, KeySpec: 'AES_256' as const };
  const commands = {
    CreateKey: () => new CreateKeyCommand({}),
    DescribeKey: () => new DescribeKeyCommand({ KeyId: keyId }),
    EnableKey: () => new EnableKeyCommand({ KeyId: keyId }),
    EnableKeyRotation: () => new EnableKeyRotationCommand({ KeyId: keyId }),
    Encrypt: () => new EncryptCommand({ KeyId: keyId, Plaintext: plaintext }),
    GenerateDataKey: () => new GenerateDataKeyCommand(dataKey),
    ScheduleKeyDeletion: () => new ScheduleKeyDeletionCommand({ KeyId: keyId }),
    TagResource: () => new TagResourceCommand({ KeyId: keyId, Tags: [{ TagKey: 'a', TagValue: '1' }] }),
    UntagResource: () => new UntagResourceCommand({ KeyId: keyId, TagKeys: ['a'] }),
  };

  test.each([
    ['the alias', aliasArn],
    ['the key', keyArn],
  ])('changing an alias needs permission on %s as well', async (_what, Resource) => {
    const half = account.client({ Effect: 'Allow', Action: 'kms:DeleteAlias', Resource });
    expect(await failureCode(half.send(new DeleteAliasCommand({ AliasName: alias })))).toBe('AccessDeniedException');
    const both = account.client({ ...allowAll, Resource: keyArn }, { ...allowAll, Resource: aliasArn });
    expect(await failureCode(both.send(new DeleteAliasCommand({ AliasName: alias })))).toBe('no error');
  });

  test('tags on a new key need kms:TagResource', async () => {
    const creator = account.client({ Effect: 'Allow', Action: ['kms:CreateKey', 'kms:PutKeyPolicy'], Resource: '*' });
    const tagged = new CreateKeyCommand({ Tags: [{ TagKey: 'a', TagValue: '1' }] });
    expect((await failure(creator.send(tagged))).message).toContain('kms:TagResource');
    expect(await failureCode(creator.send(new CreateKeyCommand({})))).toBe('no error');
  });

  test('a key policy that admits no one else shuts out an administrator', async () => {
    const only: Statement = { ...allowAll, Principal: { AWS: `arn:aws:iam::444455556666:user/other` } };
    importKey(account.state, { keyId, policy: document([only]) });
    expect((await failure(admin.send(new DescribeKeyCommand({ KeyId: keyId })))).message).toContain(
      'because no resource-based policy allows the kms:DescribeKey action',
    );
  });

  const withContext = { KeyId: keyId, Plaintext: plaintext, EncryptionContext: { purpose: 'test' } };
  const equals = (key: string, value: string) => ({ StringEquals: { [key]: value } });
  const tag = { TagKey: 'owner', TagValue: 'vault' };
  test.each([
    ['kms:CallerAccount', equals('kms:CallerAccount', accountId), commands.DescribeKey],
    ['kms:KeySpec', equals('kms:KeySpec', 'SYMMETRIC_DEFAULT'), commands.CreateKey],
    ['kms:KeyOrigin', equals('kms:KeyOrigin', 'AWS_KMS'), commands.EnableKey],
    ['kms:ResourceAliases', { 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': alias } }, commands.DescribeKey],
    ['kms:RequestAlias', equals('kms:RequestAlias', alias), () => new DescribeKeyCommand({ KeyId: aliasArn })],
    ['kms:EncryptionContext:…', equals('kms:EncryptionContext:purpose', 'test'), () => new EncryptCommand(withContext)],
    [
      'kms:EncryptionContextKeys',
      { 'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': 'purpose' } },
      () => new EncryptCommand(withContext),
    ],
    ['kms:EncryptionAlgorithm', equals('kms:EncryptionAlgorithm', 'SYMMETRIC_DEFAULT'), commands.GenerateDataKey],
    ['kms:RotationPeriodInDays', { NumericEquals: { 'kms:RotationPeriodInDays': '365' } }, commands.EnableKeyRotation],
    [
      'kms:ScheduleKeyDeletionPendingWindowInDays',
      { NumericGreaterThanEquals: { 'kms:ScheduleKeyDeletionPendingWindowInDays': '30' } },
      commands.ScheduleKeyDeletion,
    ],
    ['aws:RequestTag/…', equals('aws:RequestTag/a', '1'), commands.TagResource],
    ['aws:TagKeys', { 'ForAllValues:StringEquals': { 'aws:TagKeys': 'a' } }, commands.UntagResource],
    ['aws:ResourceTag/…', equals('aws:ResourceTag/owner', 'vault'), commands.DescribeKey],
  ])('a condition on %s holds for the request that it describes', async (_key, Condition, command) => {
    await admin.send(new TagResourceCommand({ KeyId: keyId, Tags: [tag] }));
    const conditional = account.client({ ...allowAll, Condition }, { ...allowAll, Action: 'kms:PutKeyPolicy' });
    expect(await failureCode(conditional.send(command() as EnableKeyCommand))).toBe('no error');
  });

  test.each([
    ['kms:RequestAlias', equals('kms:RequestAlias', alias), commands.DescribeKey],
    ['kms:EncryptionContext:…', equals('kms:EncryptionContext:purpose', 'test'), commands.Encrypt],
    ['kms:ViaService', equals('kms:ViaService', `s3.${region}.amazonaws.com`), commands.GenerateDataKey],
    ['kms:EncryptionAlgorithm', equals('kms:EncryptionAlgorithm', 'SYMMETRIC_DEFAULT'), commands.DescribeKey],
    ['aws:ResourceTag/…', equals('aws:ResourceTag/owner', 'vault'), commands.DescribeKey],
  ])('%s is absent from a request that does not carry it', async (_key, Condition, command) => {
    const conditional = account.client({ ...allowAll, Condition });
    expect(await failureCode(conditional.send(command() as EnableKeyCommand))).toBe('AccessDeniedException');
  });
});
