import {
  CancelKeyDeletionCommand,
  CreateAliasCommand,
  CreateKeyCommand,
  DecryptCommand,
  DeleteAliasCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  DisableKeyRotationCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateDataKeyWithoutPlaintextCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  GetPublicKeyCommand,
  type KMSClient,
  ListAliasesCommand,
  ListKeyPoliciesCommand,
  ListKeysCommand,
  ListResourceTagsCommand,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateAliasCommand,
  UpdateKeyDescriptionCommand,
} from '@aws-sdk/client-kms';
import { importKey } from '../../../lib/simulated-aws/kms';
import {
  Account,
  accountId,
  allowAll,
  document,
  failure,
  failureCode,
  region,
  roleArn,
  rootArn,
  type Statement,
} from './account';

const keyId = '11111111-2222-4333-8444-555555555555';
const otherKeyId = '99999999-2222-4333-8444-555555555555';
const keyArn = `arn:aws:kms:${region}:${accountId}:key/${keyId}`;
const alias = 'alias/vault';
const aliasArn = `arn:aws:kms:${region}:${accountId}:${alias}`;
const plaintext = Buffer.from('a secret');
/** An alias that AWS made, of a key that is not there yet. */
const predefined = { AliasName: 'alias/aws/s3', AliasArn: `arn:aws:kms:${region}:${accountId}:alias/aws/s3` };

let account: Account;
let admin: KMSClient;

beforeEach(async () => {
  account = new Account();
  admin = account.client(allowAll);
  importKey(account.state, { keyId });
  await admin.send(new CreateAliasCommand({ AliasName: alias, TargetKeyId: keyId }));
});

describe('keys', () => {
  test('a new key is described by everything that it was created with', async () => {
    const created = await admin.send(
      new CreateKeyCommand({ Description: 'backups', Tags: [{ TagKey: 'owner', TagValue: 'vault' }] }),
    );
    const id = created.KeyMetadata?.KeyId;
    const { KeyMetadata: described } = await admin.send(new DescribeKeyCommand({ KeyId: id }));
    expect(created.KeyMetadata).toEqual(described);
    expect(described).toEqual({
      AWSAccountId: accountId,
      Arn: `arn:aws:kms:${region}:${accountId}:key/${id}`,
      CreationDate: account.clock,
      CurrentKeyMaterialId: expect.stringMatching(/^[0-9a-f]{64}$/),
      CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
      Description: 'backups',
      Enabled: true,
      EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
      KeyId: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/),
      KeyManager: 'CUSTOMER',
      KeySpec: 'SYMMETRIC_DEFAULT',
      KeyState: 'Enabled',
      KeyUsage: 'ENCRYPT_DECRYPT',
      MultiRegion: false,
      Origin: 'AWS_KMS',
    });
  });

  test('a description is no longer than 8,192 characters', async () => {
    const Description = 'd'.repeat(8193);
    expect(await failureCode(admin.send(new CreateKeyCommand({ Description })))).toBe('ValidationException');
    const update = new UpdateKeyDescriptionCommand({ KeyId: keyId, Description });
    expect(await failureCode(admin.send(update))).toBe('ValidationException');
  });

  test('a key without a policy of its own gets one that leaves access to the account', async () => {
    const { Policy } = await admin.send(new GetKeyPolicyCommand({ KeyId: keyId }));
    expect(JSON.parse(Policy ?? '')).toEqual({
      Version: '2012-10-17',
      Id: 'key-default-1',
      Statement: [
        {
          Sid: 'Enable IAM User Permissions',
          Effect: 'Allow',
          Principal: { AWS: rootArn },
          Action: 'kms:*',
          Resource: '*',
        },
      ],
    });
  });

  test.each([keyId, keyArn, alias, aliasArn])('%s names the key', async (identifier) => {
    const { KeyMetadata } = await admin.send(new DescribeKeyCommand({ KeyId: identifier }));
    expect(KeyMetadata?.Arn).toBe(keyArn);
  });

  test.each([
    [otherKeyId, 'NotFoundException'],
    ['no-key-id', 'NotFoundException'],
    ['alias/unknown', 'NotFoundException'],
    [keyArn.replace(region, 'eu-west-1'), 'NotFoundException'],
    [keyArn.replace('arn:aws:', 'arn:aws-cn:'), 'NotFoundException'],
    ['arn:aws:s3:::bucket', 'InvalidArnException'],
    [keyArn.replace(accountId, '444455556666'), 'AccessDeniedException'],
  ])('%s does not name a key here: %s', async (identifier, code) => {
    expect(await failureCode(admin.send(new DescribeKeyCommand({ KeyId: identifier })))).toBe(code);
  });

  test('management operations take no alias', async () => {
    expect(await failureCode(admin.send(new GetKeyPolicyCommand({ KeyId: alias })))).toBe('NotFoundException');
  });

  test('describing alias/aws/s3 makes the AWS managed key, once', async () => {
    const first = await admin.send(new DescribeKeyCommand({ KeyId: 'alias/aws/s3' }));
    const second = await admin.send(new DescribeKeyCommand({ KeyId: 'alias/aws/s3' }));
    expect(first.KeyMetadata).toMatchObject({ KeyManager: 'AWS', Arn: second.KeyMetadata?.Arn });
    const change = new DisableKeyCommand({ KeyId: first.KeyMetadata?.KeyId });
    expect(await failureCode(admin.send(change))).toBe('AccessDeniedException');
  });

  test('lists come in pages', async () => {
    importKey(account.state, { keyId: otherKeyId });
    const first = await admin.send(new ListKeysCommand({ Limit: 1 }));
    const second = await admin.send(new ListKeysCommand({ Limit: 1, Marker: first.NextMarker }));
    expect([first.Keys, first.Truncated]).toEqual([[{ KeyId: keyId, KeyArn: keyArn }], true]);
    expect([second.Keys?.map((key) => key.KeyId), second.Truncated, second.NextMarker]).toEqual([
      [otherKeyId],
      false,
      undefined,
    ]);
    expect(await failureCode(admin.send(new ListKeysCommand({ Marker: 'x' })))).toBe('InvalidMarkerException');
  });
});

