import * as sdk from '@aws-sdk/client-kms';
import type { SimulatedAccount } from '../../../lib/simulated-aws';
import { importKey } from '../../../lib/simulated-aws/kms';
import { KMS_OPERATIONS } from '../../../lib/simulated-aws/kms/operations';
import { accountId, clientConfig, failure, policyDocument, region, startAccount } from '../account';
import {
  type AnyCommand,
  errorCases,
  idleReasons,
  type MakeCommand,
  type NeverHere,
  type OperationRow,
  type OperationRows,
  permissionCases,
  untestedErrors,
} from './operation-rows';
import { keepState } from './prepared-state';
import { configWithout, type RawAnswer, recordAnswers } from './recorded-client';

const SDK = '@aws-sdk/client-kms';
let account: SimulatedAccount;
let kms: sdk.KMSClient;
let lastAnswer: () => RawAnswer;
let restore: () => void;

const id = (digit: string) => `${digit.repeat(8)}-2222-4333-8444-555555555555`;
const KeyId = id('1');
const otherKeyId = id('2');
const disabledKeyId = id('3');
const pendingKeyId = id('4');
const absentKeyId = id('9');
const keyArn = `arn:aws:kms:${region}:${accountId}:key/${KeyId}`;
const AliasName = 'alias/vault';
const root = `arn:aws:iam::${accountId}:root`;
const administrator = `arn:aws:iam::${accountId}:user/administrator`;
const Policy = policyDocument({ Effect: 'Allow', Principal: { AWS: root }, Action: 'kms:*', Resource: '*' });
const longPolicy = `${' '.repeat(32_768)}${Policy}`;
const notKms = 'arn:aws:s3:::bucket';
const tag = (TagKey: string) => ({ TagKey, TagValue: 'v' });
const Plaintext = Buffer.from('a secret');
const DryRun = true;
const GrantTokens = ['no-token-of-any-grant'];

let GrantId: string;
let GrantToken: string;
let CiphertextBlob: Uint8Array;
let disabledCiphertext: Uint8Array;
let pendingCiphertext: Uint8Array;

const send = (command: AnyCommand, client: sdk.KMSClient = kms): Promise<object> => client.send(command as never);

beforeAll(async () => {
  account = await startAccount();
  kms = new sdk.KMSClient(clientConfig(account));
  lastAnswer = recordAnswers(kms);
  await prepare();
  restore = keepState(account.state.kms.keys, account.state.kms.aliases);
});

afterEach(() => restore());

afterAll(async () => {
  kms.destroy();
  await account.stop();
});

/** Keys in each state, with ciphertexts of theirs, an alias and a grant. */
async function prepare(): Promise<void> {
  for (const keyId of [KeyId, otherKeyId, disabledKeyId, pendingKeyId]) importKey(account.state, { keyId });
  await send(new sdk.CreateAliasCommand({ AliasName, TargetKeyId: KeyId }));
  const grant = await kms.send(
    new sdk.CreateGrantCommand({
      KeyId,
      GranteePrincipal: administrator,
      RetiringPrincipal: administrator,
      Operations: ['Decrypt'],
    }),
  );
  GrantId = grant.GrantId ?? '';
  GrantToken = grant.GrantToken ?? '';
  CiphertextBlob = await encrypted(KeyId);
  disabledCiphertext = await encrypted(disabledKeyId);
  pendingCiphertext = await encrypted(pendingKeyId);
  await send(new sdk.DisableKeyCommand({ KeyId: disabledKeyId }));
  await send(new sdk.ScheduleKeyDeletionCommand({ KeyId: pendingKeyId }));
}

async function encrypted(keyId: string): Promise<Uint8Array> {
  return (await kms.send(new sdk.EncryptCommand({ KeyId: keyId, Plaintext }))).CiphertextBlob ?? new Uint8Array();
}

type Constructor = new (input: never) => AnyCommand;

/** The states that a key must not be in. */
type Refused = readonly ('Disabled' | 'KMSInvalidState')[];

const keysInState = { Disabled: disabledKeyId, KMSInvalidState: pendingKeyId };

