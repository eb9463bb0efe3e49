import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
  UpdateRoleDescriptionCommand,
} from '@aws-sdk/client-iam';
import { KMSClient, ListKeysCommand } from '@aws-sdk/client-kms';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { SimulatedAccount } from '../../../lib/simulated-aws';
import { importPolicy } from '../../../lib/simulated-aws/iam';
import { readPermissionsPolicy, readTrustPolicy } from '../../../lib/simulated-aws/iam/entities/policy-document';
import type { Role } from '../../../lib/simulated-aws/state/services/iam-state';
import { accountId, Clock, clientConfig, failure, policyDocument, region, startAccount, trustPolicy } from '../account';

const clock = new Clock();
const roleArn = `arn:aws:iam::${accountId}:role/reader`;
const boundaryArn = `arn:aws:iam::${accountId}:policy/boundary`;
const mayGetRole = policyDocument({ Sid: 'GetRole', Effect: 'Allow', Action: 'iam:GetRole', Resource: roleArn });
const own = { AWS: `arn:aws:iam::${accountId}:root` };

let account: SimulatedAccount;
let sts: STSClient;

beforeAll(async () => {
  account = await startAccount(clock);
  sts = new STSClient(clientConfig(account));
});

beforeEach(() => putRole());

afterEach(() => clock.reset());

afterAll(async () => {
  sts.destroy();
  await account.stop();
});

interface RoleInput {
  readonly trust?: string;
  readonly policy?: string;
  readonly change?: Partial<Role>;
}

function putRole({ trust = trustPolicy(own), policy = mayGetRole, change = {} }: RoleInput = {}): void {
  account.state.iam.roles.set('reader', {
    name: 'reader',
    path: '/',
    id: 'AROAEXAMPLEEXAMPLE00',
    arn: roleArn,
    createdAt: new Date(),
    tags: new Map([['Team', 'Backup']]),
    trustPolicy: readTrustPolicy(account.state, trust),
    maxSessionDurationSeconds: 7200,
    inlinePolicies: new Map([['inline', readPermissionsPolicy(policy, 'inline')]]),
    attachedPolicyArns: [],
    ...change,
  });
}

async function assume(input: object = {}) {
  const { Credentials, ...rest } = await sts.send(
    new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'session', ...input }),
  );
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '', Expiration } = Credentials ?? {};
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  return { ...rest, expiration: Expiration, config: { ...clientConfig(account), credentials } };
}

type Session = Pick<Awaited<ReturnType<typeof assume>>, 'config'>;

const getRole = ({ config }: Session, change: object = {}) =>
  new IAMClient({ ...config, ...change }).send(new GetRoleCommand({ RoleName: 'reader' }));