describe('rotation, state and deletion', () => {
  test('rotation is off until it is enabled, and has a period', async () => {
    const status = () => admin.send(new GetKeyRotationStatusCommand({ KeyId: keyId }));
    expect((await status()).KeyRotationEnabled).toBe(false);
    await admin.send(new EnableKeyRotationCommand({ KeyId: keyId, RotationPeriodInDays: 180 }));
    expect(await status()).toMatchObject({
      KeyId: keyArn,
      KeyRotationEnabled: true,
      RotationPeriodInDays: 180,
      NextRotationDate: new Date('2026-10-31T03:02:01Z'),
    });
    await admin.send(new DisableKeyRotationCommand({ KeyId: keyId }));
    expect((await status()).KeyRotationEnabled).toBe(false);
  });

  test('a key that is pending deletion is not rotated, and is disabled when the deletion is cancelled', async () => {
    await admin.send(new EnableKeyRotationCommand({ KeyId: keyId }));
    expect(await admin.send(new ScheduleKeyDeletionCommand({ KeyId: keyId, PendingWindowInDays: 7 }))).toMatchObject({
      KeyId: keyArn,
      KeyState: 'PendingDeletion',
      PendingWindowInDays: 7,
      DeletionDate: new Date('2026-05-11T03:02:01Z'),
    });
    const status = await admin.send(new GetKeyRotationStatusCommand({ KeyId: keyId }));
    await admin.send(new CancelKeyDeletionCommand({ KeyId: keyId }));
    const { KeyMetadata } = await admin.send(new DescribeKeyCommand({ KeyId: keyId }));
    expect([status.KeyRotationEnabled, KeyMetadata?.KeyState]).toEqual([false, 'Disabled']);
  });

  test('a key and its aliases are gone after the waiting period, and not a day earlier', async () => {
    await admin.send(new ScheduleKeyDeletionCommand({ KeyId: keyId }));
    account.advanceDays(29);
    expect((await admin.send(new DescribeKeyCommand({ KeyId: alias }))).KeyMetadata?.KeyState).toBe('PendingDeletion');
    account.advanceDays(1);
    expect(await failureCode(admin.send(new DescribeKeyCommand({ KeyId: keyId })))).toBe('NotFoundException');
    expect((await admin.send(new ListAliasesCommand({}))).Aliases).toEqual([predefined]);
  });

  const encrypt = () => new EncryptCommand({ KeyId: keyId, Plaintext: plaintext });
  const enable = () => new EnableKeyCommand({ KeyId: keyId });
  const disable = () => new DisableKeyCommand({ KeyId: keyId });
  const schedule = () => new ScheduleKeyDeletionCommand({ KeyId: keyId });
  const rotate = () => new EnableKeyRotationCommand({ KeyId: keyId });
  const addAlias = () => new CreateAliasCommand({ AliasName: 'alias/b', TargetKeyId: keyId });
  test.each([
    ['Disabled', 'Encrypt', 'DisabledException', disable, encrypt],
    ['Disabled', 'EnableKeyRotation', 'DisabledException', disable, rotate],
    ['Disabled', 'EnableKey', 'no error', disable, enable],
    ['PendingDeletion', 'Encrypt', 'KMSInvalidStateException', schedule, encrypt],
    ['PendingDeletion', 'EnableKey', 'KMSInvalidStateException', schedule, enable],
    ['PendingDeletion', 'ScheduleKeyDeletion', 'KMSInvalidStateException', schedule, schedule],
    ['PendingDeletion', 'CreateAlias', 'KMSInvalidStateException', schedule, addAlias],
    ['PendingDeletion', 'GetKeyPolicy', 'no error', schedule, () => new GetKeyPolicyCommand({ KeyId: keyId })],
    [
      'Enabled',
      'CancelKeyDeletion',
      'KMSInvalidStateException',
      enable,
      () => new CancelKeyDeletionCommand({ KeyId: keyId }),
    ],
  ])('a key that is %s answers %s with %s', async (_state, _operation, code, prepare, command) => {
    await admin.send(prepare() as EnableKeyCommand);
    expect(await failureCode(admin.send(command() as EnableKeyCommand))).toBe(code);
  });
});

