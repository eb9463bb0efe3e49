import { type AccessPolicies, type AccessRequest, evaluate, explain, type Policy, type Principal } from '../../lib/iam';
import {
  allowAll,
  BUCKET,
  FOREIGN,
  KEY,
  KMS_GUIDE,
  OBJECT,
  OWN,
  policy,
  request,
  resultOf,
  rootUser,
  S3_GUIDE,
  type StatementDocument,
  session,
  trust,
  USER_GUIDE,
  user,
} from './requests';

const LOGIC = `${USER_GUIDE}reference_policies_evaluation-logic_policy-eval-denyallow.html`;
const CROSS_ACCOUNT = `${USER_GUIDE}reference_policies_evaluation-logic-cross-account.html`;
const PRINCIPAL = `${USER_GUIDE}reference_policies_elements_principal.html`;
const NOT_PRINCIPAL = `${USER_GUIDE}reference_policies_elements_notprincipal.html`;

const bob = user('bob');
const app = session('app');
const nothing = policy('nothing', { Effect: 'Allow', Action: 'sqs:*' });
const denyAll = policy('denial', { Sid: 'No', Effect: 'Deny' });

function bucket(principal: unknown, more: StatementDocument = {}): Policy {
  return policy('bucket', { Sid: 'Bucket', Effect: 'Allow', Principal: principal, ...more });
}

const toBob = bucket({ AWS: bob.arn });
const toRole = bucket({ AWS: `arn:aws:iam::${OWN}:role/app` });
const toSession = bucket({ AWS: app.arn });
const toAccount = bucket({ AWS: `arn:aws:iam::${OWN}:root` });
const toEveryone = bucket('*');

type Row = readonly [string, Principal, AccessPolicies, string];

describe(`inside one account, as ${LOGIC} says`, () => {
  const none = { identity: [] };
  test.each<Row>([
    ['nothing at all denies', bob, none, 'implicitly-denied: identity'],
    ['an identity policy allows', bob, { identity: [allowAll] }, 'allowed'],
    ['one of several identity policies allows', bob, { identity: [nothing, allowAll] }, 'allowed'],
    ['the root user needs no policy', rootUser(), none, 'allowed'],
    ['a denial beats an identity policy', bob, { identity: [allowAll, denyAll] }, 'explicitly-denied'],
    ['a denial without an allow is explicit', bob, { identity: [denyAll] }, 'explicitly-denied'],
    ['a denial of the boundary decides', bob, { identity: [allowAll], boundary: denyAll }, 'explicitly-denied'],
    ['a denial of a session policy decides', app, { identity: [allowAll], session: [denyAll] }, 'explicitly-denied'],
    [
      'a denial of the bucket decides',
      bob,
      { identity: [allowAll], resource: bucket('*', { Effect: 'Deny' }) },
      'explicitly-denied',
    ],
    [
      'a denial of the bucket holds the root user too',
      rootUser(),
      { ...none, resource: bucket('*', { Effect: 'Deny' }) },
      'explicitly-denied',
    ],
    [
      'a denial of the account means all of it',
      bob,
      { identity: [allowAll], resource: bucket({ AWS: OWN }, { Effect: 'Deny' }) },
      'explicitly-denied',
    ],
    ['an identity denial beats the bucket', bob, { identity: [denyAll], resource: toBob }, 'explicitly-denied'],
    ['a boundary grants nothing', bob, { identity: [], boundary: allowAll }, 'implicitly-denied: identity'],
    ['a boundary limits', bob, { identity: [allowAll], boundary: nothing }, 'implicitly-denied: boundary'],
    ['a boundary that allows lets through', bob, { identity: [allowAll], boundary: allowAll }, 'allowed'],
    ['a session policy grants nothing', app, { identity: [], session: [allowAll] }, 'implicitly-denied: identity'],
    ['a session policy limits', app, { identity: [allowAll], session: [nothing] }, 'implicitly-denied: session'],
    ['one of several session policies allows', app, { identity: [allowAll], session: [nothing, allowAll] }, 'allowed'],
    ['an empty list of session policies is none', app, { identity: [allowAll], session: [] }, 'allowed'],
    ['the bucket alone suffices for a user', bob, { ...none, resource: toBob }, 'allowed'],
    [
      'the boundary does not limit what names the user',
      bob,
      { ...none, boundary: nothing, resource: toBob },
      'allowed',
    ],
    ['the bucket alone suffices for a role', app, { ...none, resource: toRole }, 'allowed'],
    [
      'the account besides the role takes nothing away',
      app,
      { ...none, resource: bucket({ AWS: [OWN, `arn:aws:iam::${OWN}:role/app`] }) },
      'allowed',
    ],
    [
      'the boundary limits what names the role',
      app,
      { ...none, boundary: nothing, resource: toRole },
      'implicitly-denied: boundary',
    ],
    [
      'a session policy limits what names the role',
      app,
      { ...none, session: [nothing], resource: toRole },
      'implicitly-denied: session',
    ],
    ['a boundary that allows lets the role through', app, { ...none, boundary: allowAll, resource: toRole }, 'allowed'],
    [
      'neither limits what names the session',
      app,
      { ...none, boundary: nothing, session: [nothing], resource: toSession },
      'allowed',
    ],
    [
      'neither limits what is for everyone',
      app,
      { ...none, boundary: nothing, session: [nothing], resource: toEveryone },
      'allowed',
    ],
    ['an account only delegates to its policies', bob, { ...none, resource: toAccount }, 'implicitly-denied: identity'],
    ['an account id is the same', bob, { ...none, resource: bucket({ AWS: OWN }) }, 'implicitly-denied: identity'],
    ['an account delegates, and a policy allows', bob, { identity: [allowAll], resource: toAccount }, 'allowed'],
    ['another user is not meant', user('eve'), { ...none, resource: toBob }, 'implicitly-denied: identity'],
    ['user names are case-sensitive', user('Bob'), { ...none, resource: toBob }, 'implicitly-denied: identity'],
    ['another role is not meant', session('api'), { ...none, resource: toRole }, 'implicitly-denied: identity'],
    [
      'a key policy says nothing about a bucket',
      bob,
      { identity: [allowAll], key: bucket('*', { Effect: 'Deny' }) },
      'allowed',
    ],
  ])('%s', (_, principal, policies, expected) => {
    expect(resultOf(request({ principal }), policies)).toBe(expected);
  });
});