describe('a session', () => {
  test('is the caller that it says, for as long as was asked for', async () => {
    const session = await assume({ DurationSeconds: 900 });
    expect(session.AssumedRoleUser).toEqual({
      AssumedRoleId: 'AROAEXAMPLEEXAMPLE00:session',
      Arn: `arn:aws:sts::${accountId}:assumed-role/reader/session`,
    });
    const minutes = ((session.expiration?.getTime() ?? 0) - clock.now().getTime()) / 60_000;
    expect(Math.round(minutes)).toBe(15);
    const { $metadata, ...identity } = await new STSClient(session.config).send(new GetCallerIdentityCommand({}));
    expect(identity).toEqual({
      UserId: 'AROAEXAMPLEEXAMPLE00:session',
      Account: accountId,
      Arn: `arn:aws:sts::${accountId}:assumed-role/reader/session`,
    });
    expect($metadata.httpStatusCode).toBe(200);
  });

  test('has what the role’s policies allow at that moment, and nothing else', async () => {
    const session = await assume();
    expect((await getRole(session)).Role?.Arn).toBe(roleArn);
    putRole({ policy: policyDocument({ Effect: 'Allow', Action: 's3:*', Resource: '*' }) });
    expect(await failure(getRole(session))).toEqual({
      code: 'AccessDenied',
      status: 403,
      message: `User: arn:aws:sts::${accountId}:assumed-role/reader/session is not authorized to perform: iam:GetRole on resource: ${roleArn} because no identity-based policy allows the iam:GetRole action`,
    });
  });

  test('has nothing once its role is deleted, even when another role takes its name', async () => {
    const session = await assume();
    putRole({ change: { id: 'AROAEXAMPLEEXAMPLE01' } });
    expect(await failure(getRole(session))).toMatchObject({ code: 'AccessDenied' });
  });

  test.each([
    {
      name: 'its boundary',
      prepare: () => {
        const text = policyDocument({ Effect: 'Allow', Action: 's3:*', Resource: '*' });
        importPolicy(account.state, boundaryArn, text);
        putRole({ change: { permissionsBoundaryArn: boundaryArn } });
      },
      reason: 'because no permissions boundary allows the iam:GetRole action',
    },
    {
      name: 'a boundary whose policy is gone',
      prepare: () => putRole({ change: { permissionsBoundaryArn: `${boundaryArn}-gone` } }),
      reason: 'because no permissions boundary allows the iam:GetRole action',
    },
    {
      name: 'the policy that was passed to it',
      session: { Policy: policyDocument({ Effect: 'Allow', Action: 's3:*', Resource: '*' }) },
      reason: 'because no session policy allows the iam:GetRole action',
    },
    {
      name: 'an explicit denial',
      prepare: () => putRole({ policy: policyDocument({ Effect: 'Deny', Action: 'iam:*', Resource: '*' }) }),
      reason: 'with an explicit deny in an identity-based policy',
    },
  ])('is held back by $name', async ({ prepare = () => undefined, session = {}, reason }) => {
    prepare();
    const { message } = await failure(getRole(await assume(session)));
    expect(message).toBe(
      `User: arn:aws:sts::${accountId}:assumed-role/reader/session is not authorized to perform: iam:GetRole on resource: ${roleArn} ${reason}`,
    );
  });

  test.each([
    { service: 'iam', send: getRole, status: 403, code: 'ExpiredToken' },
    {
      service: 's3',
      send: ({ config }: Session, change: object) =>
        new S3Client({ ...config, ...change }).send(new ListBucketsCommand({})),
      status: 400,
      code: 'ExpiredToken',
    },
    {
      service: 'kms',
      send: ({ config }: Session, change: object) =>
        new KMSClient({ ...config, ...change }).send(new ListKeysCommand({})),
      status: 400,
      code: 'ExpiredTokenException',
    },
  ])('is refused by $service once it has expired: $code', async ({ send, status, code }) => {
    const session = await assume();
    clock.advance(3_600_000);
    expect(await failure(send(session, { systemClockOffset: 3_600_000 }))).toMatchObject({ status, code });
  });

  test('is refused without its token', async () => {
    const { config } = await assume();
    const { sessionToken: _token, ...credentials } = config.credentials;
    const answer = new STSClient({ ...config, credentials }).send(new GetCallerIdentityCommand({}));
    expect(await failure(answer)).toMatchObject({ status: 403, code: 'InvalidClientTokenId' });
  });
});

interface ConditionCase {
  readonly key: string;
  readonly operator?: string;
  readonly value: string;
}