describe('tags and aliases', () => {
  test('tags are added, replaced and removed', async () => {
    const tags = async () => (await admin.send(new ListResourceTagsCommand({ KeyId: keyId }))).Tags;
    const tag = (TagKey: string, TagValue: string) => ({ TagKey, TagValue });
    await admin.send(new TagResourceCommand({ KeyId: keyId, Tags: [tag('a', '1'), tag('b', '2')] }));
    await admin.send(new TagResourceCommand({ KeyId: keyId, Tags: [tag('b', '3')] }));
    expect(await tags()).toEqual([tag('a', '1'), tag('b', '3')]);
    await admin.send(new UntagResourceCommand({ KeyId: keyId, TagKeys: ['a'] }));
    expect(await tags()).toEqual([tag('b', '3')]);
  });

  test.each([
    ['a reserved key', [{ TagKey: 'aws:a', TagValue: '' }]],
    ['an empty key', [{ TagKey: '', TagValue: '' }]],
    [
      'the same key twice',
      [
        { TagKey: 'a', TagValue: '1' },
        { TagKey: 'a', TagValue: '2' },
      ],
    ],
    ['51 keys', Array.from({ length: 51 }, (_, index) => ({ TagKey: `k${index}`, TagValue: '' }))],
  ])('%s is a TagException', async (_what, Tags) => {
    expect(await failureCode(admin.send(new TagResourceCommand({ KeyId: keyId, Tags })))).toBe('TagException');
  });

  test('an alias moves to another key and goes', async () => {
    importKey(account.state, { keyId: otherKeyId });
    await admin.send(new UpdateAliasCommand({ AliasName: alias, TargetKeyId: otherKeyId }));
    expect((await admin.send(new ListAliasesCommand({ KeyId: otherKeyId }))).Aliases).toEqual([
      {
        AliasName: alias,
        AliasArn: aliasArn,
        TargetKeyId: otherKeyId,
        CreationDate: account.clock,
        LastUpdatedDate: account.clock,
      },
    ]);
    await admin.send(new DeleteAliasCommand({ AliasName: alias }));
    expect((await admin.send(new ListAliasesCommand({}))).Aliases).toEqual([predefined]);
  });

  test.each([
    [alias, 'AlreadyExistsException'],
    ['vault', 'ValidationException'],
    ['alias/', 'InvalidAliasNameException'],
    ['alias/a:b', 'InvalidAliasNameException'],
    ['alias/a b', 'ValidationException'],
    [`alias/${'a'.repeat(251)}`, 'ValidationException'],
    ['alias/aws/s3', 'NotAuthorizedException'],
  ])('creating %s is a %s', async (AliasName, code) => {
    expect(await failureCode(admin.send(new CreateAliasCommand({ AliasName, TargetKeyId: keyId })))).toBe(code);
  });
});

