import * as sdk from '@aws-sdk/client-sts';
import { importOpenIdConnectProvider, type SimulatedAccount } from '../../../lib/simulated-aws';
import { readTrustPolicy } from '../../../lib/simulated-aws/iam/entities/policy-document';
import { STS_OPERATIONS } from '../../../lib/simulated-aws/sts';
import { startRoleSession } from '../../../lib/simulated-aws/sts/session/role-session';
import { accountId, Clock, clientConfig, failure, policyDocument, startAccount } from '../account';
import { createIdentityProvider } from '../sts/identity-provider';
import {
  type AnyCommand,
  errorCases,
  idleReasons,
  type NeverHere,
  type OperationRows,
  permissionCases,
  untestedErrors,
} from './operation-rows';
import { configWithout, type RawAnswer, recordAnswers } from './recorded-client';

const SDK = '@aws-sdk/client-sts';
const clock = new Clock();
let account: SimulatedAccount;
let sts: sdk.STSClient;
let lastAnswer: () => RawAnswer;

const identityProvider = createIdentityProvider('https://oidc.example.com');
const silent = createIdentityProvider('https://silent.example.com');
const RoleArn = `arn:aws:iam::${accountId}:role/reader`;
const session = { RoleArn, RoleSessionName: 'session' };
const longPolicy = policyDocument({
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: `arn:aws:s3:::${'r'.repeat(1920)}`,
});
/** Two that are short enough each, and too long together. */
const tooMuchPolicy = { Policy: longPolicy, PolicyArns: [{ arn: 'arn:aws:iam::aws:policy/AdministratorAccess' }] };

const send = (command: AnyCommand, client: sdk.STSClient = sts): Promise<object> => client.send(command as never);

function token(change: object = {}, { url, token: make } = identityProvider): string {
  const seconds = Math.floor(clock.now().getTime() / 1000);
  return make({ iss: url, sub: 'someone', aud: 'client', iat: seconds, exp: seconds + 300, ...change });
}