/** An operation on a key: refused for one that is not there, for no key's ARN, and in some states. */
function onKey(
  Command: Constructor,
  {
    more = {},
    refused = ['KMSInvalidState'],
    takesArn = true,
    ...rest
  }: Partial<OperationRow> & {
    readonly more?: object;
    readonly refused?: Refused;
    /** Whether AWS documents `InvalidArn` for it. */
    readonly takesArn?: boolean;
  } = {},
): OperationRow {
  const make = (keyId: string) => () => new Command({ ...more, KeyId: keyId } as never);
  return {
    request: make(KeyId),
    answer: {},
    ...rest,
    errors: {
      NotFound: make(absentKeyId),
      ...(takesArn ? { InvalidArn: make(notKms) } : {}),
      ...Object.fromEntries(refused.map((state) => [state, make(keysInState[state])])),
      ...rest.errors,
    },
  };
}

/** A cryptographic operation: it takes grant tokens and dry runs as well. */
function use(Command: Constructor, more: object, answer: object): OperationRow {
  const also = (added: object) => () => new Command({ ...more, ...added, KeyId } as never);
  return onKey(Command, {
    more,
    answer,
    takesArn: false,
    refused: ['Disabled', 'KMSInvalidState'],
    errors: { DryRunOperation: also({ DryRun }), InvalidGrantToken: also({ GrantTokens }) },
  });
}

const grant = { KeyId, GranteePrincipal: administrator, Operations: ['Decrypt' as const] };

