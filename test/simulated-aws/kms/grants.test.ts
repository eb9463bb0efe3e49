import {
  CreateGrantCommand,
  type CreateGrantCommandInput,
  CreateKeyCommand,
  DecryptCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  type KMSClient,
  ListGrantsCommand,
  ListRetirableGrantsCommand,
  ReEncryptCommand,
  RetireGrantCommand,
  RevokeGrantCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import { importKey } from '../../../lib/simulated-aws/kms';
import { permits } from '../../../lib/simulated-aws/kms/grants/permits';
import { Account, accountId, allowAll, document, failure, failureCode, region, roleArn, rootArn } from './account';

const keyId = '11111111-2222-4333-8444-555555555555';
const otherKeyId = '99999999-2222-4333-8444-555555555555';
const keyArn = `arn:aws:kms:${region}:${accountId}:key/${keyId}`;
const sessionArn = `arn:aws:sts::${accountId}:assumed-role/vault/session`;
const roleId = 'AROAEXAMPLE000000001';
const EncryptionContext = { purpose: 'test' };

let account: Account;
let admin: KMSClient;
/** The role without any policy of its own. */
let grantee: KMSClient;

beforeEach(() => {
  account = new Account();
  account.createRole(roleId);
  admin = account.client(allowAll);
  grantee = account.client();
  importKey(account.state, { keyId });
  importKey(account.state, { keyId: otherKeyId });
});

async function grant(input: Partial<CreateGrantCommandInput> = {}, client = admin) {
  const { GrantId, GrantToken } = await client.send(
    new CreateGrantCommand({
      KeyId: keyId,
      GranteePrincipal: roleArn,
      Operations: ['Encrypt', 'Decrypt', 'GenerateDataKey', 'DescribeKey'],
      ...input,
    }),
  );
  return { GrantId, GrantToken };
}

const encrypt = (context = EncryptionContext as Record<string, string>, id = keyId) =>
  new EncryptCommand({ KeyId: id, Plaintext: Buffer.from('secret'), EncryptionContext: context });
const describe_ = () => new DescribeKeyCommand({ KeyId: keyId });

describe('a grant', () => {
  test('lets its grantee do what it permits, and nothing else', async () => {
    expect(await failureCode(grantee.send(encrypt()))).toBe('AccessDeniedException');
    await grant({ Operations: ['Encrypt'] });
    expect(await failureCode(grantee.send(encrypt()))).toBe('no error');
    expect(await failureCode(grantee.send(describe_()))).toBe('AccessDeniedException');
    expect(await failureCode(grantee.send(encrypt(EncryptionContext, otherKeyId)))).toBe('AccessDeniedException');
  });

  test('is honoured for a grantee that the key policy does not admit', async () => {
    const policy = document([{ ...allowAll, Principal: { AWS: `arn:aws:iam::444455556666:role/other` } }]);
    await grant();
    const key = account.state.kms.keys.get(keyId);
    const closed = importKey(account.state, { keyId, policy });
    account.state.kms.keys.set(keyId, { ...closed, grants: key?.grants ?? [] });
    expect(await failureCode(grantee.send(encrypt()))).toBe('no error');
    expect(await failureCode(admin.send(new DisableKeyCommand({ KeyId: keyId })))).toBe('AccessDeniedException');
  });

  test.each([
    ['a role', roleArn, 'no error'],
    ['a session', sessionArn, 'no error'],
    ['another session', `${sessionArn}s`, 'AccessDeniedException'],
    ['another account', 'arn:aws:iam::444455556666:root', 'AccessDeniedException'],
    // The account leaves it to its own identity policies, and the role has none.
    ['the account', rootArn, 'AccessDeniedException'],
  ])('for %s gives the role’s session the right answer', async (_what, GranteePrincipal, code) => {
    await grant({ GranteePrincipal });
    expect(await failureCode(grantee.send(encrypt()))).toBe(code);
  });

  test('for the account leaves the decision to its identity policies', async () => {
    await grant({ GranteePrincipal: rootArn, Operations: ['Encrypt'] });
    const policy = document([{ ...allowAll, Principal: { AWS: 'arn:aws:iam::444455556666:root' } }]);
    const key = account.state.kms.keys.get(keyId);
    account.state.kms.keys.set(keyId, { ...importKey(account.state, { keyId, policy }), grants: key?.grants ?? [] });
    expect(await failureCode(admin.send(encrypt()))).toBe('no error');
  });

  test('does not overcome a denial', async () => {
    await grant();
    const denied = account.client({ Effect: 'Deny', Action: 'kms:Encrypt', Resource: '*' });
    expect((await failure(denied.send(encrypt()))).message).toContain('with an explicit deny');
  });

  test('stays with the role it was made for: a new role of the same name is another', async () => {
    await grant();
    account.createRole('AROAEXAMPLE000000002');
    account.signInAs('AROAEXAMPLE000000002');
    expect(await failureCode(account.client().send(encrypt()))).toBe('AccessDeniedException');
  });

  test('lets no one use a key that is disabled or pending deletion', async () => {
    await grant();
    await admin.send(new DisableKeyCommand({ KeyId: keyId }));
    expect(await failureCode(grantee.send(encrypt()))).toBe('DisabledException');
    await admin.send(new ScheduleKeyDeletionCommand({ KeyId: keyId }));
    expect(await failureCode(grantee.send(encrypt()))).toBe('KMSInvalidStateException');
  });

  test('comes into force with the delay of policies, and at once for anyone with its token', async () => {
    account.state.propagation.delayMs = 60_000;
    const { GrantToken } = await grant();
    const withToken = encrypt();
    withToken.input.GrantTokens = [GrantToken ?? ''];
    expect(await failureCode(grantee.send(encrypt()))).toBe('AccessDeniedException');
    expect(await failureCode(grantee.send(withToken))).toBe('no error');
    account.advanceDays(1);
    expect(await failureCode(grantee.send(encrypt()))).toBe('no error');
  });

  test('is listed as AWS lists it', async () => {
    const { GrantId } = await grant({
      Name: 'reader',
      RetiringPrincipal: rootArn,
      Constraints: { EncryptionContextSubset: EncryptionContext },
    });
    const listed = {
      KeyId: keyArn,
      GrantId,
      Name: 'reader',
      CreationDate: account.clock,
      GranteePrincipal: roleArn,
      RetiringPrincipal: rootArn,
      IssuingAccount: rootArn,
      Operations: ['Encrypt', 'Decrypt', 'GenerateDataKey', 'DescribeKey'],
      Constraints: { EncryptionContextSubset: EncryptionContext },
    };
    const filters = [{}, { GrantId }, { GranteePrincipal: roleArn }];
    for (const filter of filters) {
      const { Grants } = await admin.send(new ListGrantsCommand({ KeyId: keyId, ...filter }));
      expect(Grants).toEqual([listed]);
    }
    const others = await admin.send(new ListGrantsCommand({ KeyId: keyId, GranteePrincipal: rootArn }));
    expect(others.Grants).toEqual([]);
    const retirable = await admin.send(new ListRetirableGrantsCommand({ RetiringPrincipal: rootArn }));
    expect(retirable.Grants).toEqual([listed]);
  });

  test('with a name is not made twice, and each of its tokens is valid', async () => {
    const first = await grant({ Name: 'once' });
    const again = await grant({ Name: 'once' });
    const other = await grant({ Name: 'once', Operations: ['Decrypt'] });
    const nameless = [await grant(), await grant()];
    expect(again.GrantId).toBe(first.GrantId);
    expect(new Set([first, other, ...nameless].map(({ GrantId }) => GrantId)).size).toBe(4);
    for (const { GrantToken } of [first, again]) {
      const command = encrypt();
      command.input.GrantTokens = [GrantToken ?? ''];
      expect(await failureCode(admin.send(command))).toBe('no error');
    }
  });

  test.each([
    ['an operation that no grant permits', { Operations: ['ScheduleKeyDeletion'] }, 'ValidationException'],
    ['no operation', { Operations: [] }, 'ValidationException'],
    ['an operation for another kind of key', { Operations: ['Sign'] }, 'ValidationException'],
    ['a name with a space', { Name: 'a b' }, 'ValidationException'],
    ['everyone', { GranteePrincipal: '*' }, 'ValidationException'],
    ['an ARN of 257 characters', { GranteePrincipal: `${roleArn}/`.padEnd(257, 'a') }, 'ValidationException'],
    [
      'a retiring principal’s ARN of 257 characters',
      { RetiringPrincipal: roleArn.padEnd(257, 'a') },
      'ValidationException',
    ],
    ['eleven grant tokens', { GrantTokens: Array(11).fill('a') }, 'ValidationException'],
    ['a role that is not there', { GranteePrincipal: `${roleArn}s` }, 'InvalidArnException'],
    ['a source ARN', { Constraints: { SourceArn: keyArn } }, 'NotImplemented'],
    ['a service', { GranteeServicePrincipal: 's3.amazonaws.com' }, 'NotImplemented'],
  ])('is not made for %s', async (_what, input, code) => {
    expect(await failureCode(grant(input as Partial<CreateGrantCommandInput>))).toBe(code);
  });
});

describe('a constraint', () => {
  const equal = { EncryptionContextEquals: { a: '1', b: '2' } };
  const subset = { EncryptionContextSubset: { a: '1' } };
  test.each([
    [equal, { b: '2', a: '1' }, true],
    [equal, { a: '1' }, false],
    [equal, { a: '1', b: '2', c: '3' }, false],
    [equal, { A: '1', b: '2' }, false],
    [subset, { a: '1' }, true],
    [subset, { a: '1', b: '2' }, true],
    [subset, { a: '2' }, false],
    [subset, {}, false],
    [subset, { constructor: '1' }, false],
  ])('%j on a request with %j: %s', async (Constraints, context, isAllowed) => {
    await grant({ Constraints });
    expect(await failureCode(grantee.send(encrypt(context)))).toBe(isAllowed ? 'no error' : 'AccessDeniedException');
    // It says nothing of an operation without an encryption context.
    expect(await failureCode(grantee.send(describe_()))).toBe('no error');
  });

  const operations = ['CreateGrant', 'Decrypt'];
  test.each([
    ['no constraint', {}, {}, true],
    ['one more', {}, subset, true],
    ['the same', subset, subset, true],
    ['one that asks for more', subset, { EncryptionContextSubset: { a: '1', b: '2' } }, true],
    ['an exact one in its place', subset, equal, true],
    ['none, where the parent has one', subset, {}, false],
    ['another value', subset, { EncryptionContextSubset: { a: '2' } }, false],
    ['a loose one for an exact one', equal, { EncryptionContextSubset: { a: '1', b: '2' } }, false],
    ['another exact one', equal, { EncryptionContextEquals: { a: '1' } }, false],
  ])('on a grant made under another grant may be %s', (_what, parent, child, isAllowed) => {
    const requested = { operations: ['Decrypt'], constraints: child };
    expect(permits({ operations, constraints: parent }, { action: 'kms:CreateGrant', requested })).toBe(isAllowed);
  });
});

describe('a grantee that may create grants', () => {
  test('passes on its own permissions, and no more', async () => {
    await grant({ Operations: ['CreateGrant', 'Decrypt'] });
    expect(await failureCode(grant({ Operations: ['Decrypt'] }, grantee))).toBe('no error');
    expect(await failureCode(grant({ Operations: ['Decrypt', 'Encrypt'] }, grantee))).toBe('AccessDeniedException');
  });
});

describe('the end of a grant', () => {
  test('by revoking it takes the permission away', async () => {
    const { GrantId } = await grant();
    await admin.send(new RevokeGrantCommand({ KeyId: keyId, GrantId }));
    expect(await failureCode(grantee.send(encrypt()))).toBe('AccessDeniedException');
    expect((await admin.send(new ListGrantsCommand({ KeyId: keyId }))).Grants).toEqual([]);
  });

  const nothing = {};
  test.each([
    ['its retiring principal', { RetiringPrincipal: roleArn }, 'no error'],
    ['its grantee, when it permits RetireGrant', { Operations: ['RetireGrant'] }, 'no error'],
    ['its grantee, when it does not', nothing, 'AccessDeniedException'],
    ['another role’s retiring principal', { RetiringPrincipal: rootArn }, 'AccessDeniedException'],
  ])('comes when %s retires it', async (_what, input, code) => {
    const { GrantToken } = await grant(input as Partial<CreateGrantCommandInput>);
    expect(await failureCode(grantee.send(new RetireGrantCommand({ GrantToken })))).toBe(code);
  });

  test('may be allowed only for grants with a constraint', async () => {
    const Condition = { StringEquals: { 'kms:GrantConstraintType': 'EncryptionContextSubset' } };
    const delegate = account.client({ Effect: 'Allow', Action: 'kms:RetireGrant', Resource: '*', Condition });
    const constrained = await grant({ Constraints: { EncryptionContextSubset: EncryptionContext } });
    const free = await grant();
    const retire = ({ GrantToken }: typeof free) => failureCode(delegate.send(new RetireGrantCommand({ GrantToken })));
    expect([await retire(constrained), await retire(free)]).toEqual(['no error', 'AccessDeniedException']);
  });

  test('may be delegated by the account that issued it, whatever the key policy says', async () => {
    const { GrantId } = await grant();
    const delegate = account.client({ Effect: 'Allow', Action: 'kms:RetireGrant', Resource: keyArn });
    expect(await failureCode(delegate.send(new RetireGrantCommand({ KeyId: keyArn, GrantId })))).toBe('no error');
  });
});

describe('conditions on creating a grant', () => {
  const equals = (key: string, value: string) => ({ StringEquals: { [key]: value } });
  test.each([
    ['kms:GranteePrincipal', equals('kms:GranteePrincipal', roleArn)],
    ['kms:RetiringPrincipal', equals('kms:RetiringPrincipal', rootArn)],
    ['kms:GrantConstraintType', equals('kms:GrantConstraintType', 'EncryptionContextSubset')],
    ['kms:EncryptionContext:…', equals('kms:EncryptionContext:purpose', 'test')],
    ['kms:GrantOperations', { 'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Decrypt', 'Encrypt'] } }],
    ['kms:GrantIsForAWSResource', { Bool: { 'kms:GrantIsForAWSResource': 'false' } }],
  ])('on %s hold for the grant that they describe', async (_key, Condition) => {
    const limited = account.client({ Effect: 'Allow', Action: 'kms:CreateGrant', Resource: '*', Condition });
    const described = {
      Operations: ['Decrypt' as const],
      RetiringPrincipal: rootArn,
      Constraints: { EncryptionContextSubset: EncryptionContext },
    };
    expect(await failureCode(grant(described, limited))).toBe('no error');
    const opposite = account.client(allowAll, { Effect: 'Deny', Action: 'kms:CreateGrant', Resource: '*', Condition });
    expect(await failureCode(grant(described, opposite))).toBe('AccessDeniedException');
  });
});