describe(`across accounts, as ${CROSS_ACCOUNT} says`, () => {
  const eve = user('eve', FOREIGN);
  const guest = session('guest', FOREIGN);
  const toForeign = bucket({ AWS: FOREIGN });
  test.each<Row>([
    ['both sides allow', eve, { identity: [allowAll], resource: toForeign }, 'allowed'],
    [
      'the bucket alone does not suffice',
      eve,
      { identity: [], resource: bucket({ AWS: eve.arn }) },
      'implicitly-denied: identity',
    ],
    ['the identity alone does not suffice', eve, { identity: [allowAll] }, 'implicitly-denied: resource'],
    [
      'a bucket that names another account does not',
      eve,
      { identity: [allowAll], resource: toAccount },
      'implicitly-denied: resource',
    ],
    ['everyone includes other accounts', eve, { identity: [allowAll], resource: toEveryone }, 'allowed'],
    [
      'everyone does not replace the identity policy',
      eve,
      { identity: [], resource: toEveryone },
      'implicitly-denied: identity',
    ],
    [
      'the boundary limits',
      eve,
      { identity: [allowAll], boundary: nothing, resource: toForeign },
      'implicitly-denied: boundary',
    ],
    [
      'the session policy limits even a named session',
      guest,
      { identity: [allowAll], session: [nothing], resource: bucket({ AWS: guest.arn }) },
      'implicitly-denied: session',
    ],
    [
      'a role named by its ARN is let in',
      guest,
      { identity: [allowAll], resource: bucket({ AWS: `arn:aws:iam::${FOREIGN}:role/guest` }) },
      'allowed',
    ],
    [
      'a denial of the bucket decides',
      eve,
      { identity: [allowAll], resource: bucket('*', { Effect: 'Deny' }) },
      'explicitly-denied',
    ],
    ['a foreign root user needs the bucket', rootUser(FOREIGN), { identity: [] }, 'implicitly-denied: resource'],
    ['a foreign root user needs nothing else', rootUser(FOREIGN), { identity: [], resource: toForeign }, 'allowed'],
  ])('%s', (_, principal, policies, expected) => {
    expect(resultOf(request({ principal }), policies)).toBe(expected);
  });
});