describe('a condition on', () => {
  const condition = ({ key, operator = 'StringEquals', value }: ConditionCase, Effect: string) =>
    policyDocument({ Effect, Action: 'iam:GetRole', Resource: '*', Condition: { [operator]: { [key]: value } } });
  const cases: readonly ConditionCase[] = [
    { key: 'aws:PrincipalArn', value: roleArn },
    { key: 'aws:PrincipalAccount', value: accountId },
    { key: 'aws:PrincipalType', value: 'AssumedRole' },
    { key: 'aws:PrincipalTag/Team', value: 'Backup' },
    { key: 'aws:PrincipalTag/Shift', value: 'night' },
    { key: 'aws:PrincipalIsAWSService', operator: 'Bool', value: 'false' },
    { key: 'aws:userid', value: 'AROAEXAMPLEEXAMPLE00:session' },
    { key: 'aws:SourceIdentity', value: 'someone' },
    { key: 'aws:MultiFactorAuthPresent', operator: 'Bool', value: 'false' },
    { key: 'aws:TokenIssueTime', operator: 'DateGreaterThan', value: '2020-01-01T00:00:00Z' },
    { key: 'aws:username', operator: 'Null', value: 'true' },
    { key: 'aws:SecureTransport', operator: 'Bool', value: 'true' },
    { key: 'aws:SourceIp', operator: 'IpAddress', value: '127.0.0.0/8' },
    { key: 'aws:CurrentTime', operator: 'DateGreaterThan', value: '2020-01-01T00:00:00Z' },
    { key: 'aws:EpochTime', operator: 'NumericGreaterThan', value: '1577836800' },
    { key: 'aws:RequestedRegion', value: 'us-east-1' },
    { key: 'aws:ResourceAccount', value: accountId },
    { key: 'aws:ResourceTag/Team', value: 'Backup' },
    { key: 'iam:ResourceTag/Team', value: 'Backup' },
    { key: 'aws:UserAgent', operator: 'StringLike', value: 'aws-sdk-js/*' },
    { key: 'aws:ViaAWSService', operator: 'Bool', value: 'false' },
  ];

  test.each(cases)('$key is met only by its value', async (met) => {
    const extra = ['sts:TagSession', 'sts:SetSourceIdentity'].map((Action) => ({
      Effect: 'Allow',
      Principal: own,
      Action,
    }));
    const trust = trustPolicy(own, ...extra);
    const input = { Tags: [{ Key: 'Shift', Value: 'night' }], SourceIdentity: 'someone' };
    putRole({ trust, policy: condition(met, 'Allow') });
    const session = await assume(input);
    expect((await getRole(session)).Role?.Arn).toBe(roleArn);
    const denied = policyDocument(
      { Effect: 'Allow', Action: '*', Resource: '*' },
      ...JSON.parse(condition(met, 'Deny')).Statement,
    );
    putRole({ trust, policy: denied });
    expect(await failure(getRole(session))).toMatchObject({ code: 'AccessDenied' });
  });

  const named = { RoleName: 'reader' };
  test.each([
    { name: 'GetRole', send: (iam: IAMClient) => iam.send(new GetRoleCommand(named)) },
    { name: 'UpdateRole', send: (iam: IAMClient) => iam.send(new UpdateRoleCommand(named)) },
    {
      name: 'UpdateRoleDescription',
      send: (iam: IAMClient) => iam.send(new UpdateRoleDescriptionCommand({ ...named, Description: 'd' })),
    },
    {
      name: 'UpdateAssumeRolePolicy',
      send: (iam: IAMClient) =>
        iam.send(new UpdateAssumeRolePolicyCommand({ ...named, PolicyDocument: trustPolicy(own) })),
    },
    // A role that still has policies is not deleted: the conflict is found once the caller is let in.
    { name: 'DeleteRole', send: (iam: IAMClient) => iam.send(new DeleteRoleCommand(named)), met: 'DeleteConflict' },
  ])('iam:PermissionsBoundary is met by $name of a role that has the boundary', async ({ name, send, met = 'ok' }) => {
    importPolicy(account.state, boundaryArn, policyDocument({ Effect: 'Allow', Action: '*', Resource: '*' }));
    const Condition = { StringEquals: { 'iam:PermissionsBoundary': boundaryArn } };
    const policy = policyDocument({ Effect: 'Allow', Action: `iam:${name}`, Resource: roleArn, Condition });
    const outcome = async () =>
      await send(new IAMClient((await assume()).config)).then(
        () => 'ok',
        (error: Error) => error.name.replace(/Exception$/, ''),
      );
    putRole({ policy, change: { permissionsBoundaryArn: boundaryArn } });
    expect(await outcome()).toBe(met);
    putRole({ policy });
    expect(await outcome()).toBe('AccessDenied');
  });

  test('aws:SecureTransport is not met over plain HTTP', async () => {
    putRole({ policy: condition({ key: 'aws:SecureTransport', operator: 'Bool', value: 'true' }, 'Allow') });
    const plain = { endpoint: account.plainEndpoint };
    expect(await failure(getRole(await assume(), plain))).toMatchObject({ code: 'AccessDenied' });
  });

  test('an operator that does not exist is refused as a policy, not passed over', async () => {
    expect(() =>
      putRole({ policy: condition({ key: 'aws:userid', operator: 'StringIsh', value: 'x' }, 'Allow') }),
    ).toThrow(expect.objectContaining({ code: 'MalformedPolicyDocument' }));
  });
});

test('a policy that cannot be evaluated here answers 501 and names the cause', async () => {
  const session = await assume();
  putRole({
    policy: policyDocument({
      Effect: 'Allow',
      Action: '*',
      Resource: '*',
      Condition: { DateGreaterThan: { 'aws:MultiFactorAuthAge': '2030-01-01T00:00:00Z' } },
    }),
  });
  expect(await failure(getRole(session))).toMatchObject({
    code: 'NotImplemented',
    status: 501,
    message: expect.stringContaining('aws:MultiFactorAuthAge'),
  });
  expect(account.requestLog.last).toMatchObject({ errorCode: 'NotImplemented' });
});