describe('encryption', () => {
  const context = { 'aws:s3:arn': 'arn:aws:s3:::bucket', purpose: 'test' };

  test('decrypting gives back what was encrypted, whatever the order of the encryption context', async () => {
    const sealed = { KeyId: alias, Plaintext: plaintext, EncryptionContext: context };
    const { CiphertextBlob } = await admin.send(new EncryptCommand(sealed));
    const EncryptionContext = { purpose: 'test', 'aws:s3:arn': 'arn:aws:s3:::bucket' };
    const opened = await admin.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }));
    expect(Buffer.from(opened.Plaintext ?? [])).toEqual(plaintext);
    expect([opened.KeyId, opened.EncryptionAlgorithm]).toEqual([keyArn, 'SYMMETRIC_DEFAULT']);
  });

  test.each([
    ['another encryption context', { EncryptionContext: { purpose: 'test' } }, 'InvalidCiphertextException'],
    ['no encryption context', { EncryptionContext: {} }, 'InvalidCiphertextException'],
    ['another key', { KeyId: otherKeyId }, 'IncorrectKeyException'],
  ])('a ciphertext is not decrypted with %s', async (_what, change, code) => {
    importKey(account.state, { keyId: otherKeyId });
    const sealed = { KeyId: keyId, Plaintext: plaintext, EncryptionContext: context };
    const { CiphertextBlob } = await admin.send(new EncryptCommand(sealed));
    const decrypt = new DecryptCommand({ CiphertextBlob, EncryptionContext: context, ...change });
    expect(await failureCode(admin.send(decrypt))).toBe(code);
  });

  test('a changed ciphertext, or none at all, is not decrypted', async () => {
    const { CiphertextBlob = new Uint8Array() } = await admin.send(
      new EncryptCommand({ KeyId: keyId, Plaintext: plaintext }),
    );
    const changed = Uint8Array.from(CiphertextBlob, (byte, index) =>
      index === CiphertextBlob.length - 1 ? byte ^ 1 : byte,
    );
    const cut = CiphertextBlob.subarray(0, 45);
    for (const blob of [changed, cut, Buffer.from('no ciphertext')]) {
      const decrypt = new DecryptCommand({ CiphertextBlob: blob });
      expect(await failureCode(admin.send(decrypt))).toBe('InvalidCiphertextException');
    }
  });

  test('a ciphertext of a deleted key is refused without saying that the key is gone', async () => {
    const { CiphertextBlob } = await admin.send(new EncryptCommand({ KeyId: keyId, Plaintext: plaintext }));
    await admin.send(new ScheduleKeyDeletionCommand({ KeyId: keyId }));
    account.advanceDays(30);
    expect(await failure(admin.send(new DecryptCommand({ CiphertextBlob })))).toEqual({
      code: 'AccessDeniedException',
      status: 400,
      message: expect.stringContaining('kms:Decrypt on the resource associated with this ciphertext'),
    });
  });

  test.each([
    [{ KeySpec: 'AES_256' as const }, 32],
    [{ KeySpec: 'AES_128' as const }, 16],
    [{ NumberOfBytes: 100 }, 100],
  ])('the data key of %j has %d bytes and is encrypted under the key', async (size, bytes) => {
    const dataKey = await admin.send(new GenerateDataKeyCommand({ KeyId: keyId, ...size }));
    const opened = await admin.send(new DecryptCommand({ CiphertextBlob: dataKey.CiphertextBlob }));
    expect(dataKey.Plaintext).toHaveLength(bytes);
    expect(opened.Plaintext).toEqual(dataKey.Plaintext);
  });

  const dryRun = { KeyId: keyId, DryRun: true };
  test.each([
    ['Encrypt', new EncryptCommand({ ...dryRun, Plaintext: plaintext })],
    ['GenerateDataKey', new GenerateDataKeyCommand({ ...dryRun, KeySpec: 'AES_256' })],
    ['Decrypt without a ciphertext', new DecryptCommand({ ...dryRun, DryRunModifiers: ['IGNORE_CIPHERTEXT'] })],
  ])('a dry run of %s only tells whether it is permitted', async (_what, command) => {
    const stranger = account.client({ Effect: 'Deny', Action: '*', Resource: '*' });
    expect(await failureCode(admin.send(command as EncryptCommand))).toBe('DryRunOperationException');
    expect(await failureCode(stranger.send(command as EncryptCommand))).toBe('AccessDeniedException');
  });

  test('a dry run of Decrypt still needs a valid ciphertext', async () => {
    const { CiphertextBlob } = await admin.send(new EncryptCommand({ KeyId: keyId, Plaintext: plaintext }));
    const decrypt = (blob: Uint8Array | undefined) =>
      failureCode(admin.send(new DecryptCommand({ ...dryRun, CiphertextBlob: blob })));
    expect(await decrypt(CiphertextBlob)).toBe('DryRunOperationException');
    expect(await decrypt(Buffer.from('no ciphertext'))).toBe('InvalidCiphertextException');
  });

  test('a data key without plaintext has none', async () => {
    const request = { KeyId: keyId, KeySpec: 'AES_256' as const };
    const dataKey = await admin.send(new GenerateDataKeyWithoutPlaintextCommand(request));
    const opened = await admin.send(new DecryptCommand({ CiphertextBlob: dataKey.CiphertextBlob }));
    expect([Object.keys(dataKey).includes('Plaintext'), opened.Plaintext?.length]).toEqual([false, 32]);
  });

  test.each([
    {},
    { KeySpec: 'AES_256' as const, NumberOfBytes: 32 },
    { NumberOfBytes: 1025 },
    { KeySpec: 'AES_512' as never },
  ])('a data key of %j is a ValidationException', async (size) => {
    const request = new GenerateDataKeyCommand({ KeyId: keyId, ...size });
    expect(await failureCode(admin.send(request))).toBe('ValidationException');
  });
});