describe(`a principal covers the callers that ${PRINCIPAL} says`, () => {
  const anonymous: Principal = { kind: 'anonymous' };
  const ec2: Principal = { kind: 'service', service: 'ec2.amazonaws.com' };
  const canonicalUserId = 'a'.repeat(64);
  test.each<[string, Principal, unknown, string]>([
    ['anonymous by *', anonymous, '*', 'allowed'],
    ['anonymous by AWS *', anonymous, { AWS: '*' }, 'allowed'],
    ['no anonymous caller by an account', anonymous, { AWS: OWN }, 'implicitly-denied: resource'],
    ['a service by its name', ec2, { Service: ['s3.amazonaws.com', 'ec2.amazonaws.com'] }, 'allowed'],
    ['not another service', ec2, { Service: 's3.amazonaws.com' }, 'implicitly-denied: resource'],
    ['not a service by an account', ec2, { AWS: OWN }, 'implicitly-denied: resource'],
    [
      'a provider by its domain',
      { kind: 'federated', provider: 'accounts.google.com' },
      { Federated: 'accounts.google.com' },
      'allowed',
    ],
    [
      'a provider by its ARN',
      { kind: 'federated', provider: `arn:aws:iam::${OWN}:saml-provider/x` },
      { Federated: `arn:aws:iam::${OWN}:saml-provider/x` },
      'allowed',
    ],
    [
      'not another provider',
      { kind: 'federated', provider: 'graph.facebook.com' },
      { Federated: 'accounts.google.com' },
      'implicitly-denied: resource',
    ],
    ['a user by the unique id', bob, { AWS: 'AIDABOB000000000000' }, 'allowed'],
    ['a re-created role is not its old unique id', app, { AWS: 'AROAOLD000000000000' }, 'implicitly-denied: identity'],
    ['the root user by the account', rootUser(), { AWS: `arn:aws:iam::${OWN}:root` }, 'allowed'],
    [
      'the account by its canonical user, which delegates',
      bob,
      { CanonicalUser: canonicalUserId },
      'implicitly-denied: identity',
    ],
  ])('%s', (_, principal, element, expected) => {
    expect(resultOf(request({ principal, canonicalUserId }), { identity: [], resource: bucket(element) })).toBe(
      expected,
    );
  });

  test('a role is meant by its unique id', () => {
    const resource = bucket({ AWS: 'AROAAPP000000000000' });
    const principal: Principal = { ...app, userId: 'AROAAPP000000000000:i-0abc' };
    expect(resultOf(request({ principal }), { identity: [], resource })).toBe('allowed');
  });

  test('a canonical user of another account is let in with its identity policy', () => {
    const principal = user('eve', FOREIGN);
    const policies = { identity: [allowAll], resource: bucket({ CanonicalUser: canonicalUserId }) };
    expect(resultOf(request({ principal, canonicalUserId }), policies)).toBe('allowed');
    expect(resultOf(request({ principal, canonicalUserId: 'b'.repeat(64) }), policies)).toBe(
      'implicitly-denied: resource',
    );
    expect(() => resultOf(request({ principal }), policies)).toThrow("'canonicalUserId'");
  });
});

describe(`NotPrincipal with Deny, as ${NOT_PRINCIPAL} says`, () => {
  const audit = session('audit', FOREIGN);
  const account = `arn:aws:iam::${FOREIGN}:root`;
  const role = `arn:aws:iam::${FOREIGN}:role/audit`;
  const eve = user('eve', FOREIGN);
  test.each<[string, Principal, readonly string[], string]>([
    ['spares a user listed with the account', eve, [eve.arn, account], 'allowed'],
    ['denies a user listed without the account', eve, [eve.arn], 'explicitly-denied'],
    ['denies a user whose account alone is listed', eve, [account], 'explicitly-denied'],
    ['spares a session listed with role and account', audit, [audit.arn, role, account], 'allowed'],
    ['denies a session listed without its role', audit, [audit.arn, account], 'explicitly-denied'],
    ['denies a session that is not listed itself', audit, [role, account], 'explicitly-denied'],
    ['denies anonymous', { kind: 'anonymous' }, [account], 'explicitly-denied'],
  ])('%s', (_, principal, spared, expected) => {
    const resource = policy(
      'bucket',
      { Effect: 'Allow', Principal: '*' },
      { Effect: 'Deny', NotPrincipal: { AWS: spared } },
    );
    expect(resultOf(request({ principal }), { identity: [allowAll], resource })).toBe(expected);
  });

  test('denies whoever has a permissions boundary, listed or not', () => {
    const resource = policy('bucket', { Effect: 'Deny', NotPrincipal: { AWS: [bob.arn, OWN] } });
    const results = [undefined, allowAll].map((boundary) =>
      resultOf(request(), { identity: [allowAll], resource, ...(boundary && { boundary }) }),
    );
    expect(results).toEqual(['allowed', 'explicitly-denied']);
  });
});