describe('a role is assumed', () => {
  const externalId = (Condition: object) =>
    policyDocument({ Effect: 'Allow', Principal: own, Action: 'sts:AssumeRole', Condition });
  const needsExternalId = externalId({ StringEquals: { 'sts:ExternalId': 'secret' } });
  const administrator = { AWS: `arn:aws:iam::${accountId}:user/administrator` };

  test.each([
    { name: 'by the account that it trusts', trust: trustPolicy(own) },
    { name: 'by the user that it trusts', trust: trustPolicy(administrator) },
    { name: 'with the external id that it asks for', trust: needsExternalId, input: { ExternalId: 'secret' } },
    {
      name: 'under the session name that it asks for',
      trust: externalId({ StringLike: { 'sts:RoleSessionName': 'sess*' } }),
    },
    { name: 'for as long as it allows', input: { DurationSeconds: 7200 } },
  ])('$name', async ({ trust = trustPolicy(own), input = {} }) => {
    putRole({ trust });
    expect((await assume(input)).AssumedRoleUser?.AssumedRoleId).toBe('AROAEXAMPLEEXAMPLE00:session');
  });

  test.each([
    { name: 'by someone that it does not trust', trust: trustPolicy({ Service: 'ec2.amazonaws.com' }) },
    { name: 'by another account’s users', trust: trustPolicy({ AWS: 'arn:aws:iam::444455556666:root' }) },
    { name: 'without the external id', trust: needsExternalId },
    { name: 'with another external id', trust: needsExternalId, input: { ExternalId: 'guess' } },
    { name: 'with tags, when it trusts no one to tag', input: { Tags: [{ Key: 'a', Value: 'b' }] } },
    { name: 'with a source identity, when it trusts no one to set one', input: { SourceIdentity: 'someone' } },
    { name: 'when it does not exist', input: { RoleArn: `${roleArn}s` } },
    { name: 'when it is another account’s', input: { RoleArn: 'arn:aws:iam::444455556666:role/reader' } },
  ])('not $name', async ({ trust = trustPolicy(own), input = {} }) => {
    putRole({ trust });
    expect(await failure(assume(input))).toMatchObject({
      code: 'AccessDenied',
      status: 403,
      message: expect.stringMatching(
        /^User: arn:aws:iam::111122223333:user\/administrator is not authorized to perform: sts:/,
      ),
    });
  });

  test.each([
    { name: 'for longer than the role allows', input: { DurationSeconds: 7201 }, code: 'ValidationError' },
    { name: 'for less than a quarter of an hour', input: { DurationSeconds: 899 }, code: 'ValidationError' },
    { name: 'under a name of one character', input: { RoleSessionName: 'x' }, code: 'ValidationError' },
    {
      name: 'by an ARN that is not a role’s',
      input: { RoleArn: `arn:aws:iam::${accountId}:user/reader` },
      code: 'ValidationError',
    },
    { name: 'with a session policy that is not JSON', input: { Policy: '{' }, code: 'MalformedPolicyDocument' },
    {
      name: 'with a session policy of an ARN cut short',
      input: {
        Policy: policyDocument({ Sid: 'Read', Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3' }),
      },
      code: 'MalformedPolicyDocument',
    },
    {
      name: 'with a transitive tag that it does not pass',
      input: { TransitiveTagKeys: ['a'] },
      code: 'ValidationError',
    },
  ])('not $name', async ({ input, code }) => {
    const answer = await failure(assume(input));
    expect(answer.code.replace(/Exception$/, '')).toBe(code);
  });

  test('by the role that it trusts, and not by another that takes its name', async () => {
    const iam = new IAMClient(clientConfig(account));
    const named = { RoleName: 'caller' };
    const policy = { ...named, PolicyName: 'assume' };
    const callerArn = `arn:aws:iam::${accountId}:role/caller`;
    const PolicyDocument = policyDocument({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: roleArn });
    const create = async () => {
      const { Role } = await iam.send(new CreateRoleCommand({ ...named, AssumeRolePolicyDocument: trustPolicy(own) }));
      await iam.send(new PutRolePolicyCommand({ ...policy, PolicyDocument }));
      return Role?.RoleId;
    };
    const assumeAsCaller = async () => {
      const { config } = await assume({ RoleArn: callerArn });
      return await new STSClient(config).send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'chained' }));
    };
    const shownTrust = async () => {
      const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'reader' }));
      return decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '');
    };
    const callerId = await create();
    putRole({ trust: trustPolicy({ AWS: callerArn }) });
    expect((await assumeAsCaller()).AssumedRoleUser?.AssumedRoleId).toBe('AROAEXAMPLEEXAMPLE00:chained');
    expect(await shownTrust()).toBe(trustPolicy({ AWS: callerArn }));
    await iam.send(new DeleteRolePolicyCommand(policy));
    await iam.send(new DeleteRoleCommand(named));
    await create();
    expect(await failure(assumeAsCaller())).toMatchObject({ code: 'AccessDenied' });
    expect(await shownTrust()).toBe(trustPolicy({ AWS: callerId }));
    iam.destroy();
  });

  test('by a role for an hour at most', async () => {
    putRole({ policy: policyDocument({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: roleArn }) });
    const { config } = await assume();
    const chained = new STSClient(config);
    const command = (DurationSeconds: number) =>
      new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'again', DurationSeconds });
    expect((await chained.send(command(3600))).Credentials).toBeDefined();
    expect(await failure(chained.send(command(3601)))).toMatchObject({
      code: 'ValidationError',
      message: expect.stringContaining('role chaining'),
    });
  });
});

