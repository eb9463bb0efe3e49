import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  AssumeRoleWithSAMLCommand,
  AssumeRoleWithWebIdentityCommand,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import type { SimulatedAccount } from '../../../lib/simulated-aws';
import { importOpenIdConnectProvider, supplySigningKeys } from '../../../lib/simulated-aws/iam';
import { readPermissionsPolicy, readTrustPolicy } from '../../../lib/simulated-aws/iam/entities/policy-document';
import { accountId, Clock, clientConfig, failure, policyDocument, startAccount } from '../account';
import { type Algorithm, createIdentityProvider } from './identity-provider';

const clock = new Clock();
const provider = createIdentityProvider('https://oidc.example.com/tenant');
const providerArn = `arn:aws:iam::${accountId}:oidc-provider/oidc.example.com/tenant`;
const roleArn = `arn:aws:iam::${accountId}:role/reader`;
const tagsClaim = 'https://aws.amazon.com/tags';

let account: SimulatedAccount;
let sts: STSClient;

beforeAll(async () => {
  account = await startAccount(clock);
  sts = new STSClient({ ...clientConfig(account), credentials: { accessKeyId: 'unused', secretAccessKey: 'unused' } });
});

beforeEach(() => {
  account.state.iam.openIdConnectProviders.clear();
  importOpenIdConnectProvider(account.state, { url: provider.url, clientIds: ['client', 'second'] });
  supplySigningKeys(account.accounts, provider.url, provider.keys);
  putRole();
});

afterEach(() => clock.reset());

afterAll(async () => {
  sts.destroy();
  await account.stop();
});

function trusting(Condition?: object, ...more: readonly object[]): string {
  return policyDocument(
    {
      Effect: 'Allow',
      Principal: { Federated: providerArn },
      Action: 'sts:AssumeRoleWithWebIdentity',
      ...(Condition && { Condition }),
    },
    ...more,
  );
}

function putRole(
  trust = trusting(),
  policy = policyDocument({ Effect: 'Allow', Action: 'iam:GetRole', Resource: '*' }),
) {
  account.state.iam.roles.set('reader', {
    name: 'reader',
    path: '/',
    id: 'AROAEXAMPLEEXAMPLE00',
    arn: roleArn,
    createdAt: new Date(),
    tags: new Map(),
    trustPolicy: readTrustPolicy(account.state, trust),
    maxSessionDurationSeconds: 7200,
    inlinePolicies: new Map([['inline', readPermissionsPolicy(policy, 'inline')]]),
    attachedPolicyArns: [],
  });
}

function claims(change: object = {}): object {
  const seconds = Math.floor(clock.now().getTime() / 1000);
  return { iss: provider.url, sub: 'repo:backup', aud: 'client', iat: seconds, exp: seconds + 300, ...change };
}

const assume = (WebIdentityToken: string, input: object = {}) =>
  sts.send(
    new AssumeRoleWithWebIdentityCommand({ RoleArn: roleArn, RoleSessionName: 'job', WebIdentityToken, ...input }),
  );

async function sessionOf(WebIdentityToken: string) {
  const { Credentials } = await assume(WebIdentityToken);
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  return { ...clientConfig(account), credentials };
}