const rows: OperationRows = {
  CancelKeyDeletion: {
    request: () => new sdk.CancelKeyDeletionCommand({ KeyId: pendingKeyId }),
    answer: { KeyId: expect.stringContaining(pendingKeyId) },
    errors: {
      InvalidArn: () => new sdk.CancelKeyDeletionCommand({ KeyId: notKms }),
      KMSInvalidState: () => new sdk.CancelKeyDeletionCommand({ KeyId }),
      NotFound: () => new sdk.CancelKeyDeletionCommand({ KeyId: absentKeyId }),
    },
  },
  CreateAlias: {
    request: () => new sdk.CreateAliasCommand({ AliasName: 'alias/new', TargetKeyId: KeyId }),
    answer: {},
    errors: {
      AlreadyExists: () => new sdk.CreateAliasCommand({ AliasName, TargetKeyId: KeyId }),
      InvalidAliasName: () => new sdk.CreateAliasCommand({ AliasName: 'alias/a:b', TargetKeyId: KeyId }),
      KMSInvalidState: () => new sdk.CreateAliasCommand({ AliasName: 'alias/new', TargetKeyId: pendingKeyId }),
      NotFound: () => new sdk.CreateAliasCommand({ AliasName: 'alias/new', TargetKeyId: absentKeyId }),
    },
  },
  CreateGrant: onKey(sdk.CreateGrantCommand, {
    more: grant,
    answer: { GrantId: expect.stringMatching(/^[0-9a-f]{64}$/), GrantToken: expect.any(String) },
    refused: ['Disabled', 'KMSInvalidState'],
    errors: {
      DryRunOperation: () => new sdk.CreateGrantCommand({ ...grant, DryRun }),
      InvalidArn: () => new sdk.CreateGrantCommand({ ...grant, GranteePrincipal: `${administrator}s` }),
      InvalidGrantToken: () => new sdk.CreateGrantCommand({ ...grant, GrantTokens }),
      LimitExceeded: () =>
        new sdk.CreateGrantCommand({
          ...grant,
          Constraints: {
            EncryptionContextSubset: Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`k${index}`, 'v'])),
          },
        }),
    },
  }),
  CreateKey: {
    request: () => new sdk.CreateKeyCommand({ Description: 'new', Tags: [tag('a')] }),
    answer: { KeyMetadata: { Description: 'new', KeyState: 'Enabled', AWSAccountId: accountId } },
    permissions: ['kms:CreateKey', 'kms:TagResource'],
    errors: {
      LimitExceeded: () => new sdk.CreateKeyCommand({ Policy: longPolicy }),
      MalformedPolicyDocument: () => new sdk.CreateKeyCommand({ Policy: '{' }),
      Tag: () => new sdk.CreateKeyCommand({ Tags: [tag('a'), tag('a')] }),
    },
  },
  Decrypt: {
    request: () => new sdk.DecryptCommand({ CiphertextBlob }),
    answer: { KeyId: keyArn, EncryptionAlgorithm: 'SYMMETRIC_DEFAULT' },
    errors: {
      Disabled: () => new sdk.DecryptCommand({ CiphertextBlob: disabledCiphertext }),
      DryRunOperation: () => new sdk.DecryptCommand({ CiphertextBlob, DryRun }),
      IncorrectKey: () => new sdk.DecryptCommand({ CiphertextBlob, KeyId: otherKeyId }),
      InvalidCiphertext: () => new sdk.DecryptCommand({ CiphertextBlob, EncryptionContext: { a: 'b' } }),
      InvalidGrantToken: () => new sdk.DecryptCommand({ CiphertextBlob, GrantTokens }),
      KMSInvalidState: () => new sdk.DecryptCommand({ CiphertextBlob: pendingCiphertext }),
      NotFound: () => new sdk.DecryptCommand({ CiphertextBlob, KeyId: absentKeyId }),
    },
  },
  DeleteAlias: {
    request: () => new sdk.DeleteAliasCommand({ AliasName }),
    answer: {},
    errors: { NotFound: () => new sdk.DeleteAliasCommand({ AliasName: 'alias/none' }) },
  },
  DescribeKey: onKey(sdk.DescribeKeyCommand, {
    answer: { KeyMetadata: { Arn: keyArn, AWSAccountId: accountId } },
    refused: [],
  }),
  DisableKey: onKey(sdk.DisableKeyCommand),
  DisableKeyRotation: onKey(sdk.DisableKeyRotationCommand, { refused: ['Disabled', 'KMSInvalidState'] }),
  EnableKey: onKey(sdk.EnableKeyCommand),
  EnableKeyRotation: onKey(sdk.EnableKeyRotationCommand, { refused: ['Disabled', 'KMSInvalidState'] }),
  Encrypt: use(sdk.EncryptCommand, { Plaintext }, { KeyId: keyArn }),
  GenerateDataKey: use(sdk.GenerateDataKeyCommand, { KeySpec: 'AES_256' }, { KeyId: keyArn }),
  GenerateDataKeyWithoutPlaintext: use(
    sdk.GenerateDataKeyWithoutPlaintextCommand,
    { NumberOfBytes: 16 },
    { KeyId: keyArn },
  ),
  GetKeyPolicy: onKey(sdk.GetKeyPolicyCommand, { answer: { PolicyName: 'default' }, refused: [] }),
  GetKeyRotationStatus: onKey(sdk.GetKeyRotationStatusCommand, {
    answer: { KeyId: keyArn, KeyRotationEnabled: false },
    refused: [],
  }),
  ListAliases: {
    request: () => new sdk.ListAliasesCommand({ KeyId }),
    answer: { Aliases: [{ AliasName, TargetKeyId: KeyId }], Truncated: false },
    errors: {
      InvalidArn: () => new sdk.ListAliasesCommand({ KeyId: notKms }),
      InvalidMarker: () => new sdk.ListAliasesCommand({ Marker: 'x' }),
      NotFound: () => new sdk.ListAliasesCommand({ KeyId: absentKeyId }),
    },
  },
  ListGrants: onKey(sdk.ListGrantsCommand, {
    answer: { Grants: [{ GranteePrincipal: administrator, Name: '', IssuingAccount: root, Operations: ['Decrypt'] }] },
    refused: [],
    errors: {
      InvalidGrantId: () => new sdk.ListGrantsCommand({ KeyId, GrantId: 'x' }),
      InvalidMarker: () => new sdk.ListGrantsCommand({ KeyId, Marker: 'x' }),
    },
  }),
  ListKeyPolicies: onKey(sdk.ListKeyPoliciesCommand, { answer: { PolicyNames: ['default'] }, refused: [] }),
  ListKeys: {
    request: () => new sdk.ListKeysCommand({ Limit: 1 }),
    answer: { Keys: [{ KeyId, KeyArn: keyArn }], Truncated: true },
    errors: { InvalidMarker: () => new sdk.ListKeysCommand({ Marker: 'x' }) },
  },
  ListResourceTags: onKey(sdk.ListResourceTagsCommand, {
    answer: { Tags: [] },
    refused: [],
    errors: { InvalidMarker: () => new sdk.ListResourceTagsCommand({ KeyId, Marker: 'x' }) },
  }),
  ListRetirableGrants: {
    request: () => new sdk.ListRetirableGrantsCommand({ RetiringPrincipal: administrator }),
    answer: { Grants: [{ KeyId: keyArn, RetiringPrincipal: administrator }] },
    errors: {
      InvalidArn: () => new sdk.ListRetirableGrantsCommand({ RetiringPrincipal: notKms }),
      InvalidMarker: () => new sdk.ListRetirableGrantsCommand({ RetiringPrincipal: administrator, Marker: 'x' }),
    },
  },
  PutKeyPolicy: onKey(sdk.PutKeyPolicyCommand, {
    more: { Policy },
    refused: [],
    errors: {
      LimitExceeded: () => new sdk.PutKeyPolicyCommand({ KeyId, Policy: longPolicy }),
      MalformedPolicyDocument: () => new sdk.PutKeyPolicyCommand({ KeyId, Policy: '{' }),
    },
  }),
  ReEncrypt: {
    request: () =>
      new sdk.ReEncryptCommand({
        CiphertextBlob,
        DestinationKeyId: otherKeyId,
        DestinationEncryptionContext: { a: 'b' },
      }),
    answer: { SourceKeyId: keyArn, KeyId: expect.stringContaining(otherKeyId) },
    permissions: ['kms:ReEncryptFrom', 'kms:ReEncryptTo'],
    errors: {
      Disabled: () => new sdk.ReEncryptCommand({ CiphertextBlob, DestinationKeyId: disabledKeyId }),
      DryRunOperation: () => new sdk.ReEncryptCommand({ CiphertextBlob, DestinationKeyId: otherKeyId, DryRun }),
      IncorrectKey: () =>
        new sdk.ReEncryptCommand({ CiphertextBlob, SourceKeyId: otherKeyId, DestinationKeyId: otherKeyId }),
      InvalidCiphertext: () =>
        new sdk.ReEncryptCommand({ CiphertextBlob: Buffer.from('none'), DestinationKeyId: otherKeyId }),
      InvalidGrantToken: () => new sdk.ReEncryptCommand({ CiphertextBlob, DestinationKeyId: otherKeyId, GrantTokens }),
      KMSInvalidState: () =>
        new sdk.ReEncryptCommand({ CiphertextBlob: pendingCiphertext, DestinationKeyId: otherKeyId }),
      NotFound: () => new sdk.ReEncryptCommand({ CiphertextBlob, DestinationKeyId: absentKeyId }),
    },
  },
  RetireGrant: {
    request: () => new sdk.RetireGrantCommand({ GrantToken }),
    answer: {},
    errors: {
      DryRunOperation: () => new sdk.RetireGrantCommand({ KeyId, GrantId, DryRun }),
      InvalidArn: () => new sdk.RetireGrantCommand({ KeyId: notKms, GrantId }),
      InvalidGrantId: () => new sdk.RetireGrantCommand({ KeyId, GrantId: 'x' }),
      InvalidGrantToken: () => new sdk.RetireGrantCommand({ GrantToken: 'x' }),
      NotFound: () => new sdk.RetireGrantCommand({ KeyId: otherKeyId, GrantId }),
    },
  },
  RevokeGrant: {
    request: () => new sdk.RevokeGrantCommand({ KeyId, GrantId }),
    answer: {},
    errors: {
      DryRunOperation: () => new sdk.RevokeGrantCommand({ KeyId, GrantId, DryRun }),
      InvalidArn: () => new sdk.RevokeGrantCommand({ KeyId: notKms, GrantId }),
      InvalidGrantId: () => new sdk.RevokeGrantCommand({ KeyId, GrantId: 'x' }),
      NotFound: () => new sdk.RevokeGrantCommand({ KeyId: otherKeyId, GrantId }),
    },
  },
  ScheduleKeyDeletion: onKey(sdk.ScheduleKeyDeletionCommand, {
    answer: { KeyId: keyArn, KeyState: 'PendingDeletion', PendingWindowInDays: 30 },
  }),
  TagResource: onKey(sdk.TagResourceCommand, {
    more: { Tags: [tag('a')] },
    errors: { Tag: () => new sdk.TagResourceCommand({ KeyId, Tags: [tag('aws:a')] }) },
  }),
  UntagResource: onKey(sdk.UntagResourceCommand, { more: { TagKeys: ['a'] } }),
  UpdateAlias: {
    request: () => new sdk.UpdateAliasCommand({ AliasName, TargetKeyId: otherKeyId }),
    answer: {},
    errors: {
      KMSInvalidState: () => new sdk.UpdateAliasCommand({ AliasName, TargetKeyId: pendingKeyId }),
      NotFound: () => new sdk.UpdateAliasCommand({ AliasName: 'alias/none', TargetKeyId: KeyId }),
    },
  },
  UpdateKeyDescription: onKey(sdk.UpdateKeyDescriptionCommand, { more: { Description: 'new' } }),
};