describe('re-encryption', () => {
  test('moves a ciphertext to another key and encryption context', async () => {
    const { CiphertextBlob } = await admin.send(encrypt());
    const moved = await admin.send(
      new ReEncryptCommand({
        CiphertextBlob,
        SourceEncryptionContext: EncryptionContext,
        DestinationKeyId: otherKeyId,
        DestinationEncryptionContext: { purpose: 'archive' },
      }),
    );
    const opened = await admin.send(
      new DecryptCommand({ CiphertextBlob: moved.CiphertextBlob, EncryptionContext: { purpose: 'archive' } }),
    );
    expect([Buffer.from(opened.Plaintext ?? []).toString(), opened.KeyId]).toEqual([
      'secret',
      keyArn.replace(keyId, otherKeyId),
    ]);
  });

  test('is permitted by a grant on each of the keys', async () => {
    const { CiphertextBlob } = await admin.send(encrypt({}));
    const move = () => new ReEncryptCommand({ CiphertextBlob, DestinationKeyId: otherKeyId });
    await grant({ Operations: ['ReEncryptFrom'] });
    expect((await failure(grantee.send(move()))).message).toContain('kms:ReEncryptTo');
    await grant({ KeyId: otherKeyId, Operations: ['ReEncryptTo'] });
    expect(await failureCode(grantee.send(move()))).toBe('no error');
  });

  test.each([
    [keyId, 'true', 'no error'],
    [otherKeyId, 'true', 'AccessDeniedException'],
    [otherKeyId, 'false', 'no error'],
  ])('to the key %s under kms:ReEncryptOnSameKey %s: %s', async (DestinationKeyId, same, code) => {
    const { CiphertextBlob } = await admin.send(encrypt({}));
    const limited = account.client({
      Effect: 'Allow',
      Action: 'kms:ReEncrypt*',
      Resource: '*',
      Condition: { Bool: { 'kms:ReEncryptOnSameKey': same } },
    });
    expect(await failureCode(limited.send(new ReEncryptCommand({ CiphertextBlob, DestinationKeyId })))).toBe(code);
  });
});

test('a new key has no grants, and a grant lets its grantee generate a data key', async () => {
  const { KeyMetadata } = await admin.send(new CreateKeyCommand({}));
  const KeyId = KeyMetadata?.KeyId ?? '';
  expect((await admin.send(new ListGrantsCommand({ KeyId }))).Grants).toEqual([]);
  await grant({ KeyId });
  expect(await failureCode(grantee.send(new GenerateDataKeyCommand({ KeyId, KeySpec: 'AES_256' })))).toBe('no error');
});