describe(`a KMS key, as ${KMS_GUIDE}key-policies.html and key-policy-default.html say`, () => {
  const decrypt: Partial<AccessRequest> = { action: 'kms:Decrypt', resource: KEY };
  const key = (...statements: readonly StatementDocument[]) => policy('key', ...statements);
  const delegation = key({ Sid: 'Root', Effect: 'Allow', Principal: { AWS: OWN }, Action: 'kms:*' });
  const delegationWithoutUse = key({ Effect: 'Allow', Principal: { AWS: OWN }, Action: ['kms:Put*', 'kms:Describe*'] });
  const delegationToRole = key({
    Effect: 'Allow',
    Principal: { AWS: OWN },
    Action: 'kms:Decrypt',
    Condition: { ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${OWN}:role/app` } },
  });
  const named = key({ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${OWN}:role/app` }, Action: 'kms:Decrypt' });
  const managed = key({
    Effect: 'Allow',
    Principal: { AWS: '*' },
    Condition: { StringEquals: { 'kms:CallerAccount': OWN } },
  });
  const foreign = user('eve', FOREIGN);
  test.each<Row>([
    ['without a key policy no one gets in', app, { identity: [allowAll] }, 'implicitly-denied: key'],
    [
      'an identity policy is void without the key policy',
      app,
      { identity: [allowAll], key: delegationWithoutUse },
      'implicitly-denied: key',
    ],
    [
      'the root user is void without the key policy',
      rootUser(),
      { identity: [], key: named },
      'implicitly-denied: key',
    ],
    ['the root user is named by the account', rootUser(), { identity: [], key: delegation }, 'allowed'],
    ['the account delegates to identity policies', app, { identity: [allowAll], key: delegation }, 'allowed'],
    ['delegation alone gives nothing', app, { identity: [], key: delegation }, 'implicitly-denied: identity'],
    ['delegation under a condition that holds', app, { identity: [allowAll], key: delegationToRole }, 'allowed'],
    [
      'delegation under a condition that does not hold',
      session('api'),
      { identity: [allowAll], key: delegationToRole },
      'implicitly-denied: key',
    ],
    ['naming the role suffices', app, { identity: [], key: named }, 'allowed'],
    [
      'naming the role is limited by the boundary',
      app,
      { identity: [], boundary: nothing, key: named },
      'implicitly-denied: boundary',
    ],
    [
      'naming the role is limited by the session policy',
      app,
      { identity: [], session: [nothing], key: named },
      'implicitly-denied: session',
    ],
    [
      'a boundary limits delegation',
      app,
      { identity: [allowAll], boundary: nothing, key: delegation },
      'implicitly-denied: boundary',
    ],
    ['an identity denial beats the key policy', app, { identity: [denyAll], key: named }, 'explicitly-denied'],
    [
      'a key denial beats all',
      app,
      { identity: [allowAll], key: key({ Effect: 'Deny', Principal: '*' }) },
      'explicitly-denied',
    ],
    ['everyone of the account, as in keys that AWS manages', app, { identity: [], key: managed }, 'allowed'],
    [
      'another account needs its own policy too',
      foreign,
      { identity: [], key: key({ Effect: 'Allow', Principal: { AWS: foreign.arn } }) },
      'implicitly-denied: identity',
    ],
    [
      'another account with both',
      foreign,
      { identity: [allowAll], key: key({ Effect: 'Allow', Principal: { AWS: FOREIGN } }) },
      'allowed',
    ],
    [
      'another account that the key policy does not name',
      foreign,
      { identity: [allowAll], key: delegation },
      'implicitly-denied: key',
    ],
    [
      'a bucket policy says nothing about a key',
      app,
      { identity: [allowAll], key: delegation, resource: bucket('*', { Effect: 'Deny' }) },
      'allowed',
    ],
    [
      'an account covers no anonymous caller',
      { kind: 'anonymous' },
      { identity: [], key: delegation },
      'implicitly-denied: key',
    ],
  ])('%s', (_, principal, policies, expected) => {
    const context = {
      'kms:CallerAccount': 'account' in principal ? principal.account : '',
      ...('roleArn' in principal && { 'aws:PrincipalArn': principal.roleArn }),
    };
    expect(resultOf(request({ ...decrypt, principal, context }), policies)).toBe(expected);
  });

  test.each(['kms:CreateKey', 'kms:ListKeys'])('%s is about no key, so no key policy is asked', (action) => {
    expect(resultOf(request({ action, resource: '*' }), { identity: [allowAll] })).toBe('allowed');
  });
});