describe('a token of a provider of the account', () => {
  test('replaces a signature, and opens a session of the role', async () => {
    const {
      Credentials,
      $metadata: _metadata,
      ...answer
    } = await assume(provider.token(claims()), {
      DurationSeconds: 900,
    });
    expect(answer).toEqual({
      SubjectFromWebIdentityToken: 'repo:backup',
      Audience: 'client',
      Provider: providerArn,
      AssumedRoleUser: {
        AssumedRoleId: 'AROAEXAMPLEEXAMPLE00:job',
        Arn: `arn:aws:sts::${accountId}:assumed-role/reader/job`,
      },
    });
    expect(Math.round(((Credentials?.Expiration?.getTime() ?? 0) - clock.now().getTime()) / 60_000)).toBe(15);
    const config = await sessionOf(provider.token(claims()));
    const identity = await new STSClient(config).send(new GetCallerIdentityCommand({}));
    expect(identity.Arn).toBe(`arn:aws:sts::${accountId}:assumed-role/reader/job`);
  });

  test('may come in the query of a GET, as AWS’s own examples send it', async () => {
    const query = new URLSearchParams({
      Action: 'AssumeRoleWithWebIdentity',
      Version: '2011-06-15',
      RoleArn: roleArn,
      RoleSessionName: 'job',
      WebIdentityToken: provider.token(claims()),
    });
    const response = await fetch(`${account.plainEndpoint}/?${query}`);
    expect([response.status, await response.text()]).toEqual([
      200,
      expect.stringMatching(/^<AssumeRoleWithWebIdentityResponse .*<Audience>client<\/Audience>/),
    ]);
  });

  test('is named in the log, with the statement that let it in', async () => {
    await assume(provider.token(claims()));
    expect(account.requestLog.last).toMatchObject({
      eventName: 'AssumeRoleWithWebIdentity',
      userIdentity: {
        type: 'WebIdentityUser',
        principalId: 'oidc.example.com/tenant:client:repo:backup',
        identityProvider: providerArn,
      },
      decisions: [{ action: 'sts:AssumeRoleWithWebIdentity', resource: roleArn, result: 'allowed' }],
    });
  });

  test.each(['RS256', 'ES256', 'ES384'] as const)('may be signed with %s', async (algorithm: Algorithm) => {
    const signer = createIdentityProvider(provider.url, algorithm);
    supplySigningKeys(account.accounts, signer.url, [...provider.keys, ...signer.keys]);
    expect((await assume(signer.token(claims()))).Audience).toBe('client');
  });

  test.each([
    ['one of several audiences', { aud: ['someone-else', 'second'] }, 'second'],
    ['the party that it was issued to', { aud: 'someone-else', azp: 'client' }, 'client'],
  ])('may name %s', async (_what, change, audience) => {
    expect((await assume(provider.token(claims(change)))).Audience).toBe(audience);
  });

  const stranger = createIdentityProvider(provider.url);
  test.each([
    ['for another client', () => provider.token(claims({ aud: 'another' })), 'InvalidIdentityToken'],
    ['of another issuer', () => provider.token(claims({ iss: 'https://evil.example.com' })), 'InvalidIdentityToken'],
    ['without an issuer', () => provider.token(claims({ iss: undefined })), 'InvalidIdentityToken'],
    ['without a subject', () => provider.token(claims({ sub: undefined })), 'InvalidIdentityToken'],
    ['without an expiry', () => provider.token(claims({ exp: undefined })), 'InvalidIdentityToken'],
    ['without a time of issue', () => provider.token(claims({ iat: undefined })), 'InvalidIdentityToken'],
    ['that has expired', () => provider.token(claims({ exp: 1 })), 'ExpiredToken'],
    ['of another signer', () => stranger.token(claims()), 'InvalidIdentityToken'],
    ['without a signature', () => provider.token(claims()).replace(/[^.]*$/, ''), 'InvalidIdentityToken'],
    ['that asks for no signature', () => provider.token(claims(), { alg: 'none' }), 'InvalidIdentityToken'],
    ['that asks for a shared secret', () => provider.token(claims(), { alg: 'HS256' }), 'InvalidIdentityToken'],
    ['with another key id', () => provider.token(claims(), { kid: 'none' }), 'InvalidIdentityToken'],
    ['that was changed', () => provider.token(claims()).replace(/\.[^.]+\./, '.e30.'), 'InvalidIdentityToken'],
    ['that is not a token', () => 'not-a-token', 'InvalidIdentityToken'],
  ])('is refused %s', async (_what, token, code) => {
    expect((await failure(assume(token()))).code).toBe(`${code}Exception`);
  });

  test('is refused when the keys of its provider were not supplied', async () => {
    supplySigningKeys(account.accounts, provider.url, []);
    expect(await failure(assume(provider.token(claims())))).toMatchObject({ code: 'IDPCommunicationErrorException' });
  });
});