test('a request may be signed for the account’s region and for the global endpoint’s', async () => {
  for (const signedFor of [region, 'us-east-1']) {
    const client = new STSClient({ ...clientConfig(account), region: signedFor });
    expect((await client.send(new GetCallerIdentityCommand({}))).Account).toBe(accountId);
  }
});

describe('a chain of roles', () => {
  const chain = (...actions: readonly string[]) =>
    trustPolicy(own, ...actions.map((Action) => ({ Effect: 'Allow', Principal: own, Action })));
  const everything = policyDocument({ Effect: 'Allow', Action: '*', Resource: '*' });
  const next = async ({ config }: Session, input: object = {}) => {
    const command = new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'next', ...input });
    const { Credentials, SourceIdentity } = await new STSClient(config).send(command);
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
    const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
    return { SourceIdentity, config: { ...clientConfig(account), credentials } };
  };
  const tags = [
    { Key: 'Star', Value: '1' },
    { Key: 'Sun', Value: '1' },
  ];
  const sees = async (session: Session, key: string, value: string) => {
    const condition = { StringEquals: { [`aws:PrincipalTag/${key}`]: value } };
    const policy = policyDocument({ Effect: 'Allow', Action: 'iam:GetRole', Resource: '*', Condition: condition });
    putRole({ trust: chain('sts:TagSession'), policy });
    return await getRole(session).then(
      () => true,
      () => false,
    );
  };

  test('inherits transitive tags and no others, over the tags of the next role', async () => {
    putRole({ trust: chain('sts:TagSession'), policy: everything, change: { tags: new Map([['Star', '3']]) } });
    const first = await assume({ Tags: tags, TransitiveTagKeys: ['Star'] });
    const second = await next(first);
    const third = await next(second);
    for (const session of [second, third]) {
      expect([await sees(session, 'Star', '1'), await sees(session, 'Sun', '1')]).toEqual([true, false]);
    }
  });

  test('needs the trust policy to admit the tags that it inherits', async () => {
    putRole({ trust: chain('sts:TagSession'), policy: everything });
    const first = await assume({ Tags: tags, TransitiveTagKeys: ['Star'] });
    putRole({ trust: chain('sts:SetSourceIdentity'), policy: everything });
    expect(await failure(next(first))).toMatchObject({
      code: 'AccessDenied',
      message: expect.stringContaining('sts:TagSession'),
    });
  });

  test('does not let an inherited tag be passed a second time', async () => {
    putRole({ trust: chain('sts:TagSession'), policy: everything });
    const first = await assume({ Tags: tags, TransitiveTagKeys: ['Star'] });
    expect(await failure(next(first, { Tags: [{ Key: 'STAR', Value: '3' }] }))).toMatchObject({
      code: 'ValidationError',
      message: expect.stringContaining("'STAR'"),
    });
    expect(await sees(await next(first, { Tags: [{ Key: 'Moon', Value: '1' }] }), 'Moon', '1')).toBe(true);
  });

  test('asks the trust policy which tags may be transitive', async () => {
    const Condition = { 'ForAllValues:StringEquals': { 'sts:TransitiveTagKeys': ['Star'] } };
    putRole({ trust: trustPolicy(own, { Effect: 'Allow', Principal: own, Action: 'sts:TagSession', Condition }) });
    expect((await assume({ Tags: tags, TransitiveTagKeys: ['Star'] })).AssumedRoleUser).toBeDefined();
    expect(await failure(assume({ Tags: tags, TransitiveTagKeys: ['Sun'] }))).toMatchObject({ code: 'AccessDenied' });
  });

  test('keeps its source identity, which no one can change', async () => {
    putRole({ trust: chain('sts:SetSourceIdentity'), policy: everything });
    const first = await assume({ SourceIdentity: 'someone' });
    expect((await next(first)).SourceIdentity).toBe('someone');
    expect((await next(first, { SourceIdentity: 'someone' })).SourceIdentity).toBe('someone');
    expect(await failure(next(first, { SourceIdentity: 'another' }))).toMatchObject({ code: 'AccessDenied' });
  });
});