describe(`a role to assume, as ${USER_GUIDE}id_roles_create_for-user.html says`, () => {
  const role = `arn:aws:iam::${OWN}:role/vault`;
  const assume = (principal: unknown, more: StatementDocument = {}) =>
    trust({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: principal, ...more });
  const withId = assume({ AWS: FOREIGN }, { Condition: { StringEquals: { 'sts:ExternalId': 'secret' } } });
  const ec2: Principal = { kind: 'service', service: 'ec2.amazonaws.com' };
  const google: Principal = { kind: 'federated', provider: 'accounts.google.com' };
  const eve = user('eve', FOREIGN);
  test.each<[string, Principal, AccessPolicies, string, Partial<AccessRequest>?]>([
    ['without a trust policy no one gets in', bob, { identity: [allowAll] }, 'implicitly-denied: resource'],
    [
      'a user named directly needs no identity policy',
      bob,
      { identity: [], resource: assume({ AWS: bob.arn }) },
      'allowed',
    ],
    [
      'an account leaves it to the identity policy',
      bob,
      { identity: [], resource: assume({ AWS: OWN }) },
      'implicitly-denied: identity',
    ],
    ['an account and the identity policy', bob, { identity: [allowAll], resource: assume({ AWS: OWN }) }, 'allowed'],
    [
      'an administrator who is not trusted',
      bob,
      { identity: [allowAll], resource: assume({ AWS: user('eve').arn }) },
      'implicitly-denied: resource',
    ],
    [
      'a root user, whom STS refuses though the trust policy names the account',
      rootUser(),
      { identity: [], resource: assume({ AWS: OWN }) },
      'implicitly-denied: identity',
    ],
    ['a service by trust alone', ec2, { identity: [], resource: assume({ Service: 'ec2.amazonaws.com' }) }, 'allowed'],
    [
      'another service',
      ec2,
      { identity: [], resource: assume({ Service: 'rolesanywhere.amazonaws.com' }) },
      'implicitly-denied: resource',
    ],
    [
      'a token of the provider',
      google,
      {
        identity: [],
        resource: assume({ Federated: 'accounts.google.com' }, { Action: 'sts:AssumeRoleWithWebIdentity' }),
      },
      'allowed',
      { action: 'sts:AssumeRoleWithWebIdentity' },
    ],
    [
      'another account with the external id',
      eve,
      { identity: [allowAll], resource: withId },
      'allowed',
      { context: { 'sts:ExternalId': 'secret' } },
    ],
    [
      'another account with a wrong external id',
      eve,
      { identity: [allowAll], resource: withId },
      'implicitly-denied: resource',
      { context: { 'sts:ExternalId': 'guess' } },
    ],
    [
      'another account without an external id',
      eve,
      { identity: [allowAll], resource: withId },
      'implicitly-denied: resource',
    ],
    [
      'another account without its own policy',
      eve,
      { identity: [], resource: assume({ AWS: eve.arn }) },
      'implicitly-denied: identity',
    ],
    [
      'a denial in the trust policy',
      bob,
      { identity: [allowAll], resource: assume('*', { Effect: 'Deny' }) },
      'explicitly-denied',
    ],
    [
      'session tags need their own trust',
      bob,
      { identity: [allowAll], resource: assume({ AWS: bob.arn }) },
      'implicitly-denied: resource',
      { action: 'sts:TagSession' },
    ],
  ])('%s', (_, principal, policies, expected, ...[changes]) => {
    const asked = request({ principal, action: 'sts:AssumeRole', resource: role, ...changes });
    expect(resultOf(asked, policies)).toBe(expected);
  });
});