const anyState = 'a key in any state is told, and its policy changed';
const noQuota = 'this quota is not kept';
const symmetricOnly = 'every key is a symmetric encryption key; other kinds are NotImplemented';
const noStores = 'custom key stores are NotImplemented';

const neverHere: NeverHere = {
  DependencyTimeout: 'a fault is asked for, and then answers any operation',
  KMSInternal: 'a fault is asked for, and then answers any operation',
  KeyUnavailable: 'a fault is asked for, and then answers any operation',
  CloudHsmClusterInvalidConfiguration: noStores,
  CustomKeyStoreInvalidState: noStores,
  CustomKeyStoreNotFound: noStores,
  XksKeyAlreadyInUse: noStores,
  XksKeyInvalidConfiguration: noStores,
  XksKeyNotFound: noStores,
  InvalidKeyUsage: symmetricOnly,
  UnsupportedOperation: symmetricOnly,
  'CreateAlias.LimitExceeded': noQuota,
  'CreateKey.InvalidArn': 'a principal of the policy that is no ARN makes the policy malformed',
  'DeleteAlias.KMSInvalidState': anyState,
  'EnableKey.LimitExceeded': noQuota,
  'GetKeyPolicy.KMSInvalidState': anyState,
  'GetKeyRotationStatus.KMSInvalidState': anyState,
  'ListGrants.KMSInvalidState': anyState,
  'ListKeyPolicies.KMSInvalidState': anyState,
  'ListRetirableGrants.NotFound': 'a principal that is not there is an InvalidArn',
  'PutKeyPolicy.KMSInvalidState': anyState,
  'RetireGrant.KMSInvalidState': anyState,
  'RevokeGrant.KMSInvalidState': anyState,
  'TagResource.LimitExceeded': 'more tags than a key may have are a TagException',
  'UntagResource.Tag': 'a tag key that the key does not have is passed over',
  'UpdateAlias.LimitExceeded': noQuota,
};