describe('the trust policy', () => {
  test.each([
    ['oidc.example.com/tenant:aud', 'StringEquals', 'client'],
    ['oidc.example.com/tenant:sub', 'StringLike', 'repo:*'],
    ['sts:RoleSessionName', 'StringEquals', 'job'],
    ['aws:FederatedProvider', 'ArnEquals', providerArn],
  ])('may ask for %s', async (key, operator, value) => {
    putRole(trusting({ [operator]: { [key]: value } }));
    expect((await assume(provider.token(claims()))).Credentials).toBeDefined();
    putRole(trusting({ [operator]: { [key]: value.replace(/./, 'x') } }));
    expect(await failure(assume(provider.token(claims())))).toEqual({
      code: 'AccessDenied',
      status: 403,
      message: 'Not authorized to perform sts:AssumeRoleWithWebIdentity',
    });
  });

  test('may ask for the claims that AWS documents for the provider, and no others', async () => {
    const github = createIdentityProvider('https://token.actions.githubusercontent.com');
    importOpenIdConnectProvider(account.state, { url: github.url, clientIds: ['client'] });
    supplySigningKeys(account.accounts, github.url, github.keys);
    const Federated = `arn:aws:iam::${accountId}:oidc-provider/token.actions.githubusercontent.com`;
    const asks = (Condition: object) =>
      putRole(
        policyDocument({
          Effect: 'Allow',
          Principal: { Federated },
          Action: 'sts:AssumeRoleWithWebIdentity',
          Condition,
        }),
      );
    const token = (change: object) => github.token(claims({ iss: github.url, ...change }));
    asks({ StringEquals: { 'token.actions.githubusercontent.com:repository': 'vault/backup' } });
    expect((await assume(token({ repository: 'vault/backup' }))).Credentials).toBeDefined();
    expect(await failure(assume(token({ repository: 'vault/other' })))).toMatchObject({ code: 'AccessDenied' });
    asks({ StringEquals: { 'token.actions.githubusercontent.com:color': 'blue' } });
    expect(await failure(assume(token({ color: 'blue' })))).toMatchObject({ code: 'AccessDenied' });
  });

  test('may ask how the subject was authenticated', async () => {
    const Condition = { 'ForAnyValue:StringEquals': { 'oidc.example.com/tenant:amr': 'authenticated' } };
    putRole(trusting(Condition));
    expect((await assume(provider.token(claims({ amr: ['authenticated', 'mfa'] })))).Credentials).toBeDefined();
    expect(await failure(assume(provider.token(claims())))).toMatchObject({ code: 'AccessDenied' });
  });

  test.each([
    ['names another provider', { Federated: providerArn.replace('tenant', 'other') }],
    ['names the account alone', { AWS: accountId }],
  ])('admits no one when it %s', async (_case, Principal) => {
    putRole(policyDocument({ Effect: 'Allow', Principal, Action: 'sts:AssumeRoleWithWebIdentity' }));
    expect(await failure(assume(provider.token(claims())))).toMatchObject({ code: 'AccessDenied' });
  });

  test('of a missing role admits no one', async () => {
    expect(await failure(assume(provider.token(claims()), { RoleArn: `${roleArn}s` }))).toMatchObject({
      code: 'AccessDenied',
    });
  });
});