describe('key policies', () => {
  const root: Statement = { ...allowAll, Principal: { AWS: rootArn } };
  const readOnly: Statement = { ...root, Action: ['kms:Describe*', 'kms:Get*'] };

  test('a key policy is kept as it was put', async () => {
    const Policy = `\n${document([root])}`;
    await admin.send(new PutKeyPolicyCommand({ KeyId: keyId, Policy }));
    expect(await admin.send(new GetKeyPolicyCommand({ KeyId: keyId }))).toMatchObject({
      Policy,
      PolicyName: 'default',
    });
    expect((await admin.send(new ListKeyPoliciesCommand({ KeyId: keyId }))).PolicyNames).toEqual(['default']);
  });

  test.each([
    ['text', 'no policy'],
    ['no statement', document([])],
    ['a statement without a principal', document([allowAll])],
    ['a policy that locks its author out', document([readOnly])],
    [
      'a policy that asks for a key which nothing here knows',
      document([root, { ...root, Condition: { StringEquals: { 'aws:Nobody': 'x' } } }]),
      'ToolkitError',
    ],
    ['a character outside Latin-1', document([root]).replace('{', '{"Id":"\u2013",'), 'ValidationException'],
  ])('%s is refused, and changes nothing', async (_what, Policy, code = 'MalformedPolicyDocumentException') => {
    const before = account.state.kms.keys.get(keyId);
    for (const command of [new CreateKeyCommand({ Policy }), new PutKeyPolicyCommand({ KeyId: keyId, Policy })]) {
      expect(await failureCode(admin.send(command as PutKeyPolicyCommand))).toBe(code);
    }
    expect([...account.state.kms.keys.values()]).toEqual([before]);
  });

  test('a principal of this account must exist; one of another account is not checked', async () => {
    const put = (...names: readonly string[]) =>
      new PutKeyPolicyCommand({ KeyId: keyId, Policy: document([root, { ...root, Principal: { AWS: names } }]) });
    expect(await failure(admin.send(put(roleArn)))).toEqual({
      code: 'MalformedPolicyDocumentException',
      status: 400,
      message: 'Policy contains a statement with one or more invalid principals.',
    });
    account.createRole('AROAEXAMPLE000000001');
    const foreign = 'arn:aws:iam::444455556666:role/vault';
    expect(await failureCode(admin.send(put(roleArn, foreign)))).toBe('no error');
  });

  test('a role in a key policy is the role it was written for: a new role of the same name is another', async () => {
    account.createRole('AROAEXAMPLE000000001');
    const use: Statement = { ...allowAll, Action: 'kms:DescribeKey', Principal: { AWS: roleArn } };
    await admin.send(new PutKeyPolicyCommand({ KeyId: keyId, Policy: document([root, use]) }));
    const describe = () => failureCode(account.client().send(new DescribeKeyCommand({ KeyId: keyId })));
    const shown = async () => JSON.parse((await admin.send(new GetKeyPolicyCommand({ KeyId: keyId }))).Policy ?? '');
    expect([await describe(), (await shown()).Statement[1].Principal]).toEqual(['no error', { AWS: roleArn }]);
    account.createRole('AROAEXAMPLE000000002');
    account.signInAs('AROAEXAMPLE000000002');
    expect([await describe(), (await shown()).Statement[1].Principal]).toEqual([
      'AccessDeniedException',
      { AWS: 'AROAEXAMPLE000000001' },
    ]);
  });

  test('the lock-out check can be bypassed, and then the author is locked out', async () => {
    const policy = { KeyId: keyId, Policy: document([readOnly]) };
    await admin.send(new PutKeyPolicyCommand({ ...policy, BypassPolicyLockoutSafetyCheck: true }));
    expect(await failureCode(admin.send(new PutKeyPolicyCommand(policy)))).toBe('AccessDeniedException');
  });

  test('a policy over 32 KiB is over the limit', async () => {
    const Policy = `${' '.repeat(32_768)}${document([root])}`;
    expect(await failureCode(admin.send(new PutKeyPolicyCommand({ KeyId: keyId, Policy })))).toBe(
      'LimitExceededException',
    );
  });

  test('no policy has another name', async () => {
    const get = new GetKeyPolicyCommand({ KeyId: keyId, PolicyName: 'other' });
    expect(await failureCode(admin.send(get))).toBe('NotFoundException');
  });
});

describe('what is not simulated', () => {
  test.each([
    ['kms:GetPublicKey', new GetPublicKeyCommand({ KeyId: keyId })],
    ['"CustomKeyStoreId" of kms:CreateKey', new CreateKeyCommand({ CustomKeyStoreId: 'cks-1234567890abcdef0' })],
    ['"RSA_2048" of the KMS parameter "KeySpec"', new CreateKeyCommand({ KeySpec: 'RSA_2048' })],
    ['true of the KMS parameter "MultiRegion"', new CreateKeyCommand({ MultiRegion: true })],
    ['"EXTERNAL" of the KMS parameter "Origin"', new CreateKeyCommand({ Origin: 'EXTERNAL' })],
  ])('%s is refused by name', async (what, command) => {
    const { code, message } = await failure(admin.send(command as DescribeKeyCommand));
    expect([code, message]).toEqual(['NotImplemented', expect.stringContaining(what)]);
  });

  test.each([
    [{ KeyId: 5 }, 'SerializationException'],
    [{}, 'ValidationException'],
  ])('the input %j is a %s', async (input, code) => {
    expect(await failureCode(admin.send(new DescribeKeyCommand(input as never)))).toBe(code);
  });
});