describe(`the owner's root user, as ${S3_GUIDE}bucket-policies.html and the API reference of PutBucketPolicy say`, () => {
  const closed = policy('bucket', { Effect: 'Deny', Principal: '*', Action: 's3:*' });
  test.each<[string, Principal, string]>([
    ['s3:PutBucketPolicy', rootUser(), 'allowed'],
    ['s3:GetBucketPolicy', rootUser(), 'allowed'],
    ['s3:DeleteBucketPolicy', rootUser(), 'allowed'],
    ['s3:PutBucketVersioning', rootUser(), 'explicitly-denied'],
    ['s3:PutBucketPolicy', rootUser(FOREIGN), 'explicitly-denied'],
    ['s3:PutBucketPolicy', bob, 'explicitly-denied'],
  ])('%s of a bucket that denies everything, by %j: %s', (action, principal, expected) => {
    const asked = request({ principal, action, resource: BUCKET });
    expect(resultOf(asked, { identity: [allowAll], resource: closed })).toBe(expected);
  });
});

describe('a decision names what decided', () => {
  const identity = [policy('first', { Sid: 'A', Effect: 'Allow' }, { Effect: 'Allow', Action: 's3:Get*' }), nothing];
  const boundary = policy('limit', { Sid: 'B', Effect: 'Allow' });

  test('every statement that allows, in every layer that has to', () => {
    expect(evaluate(request(), { identity, boundary })).toEqual({
      result: 'allowed',
      by: [
        { layer: 'identity', policy: 'first', statement: 'A' },
        { layer: 'identity', policy: 'first', statement: 'statement 2 (no Sid)' },
        { layer: 'boundary', policy: 'limit', statement: 'B' },
      ],
    });
  });

  test('every statement that denies, and none that allows', () => {
    expect(
      evaluate(request(), { identity: [...identity, denyAll], resource: bucket('*', { Effect: 'Deny' }) }),
    ).toEqual({
      result: 'explicitly-denied',
      by: [
        { layer: 'identity', policy: 'denial', statement: 'No' },
        { layer: 'resource', policy: 'bucket', statement: 'Bucket' },
      ],
    });
  });

  test('nothing, where the root user needs no statement', () => {
    expect(evaluate(request({ principal: rootUser() }), { identity: [] })).toEqual({ result: 'allowed', by: [] });
  });

  test.each(['s3:GetObject', 'kms:Decrypt'])(
    'an explanation of %s asks the policy of the bucket or of the key',
    (action) => {
      const policies = { identity: [], resource: toEveryone, key: policy('key', { Effect: 'Allow', Principal: '*' }) };
      const { statements } = explain(request({ action }), policies);
      expect(statements.map(({ layer }) => layer)).toEqual([action === 's3:GetObject' ? 'resource' : 'key']);
    },
  );

  test('an explanation says why each statement does not apply', () => {
    const tls = { Bool: { 'aws:SecureTransport': 'true' } };
    const policies = {
      identity: [
        policy(
          'identity',
          { Sid: 'Put', Effect: 'Allow', Action: 's3:PutObject' },
          { Sid: 'Other', Effect: 'Allow', Resource: BUCKET },
          { Sid: 'Tls', Effect: 'Allow', Resource: OBJECT, Condition: tls },
        ),
      ],
      resource: policy(
        'bucket',
        { Sid: 'Eve', Effect: 'Deny', Principal: { AWS: user('eve').arn } },
        { Sid: 'Bob', Effect: 'Allow', Principal: { AWS: bob.arn } },
      ),
    };
    const by = { layer: 'identity', policy: 'identity', effect: 'Allow' };
    expect(explain(request(), policies)).toEqual({
      decision: { result: 'allowed', by: [{ layer: 'resource', policy: 'bucket', statement: 'Bob' }] },
      statements: [
        { ...by, statement: 'Put', matched: false, reason: 'action' },
        { ...by, statement: 'Other', matched: false, reason: 'resource' },
        {
          ...by,
          statement: 'Tls',
          matched: false,
          reason: 'condition',
          condition: { operator: 'Bool', key: 'aws:SecureTransport', values: ['true'] },
          received: 'absent',
        },
        { layer: 'resource', policy: 'bucket', statement: 'Eve', effect: 'Deny', matched: false, reason: 'principal' },
        { layer: 'resource', policy: 'bucket', statement: 'Bob', effect: 'Allow', matched: true, decides: true },
      ],
    });
  });
});