describe('the session', () => {
  const tagged = (principalTags: object, transitive: readonly string[] = []) =>
    claims({ [tagsClaim]: { principal_tags: principalTags, transitive_tag_keys: transitive } });
  const admitTags = { Effect: 'Allow', Principal: { Federated: providerArn }, Action: 'sts:TagSession' };
  const admitIdentity = { Effect: 'Allow', Principal: { Federated: providerArn }, Action: 'sts:SetSourceIdentity' };

  test('has the tags of the token, once the trust policy admits them', async () => {
    const token = provider.token(tagged({ Team: ['Backup'] }));
    expect(await failure(assume(token))).toMatchObject({ message: 'Not authorized to perform sts:TagSession' });
    const Condition = { StringEquals: { 'aws:PrincipalTag/Team': 'Backup' } };
    const policy = policyDocument({ Effect: 'Allow', Action: 'iam:GetRole', Resource: '*', Condition });
    putRole(trusting(undefined, admitTags), policy);
    const getRole = async (text: string) =>
      new IAMClient(await sessionOf(text)).send(new GetRoleCommand({ RoleName: 'reader' }));
    expect((await getRole(token)).Role?.Arn).toBe(roleArn);
    expect(await failure(getRole(provider.token(claims())))).toMatchObject({ code: 'AccessDenied' });
  });

  test('has the source identity of the token, once the trust policy admits it', async () => {
    const token = provider.token(claims({ 'https://aws.amazon.com/source_identity': 'someone' }));
    expect(await failure(assume(token))).toMatchObject({ message: 'Not authorized to perform sts:SetSourceIdentity' });
    putRole(trusting(undefined, admitIdentity));
    expect((await assume(token)).SourceIdentity).toBe('someone');
  });

  test('knows its subject’s provider', async () => {
    const policy = (arn: string) =>
      policyDocument({
        Effect: 'Allow',
        Action: 'iam:GetRole',
        Resource: '*',
        Condition: { ArnEquals: { 'aws:FederatedProvider': arn } },
      });
    putRole(trusting(), policy(providerArn));
    const iam = new IAMClient(await sessionOf(provider.token(claims())));
    expect((await iam.send(new GetRoleCommand({ RoleName: 'reader' }))).Role?.Arn).toBe(roleArn);
    putRole(trusting(), policy(`${providerArn}s`));
    expect(await failure(iam.send(new GetRoleCommand({ RoleName: 'reader' })))).toMatchObject({ code: 'AccessDenied' });
  });

  test.each([
    ['two values for a tag', tagged({ Team: ['a', 'b'] })],
    ['a tag that is not a list', tagged({ Team: 'a' })],
    ['a transitive key that is not a tag', tagged({ Team: ['a'] }, ['Other'])],
    ['a key of 129 characters', tagged({ ['k'.repeat(129)]: ['a'] })],
    ['a value of 257 characters', tagged({ Team: ['a'.repeat(257)] })],
    ['characters that no tag may have', tagged({ Team: ['<a>'] })],
    ['a flat tag that is not text', claims({ [`${tagsClaim}/principal_tags/Team`]: ['a'] })],
    ['a source identity of one character', claims({ 'https://aws.amazon.com/source_identity': 'a' })],
    ['a source identity of 65 characters', claims({ 'https://aws.amazon.com/source_identity': 'a'.repeat(65) })],
    ['spaces in its source identity', claims({ 'https://aws.amazon.com/source_identity': 'a b' })],
  ])('is not opened with %s', async (_what, content) => {
    putRole(trusting(undefined, admitTags, admitIdentity));
    expect(await failure(assume(provider.token(content)))).toMatchObject({ code: 'ValidationError' });
  });

  test.each([
    ['keys that differ in case alone', tagged({ Team: ['a'], team: ['b'] })],
    ['a tag of AWS itself', tagged({ 'aws:team': ['a'] })],
  ])('is not opened with %s', async (_what, content) => {
    putRole(trusting(undefined, admitTags));
    expect(await failure(assume(provider.token(content)))).toMatchObject({ code: 'InvalidInput' });
  });

  test('has tags that come as claims of their own', async () => {
    const flat = {
      [`${tagsClaim}/principal_tags/Team`]: 'Backup',
      [`${tagsClaim}/transitive_tag_keys`]: ['Team'],
    };
    const token = provider.token(claims(flat));
    expect(await failure(assume(token))).toMatchObject({ message: 'Not authorized to perform sts:TagSession' });
    const Condition = {
      StringEquals: { 'aws:RequestTag/Team': 'Backup' },
      'ForAnyValue:StringEquals': { 'sts:TransitiveTagKeys': 'Team' },
    };
    putRole(trusting(undefined, { ...admitTags, Condition }));
    expect((await assume(token)).AssumedRoleUser).toBeDefined();
  });

  test('lasts no longer than the role allows', async () => {
    expect(await failure(assume(provider.token(claims()), { DurationSeconds: 7201 }))).toMatchObject({
      code: 'ValidationError',
    });
  });
});

test('a SAML provider’s assertion is not simulated, and says so even without a signature', async () => {
  const saml = new AssumeRoleWithSAMLCommand({ RoleArn: roleArn, PrincipalArn: providerArn, SAMLAssertion: 'none' });
  expect(await failure(sts.send(saml))).toMatchObject({
    code: 'NotImplemented',
    message: expect.stringContaining('sts:AssumeRoleWithSAML'),
  });
});