beforeAll(async () => {
  account = await startAccount(clock, { signingKeys: { [identityProvider.url]: identityProvider.keys } });
  sts = new sdk.STSClient(clientConfig(account));
  lastAnswer = recordAnswers(sts);
  for (const { url } of [identityProvider, silent]) {
    importOpenIdConnectProvider(account.state, { url, clientIds: ['client'] });
  }
  account.state.iam.roles.set('reader', {
    name: 'reader',
    path: '/',
    id: 'AROAEXAMPLEEXAMPLE00',
    arn: RoleArn,
    createdAt: clock.now(),
    tags: new Map(),
    trustPolicy: readTrustPolicy(
      account.state,
      policyDocument(
        { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${accountId}:root` }, Action: 'sts:*' },
        {
          Effect: 'Allow',
          Principal: { Federated: `arn:aws:iam::${accountId}:oidc-provider/oidc.example.com` },
          Action: 'sts:AssumeRoleWithWebIdentity',
        },
      ),
    ),
    maxSessionDurationSeconds: 3600,
    inlinePolicies: new Map(),
    attachedPolicyArns: [],
  });
});

afterEach(() => clock.reset());

afterAll(async () => {
  sts.destroy();
  await account.stop();
});

const withWebIdentity = (input: object = {}) =>
  new sdk.AssumeRoleWithWebIdentityCommand({ ...session, WebIdentityToken: token(), ...input });

const rows: OperationRows = {
  AssumeRole: {
    request: () =>
      new sdk.AssumeRoleCommand({ ...session, Tags: [{ Key: 'a', Value: 'b' }], SourceIdentity: 'someone' }),
    answer: { AssumedRoleUser: { AssumedRoleId: 'AROAEXAMPLEEXAMPLE00:session' }, SourceIdentity: 'someone' },
    permissions: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
    errors: {
      MalformedPolicyDocument: () => new sdk.AssumeRoleCommand({ ...session, Policy: '{' }),
      PackedPolicyTooLarge: () => new sdk.AssumeRoleCommand({ ...session, ...tooMuchPolicy }),
    },
  },
  AssumeRoleWithWebIdentity: {
    request: () => withWebIdentity(),
    answer: {
      SubjectFromWebIdentityToken: 'someone',
      Audience: 'client',
      Provider: `arn:aws:iam::${accountId}:oidc-provider/oidc.example.com`,
      AssumedRoleUser: { Arn: `arn:aws:sts::${accountId}:assumed-role/reader/session` },
    },
    // Nobody signs it: the trust policy alone decides, which has its own tests.
    permissions: [],
    errors: {
      ExpiredToken: () => withWebIdentity({ WebIdentityToken: token({ exp: 1 }) }),
      IDPCommunicationError: () => withWebIdentity({ WebIdentityToken: token({}, silent) }),
      InvalidIdentityToken: () => withWebIdentity({ WebIdentityToken: token({ aud: 'another' }) }),
      MalformedPolicyDocument: () => withWebIdentity({ Policy: '{' }),
      PackedPolicyTooLarge: () => withWebIdentity(tooMuchPolicy),
    },
  },
  DecodeAuthorizationMessage: {
    // Nothing here encodes a message, so that to be told so is the best that one can get.
    request: () => new sdk.DecodeAuthorizationMessageCommand({ EncodedMessage: 'message' }),
    answer: {},
    errors: {
      InvalidAuthorizationMessage: () => new sdk.DecodeAuthorizationMessageCommand({ EncodedMessage: 'message' }),
    },
  },
  GetAccessKeyInfo: {
    request: () => new sdk.GetAccessKeyInfoCommand({ AccessKeyId: account.administrator.accessKeyId }),
    answer: { Account: accountId },
    errors: {},
  },
  GetCallerIdentity: {
    request: () => new sdk.GetCallerIdentityCommand({}),
    answer: { Account: accountId, Arn: `arn:aws:iam::${accountId}:user/administrator` },
    permissions: [],
    errors: {},
  },
  GetSessionToken: {
    request: () => new sdk.GetSessionTokenCommand({ DurationSeconds: 900 }),
    answer: { Credentials: { AccessKeyId: expect.stringMatching(/^ASIA/) } },
    permissions: [],
    errors: {},
  },
};

const neverHere: NeverHere = {
  RegionDisabled: 'STS is active in every region of the account',
  IDPRejectedClaim: 'tokens are verified with supplied keys, and the provider is never asked',
  'AssumeRole.ExpiredToken': 'an expired token of the caller itself is tested with the signatures',
};

test('every operation has a row', () => {
  expect(Object.keys(rows).sort()).toEqual([...STS_OPERATIONS.keys()].sort());
});

test('every error that AWS documents is tested, or listed as never answered here', () => {
  expect(untestedErrors(SDK, rows, neverHere)).toEqual([]);
  expect(idleReasons(SDK, rows, neverHere)).toEqual([]);
});

test.each(Object.entries(rows).filter(([operation]) => operation !== 'DecodeAuthorizationMessage'))(
  '%s succeeds',
  async (_operation, { request, answer }) => {
    expect(await send(await request())).toMatchObject(answer);
  },
);

test.each(permissionCases(rows, 'sts'))('%s needs %s', async (_operation, permission, request) => {
  const command = await request();
  const client = new sdk.STSClient(configWithout(account, permission));
  expect(await failure(send(command, client))).toMatchObject({
    code: 'AccessDenied',
    status: 403,
    message: expect.stringContaining(`is not authorized to perform: ${permission} on resource: `),
  });
});

/** Codes on the wire that are not the name of the SDK's exception without its ending. */
const wireCodes: Readonly<Record<string, string>> = {
  ExpiredToken: 'ExpiredTokenException',
  InvalidAuthorizationMessage: 'InvalidAuthorizationMessageException',
};

test.each(errorCases(rows))('%s can answer %s', async (_operation, name, request) => {
  const { code } = await failure(send(await request()));
  expect(code.replace(/Exception$/, '')).toBe(name);
  const { status, body } = lastAnswer();
  expect([status, body]).toEqual([
    400,
    expect.stringMatching(
      new RegExp(
        `^<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${wireCodes[name] ?? name}</Code><Message>[^<]+</Message></Error><RequestId>[0-9a-f-]{36}</RequestId></ErrorResponse>$`,
      ),
    ),
  ]);
});

describe('credentials of GetSessionToken', () => {
  const userSession = async () => {
    const { Credentials } = await sts.send(new sdk.GetSessionTokenCommand({}));
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
    const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
    return { ...clientConfig(account), credentials };
  };

  test('are the user’s own, for AssumeRole and GetCallerIdentity', async () => {
    const client = new sdk.STSClient(await userSession());
    expect((await client.send(new sdk.GetCallerIdentityCommand({}))).Arn).toBe(
      `arn:aws:iam::${accountId}:user/administrator`,
    );
    expect((await client.send(new sdk.AssumeRoleCommand(session))).Credentials).toBeDefined();
  });

  test.each([
    ['GetSessionToken', () => new sdk.GetSessionTokenCommand({})],
    ['GetAccessKeyInfo', () => new sdk.GetAccessKeyInfoCommand({ AccessKeyId: account.administrator.accessKeyId })],
    ['DecodeAuthorizationMessage', () => new sdk.DecodeAuthorizationMessageCommand({ EncodedMessage: 'm' })],
  ])('cannot call %s', async (operation, request) => {
    const client = new sdk.STSClient(await userSession());
    expect(await failure(send(request(), client))).toEqual({
      code: 'AccessDenied',
      status: 403,
      message: `Cannot call ${operation} with session credentials`,
    });
  });

  test('are refused by IAM, which needs a second factor', async () => {
    const { IAMClient, ListRolesCommand } = await import('@aws-sdk/client-iam');
    const client = new IAMClient(await userSession());
    expect(await failure(client.send(new ListRolesCommand({})))).toMatchObject({
      code: 'InvalidClientTokenId',
      status: 403,
    });
  });

  test('expire after the time that was asked for', async () => {
    const config = await userSession();
    clock.advance(43_200_000);
    const late = new sdk.STSClient({ ...config, systemClockOffset: 43_200_000 });
    expect(await failure(late.send(new sdk.GetCallerIdentityCommand({})))).toMatchObject({ code: 'ExpiredToken' });
  });

  test('are not given to a session of a role', async () => {
    const role = account.state.iam.roles.get('reader');
    if (role === undefined) throw new Error('there is no role');
    const credentials = startRoleSession(account.state, role, { sessionName: 'session', durationSeconds: 900 });
    const client = new sdk.STSClient({ ...clientConfig(account), credentials });
    expect(await failure(client.send(new sdk.GetSessionTokenCommand({})))).toMatchObject({ code: 'AccessDenied' });
  });
});

test('an access key of no user here is not looked up', async () => {
  const request = new sdk.GetAccessKeyInfoCommand({ AccessKeyId: 'AKIAIOSFODNN7EXAMPLE' });
  expect(await failure(sts.send(request))).toMatchObject({ code: 'NotImplemented', status: 501 });
});

test('an operation of STS that is not simulated is named', async () => {
  expect(await failure(sts.send(new sdk.GetFederationTokenCommand({ Name: 'name' })))).toMatchObject({
    code: 'NotImplemented',
    status: 501,
    message: 'The simulated AWS account does not implement sts:GetFederationToken.',
  });
});