test('an explanation of a failed condition has the values that the request brought', () => {
  const project = { 'ForAnyValue:StringLike': { 'aws:TagKeys': ['project-*'] } };
  const identity = [policy('tags', { Sid: 'Project', Effect: 'Allow', Condition: project }), allowAll, denyAll];
  const { statements } = explain(request({ context: { 'aws:tagkeys': ['team', 'stage'] } }), { identity });
  expect(statements).toEqual([
    {
      layer: 'identity',
      policy: 'tags',
      statement: 'Project',
      effect: 'Allow',
      matched: false,
      reason: 'condition',
      condition: { operator: 'ForAnyValue:StringLike', key: 'aws:TagKeys', values: ['project-*'] },
      received: ['team', 'stage'],
    },
    { layer: 'identity', policy: 'identity', statement: 'All', effect: 'Allow', matched: true, decides: false },
    { layer: 'identity', policy: 'denial', statement: 'No', effect: 'Deny', matched: true, decides: true },
  ]);
});

test.each<[string, AccessPolicies]>([
  ['an identity policy that names a principal', { identity: [toBob] }],
  ['a boundary that names a principal', { identity: [], boundary: toBob }],
  ['a session policy that names a principal', { identity: [], session: [toBob] }],
  ['a bucket policy that names none', { identity: [], resource: allowAll }],
  ['a key policy that names none', { identity: [], key: allowAll }],
])('%s is refused', (_, policies) => {
  const action = policies.key ? 'kms:Decrypt' : 's3:GetObject';
  expect(() => evaluate(request({ action }), policies)).toThrow(/must (not )?name a principal/);
});

describe('actions of STS about the caller', () => {
  const federated: Principal = { ...bob, arn: `arn:aws:sts::${OWN}:federated-user/bob` };
  test.each<[string, string, Principal, AccessPolicies, string]>([
    ['who a user is', 'sts:GetCallerIdentity', bob, { identity: [denyAll] }, 'allowed'],
    ['who a session is', 'STS:getcalleridentity', app, { identity: [], session: [nothing] }, 'allowed'],
    ['who the root user is', 'sts:GetCallerIdentity', rootUser(), { identity: [] }, 'allowed'],
    ['who a federated user is', 'sts:GetCallerIdentity', federated, { identity: [denyAll] }, 'allowed'],
    ['a session of a user', 'sts:GetSessionToken', bob, { identity: [denyAll], boundary: nothing }, 'allowed'],
    ['a session of the root user', 'sts:GetSessionToken', rootUser(), { identity: [] }, 'allowed'],
    ['a session of a session', 'sts:GetSessionToken', app, { identity: [allowAll] }, 'implicitly-denied: identity'],
    [
      'a session of a federated user',
      'sts:GetSessionToken',
      federated,
      { identity: [allowAll] },
      'implicitly-denied: identity',
    ],
    [
      'a federated user of a session',
      'sts:GetFederationToken',
      app,
      { identity: [allowAll] },
      'implicitly-denied: identity',
    ],
    ['a federated user of a user', 'sts:GetFederationToken', bob, { identity: [allowAll] }, 'allowed'],
    ['a federated user', 'sts:GetFederationToken', bob, { identity: [] }, 'implicitly-denied: identity'],
    ['whose key it is', 'sts:GetAccessKeyInfo', bob, { identity: [] }, 'implicitly-denied: identity'],
    [
      'what a refusal says',
      'sts:DecodeAuthorizationMessage',
      bob,
      { identity: [allowAll, denyAll] },
      'explicitly-denied',
    ],
  ])('%s is decided as STS decides it: %s', (_, action, principal, policies, result) => {
    expect(resultOf(request({ principal, action, resource: '*' }), policies)).toBe(result);
  });
});