test('every operation has a row', () => {
  expect(Object.keys(rows).sort()).toEqual([...KMS_OPERATIONS.keys()].sort());
});

test('every error that AWS documents is tested, or listed as never answered here', () => {
  expect(untestedErrors(SDK, rows, neverHere)).toEqual([]);
  expect(idleReasons(SDK, rows, neverHere)).toEqual([]);
});

test.each(Object.entries(rows))('%s succeeds', async (_operation, { request, answer }) => {
  expect(await send(await request())).toMatchObject(answer);
});

test.each(permissionCases(rows, 'kms'))('%s needs %s', async (_operation, permission, request: MakeCommand) => {
  const command = await request();
  const client = new sdk.KMSClient(configWithout(account, permission));
  expect(await failure(send(command, client))).toEqual({
    code: 'AccessDeniedException',
    status: 400,
    message: expect.stringMatching(
      new RegExp(
        `^User: arn:aws:sts::${accountId}:assumed-role/everyone-but/session is not authorized to perform: ${permission} on resource: .+ with an explicit deny in a session policy$`,
      ),
    ),
  });
});

test.each(errorCases(rows))('%s can answer %s', async (_operation, name, request) => {
  const { code } = await failure(send(await request()));
  expect(code).toBe(`${name}Exception`);
  const { status, headers, body } = lastAnswer();
  expect([status, headers['content-type'], JSON.parse(body)]).toEqual([
    400,
    'application/x-amz-json-1.1',
    { __type: `${name}Exception`, message: expect.stringMatching(/./) },
  ]);
});
