import { ToolkitError } from '../../lib/errors';
import { type PolicyKind, parsePolicy } from '../../lib/iam';
import { BUCKET, OBJECT, OWN } from './requests';

const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: OBJECT };
const bucketStatement = { ...statement, Principal: '*' };
const trustStatement = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } };

function documentOf(...statements: readonly object[]): object {
  return { Version: '2012-10-17', Statement: statements };
}

function errorOf(document: unknown, kind?: PolicyKind): unknown {
  try {
    return parsePolicy(document, 'acme', kind && { kind });
  } catch (error) {
    return error;
  }
}

test('reads every element of a policy', () => {
  const document = {
    Version: '2012-10-17',
    Id: 'whole',
    Statement: [
      {
        Sid: 'Deny',
        Effect: 'Deny',
        NotPrincipal: { AWS: OWN, CanonicalUser: ['a'.repeat(64)] },
        NotAction: ['s3:Get*'],
        NotResource: OBJECT,
        Condition: { Bool: { 'aws:SecureTransport': false }, NumericLessThan: { 's3:TlsVersion': 1.2 } },
      },
      bucketStatement,
    ],
  };
  expect(parsePolicy(JSON.stringify(document), 'acme')).toEqual({
    name: 'acme',
    version: '2012-10-17',
    statements: [
      {
        id: 'Deny',
        effect: 'Deny',
        principals: { negated: true, anyone: false, byType: { AWS: [OWN], CanonicalUser: ['a'.repeat(64)] } },
        actions: { negated: true, patterns: ['s3:Get*'] },
        resources: { negated: true, patterns: [OBJECT] },
        conditions: [
          { operator: 'Bool', key: 'aws:SecureTransport', values: ['false'] },
          { operator: 'NumericLessThan', key: 's3:TlsVersion', values: ['1.2'] },
        ],
      },
      {
        id: 'statement 2 (no Sid)',
        effect: 'Allow',
        principals: { negated: false, anyone: true, byType: { AWS: ['*'] } },
        actions: { negated: false, patterns: ['s3:GetObject'] },
        resources: { negated: false, patterns: [OBJECT] },
        conditions: [],
      },
    ],
  });
});

test('a policy without Version counts as 2008-10-17, and a single statement needs no list', () => {
  const { version, statements } = parsePolicy({ Statement: statement }, 'acme');
  expect([version, statements.map(({ id }) => id)]).toEqual(['2008-10-17', ['statement 1 (no Sid)']]);
});

test.each([
  'arn:aws:iam::111122223333:root',
  '111122223333',
  'arn:aws:iam::111122223333:user/division/Bob',
  'arn:aws-us-gov:iam::111122223333:role/path/name',
  'arn:aws:sts::111122223333:assumed-role/role/session@x',
  'arn:aws:sts::111122223333:federated-user/Bob',
  'AROADBQP57FF2AEXAMPLE',
  '*',
])('takes %s as a principal', (name) => {
  const [parsed] = parsePolicy(documentOf({ ...statement, Principal: { AWS: name } }), 'acme').statements;
  expect(parsed?.principals).toEqual({ negated: false, anyone: name === '*', byType: { AWS: [name] } });
});

describe('rejects a broken rule, naming the place, the rule and the value', () => {
  const withCondition = (condition: unknown) => documentOf({ ...statement, Condition: condition });
  test.each<[string, unknown, string, string]>([
    ['text that is not JSON', '{', '', 'must be JSON'],
    ['a document that is a list', [], '', 'must be an object, got: []'],
    ['a document that is null', null, '', 'must be an object, got: null'],
    [
      'an unknown element of the policy',
      { Statements: [] },
      '',
      'elements are Version, Id, Statement (case matters), got: "Statements"',
    ],
    ['an unknown version', { Version: '2012-10-18', Statement: statement }, '/Version', 'got: "2012-10-18"'],
    ['a version that is a date object', { Version: 20121017, Statement: statement }, '/Version', 'got: 20121017'],
    ['an Id that is not a string', { Id: 1, Statement: statement }, '/Id', 'must be a string, got: 1'],
    ['a policy without a statement', {}, '/Statement', 'must be an object, got: nothing'],
    ['an empty list of statements', documentOf(), '/Statement', 'at least one statement'],
    ['a statement that is not an object', { Statement: ['x'] }, '/Statement/0', 'must be an object, got: "x"'],
    ['an element in the wrong case', documentOf({ ...statement, effect: 'Deny' }), '/Statement/0', 'got: "effect"'],
    ['an unknown element', documentOf({ ...statement, Conditions: {} }), '/Statement/0', 'got: "Conditions"'],
    [
      'a missing Effect',
      documentOf({ ...statement, Effect: undefined }),
      '/Statement/0/Effect',
      "'Allow' or 'Deny', got: nothing",
    ],
    ['an Effect in the wrong case', documentOf({ ...statement, Effect: 'deny' }), '/Statement/0/Effect', 'got: "deny"'],
    [
      'a Sid that is not a string',
      documentOf({ ...statement, Sid: 7 }),
      '/Statement/0/Sid',
      'must be a string, got: 7',
    ],
    [
      'a Sid used twice',
      documentOf({ ...statement, Sid: 'A' }, { ...statement, Sid: 'A' }),
      '/Statement/1/Sid',
      'must be unique, got: "A"',
    ],
    [
      'a name twice in a statement',
      '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Effect":"Allow","Action":"*","Resource":"*"}]}',
      '',
      'must name each thing in an object once, got: "Effect"',
    ],
    [
      'a missing Action',
      documentOf({ Effect: 'Allow', Resource: '*' }),
      '/Statement/0',
      "must have 'Action' or 'NotAction'",
    ],
    [
      'Action along with NotAction',
      documentOf({ ...statement, NotAction: 's3:*' }),
      '/Statement/0',
      'exclude each other',
    ],
    ['an empty list of actions', documentOf({ ...statement, Action: [] }), '/Statement/0/Action', 'at least one entry'],
    [
      'an action that is not a string',
      documentOf({ ...statement, Action: ['s3:*', 1] }),
      '/Statement/0/Action/1',
      'must be a string, got: 1',
    ],
    [
      'an action without a service',
      documentOf({ ...statement, Action: 'GetObject' }),
      '/Statement/0/Action',
      'got: "GetObject"',
    ],
    [
      'an action with a blank',
      documentOf({ ...statement, Action: 's3: GetObject' }),
      '/Statement/0/Action',
      'got: "s3: GetObject"',
    ],
    [
      'a missing Resource',
      documentOf({ Effect: 'Allow', Action: 's3:*' }),
      '/Statement/0',
      "must have 'Resource' or 'NotResource'",
    ],
    [
      'Resource along with NotResource',
      documentOf({ ...statement, NotResource: '*' }),
      '/Statement/0',
      'exclude each other',
    ],
    [
      'a resource that is not an ARN',
      documentOf({ ...statement, Resource: 'acme-vault/*' }),
      '/Statement/0/Resource',
      "must be '*' or an ARN",
    ],
    [
      'an ARN that is too short',
      documentOf({ ...statement, Resource: 'arn:aws:s3:acme' }),
      '/Statement/0/Resource',
      "must be '*' or an ARN",
    ],
    [
      'a wildcard for the service',
      documentOf({ ...statement, Resource: 'arn:aws:*:::x' }),
      '/Statement/0/Resource',
      'service segment',
    ],
    [
      'a variable for the account',
      documentOf({ ...statement, Resource: 'arn:aws:iam::${aws:PrincipalAccount}:role/x' }),
      '/Statement/0/Resource',
      'fifth colon',
    ],
    [
      'a variable that is not closed',
      documentOf({ ...statement, Resource: `${BUCKET}/\${aws:username` }),
      '/Statement/0/Resource',
      "closed with '}'",
    ],
    [
      'a variable without a name',
      documentOf({ ...statement, Resource: `${BUCKET}/\${}` }),
      '/Statement/0/Resource',
      'must name a context key',
    ],
    [
      'a default without a comma',
      documentOf({ ...statement, Resource: `${BUCKET}/\${aws:username 'x'}` }),
      '/Statement/0/Resource',
      'comma',
    ],
    ['a Condition that is a list', withCondition([]), '/Statement/0/Condition', 'must be an object, got: []'],
    [
      'an unknown operator',
      withCondition({ StringMatches: { 'aws:username': 'x' } }),
      '/Statement/0/Condition/StringMatches',
      'condition operator',
    ],
    [
      'an operator in the wrong case',
      withCondition({ stringEquals: { 'aws:username': 'x' } }),
      '/Statement/0/Condition/stringEquals',
      'condition operator',
    ],
    [
      'IfExists on Null',
      withCondition({ NullIfExists: { 'aws:username': 'true' } }),
      '/Statement/0/Condition/NullIfExists',
      'condition operator',
    ],
    [
      'an unknown set operator',
      withCondition({ 'ForSomeValue:Bool': { 'aws:username': 'true' } }),
      '/Statement/0/Condition/ForSomeValue:Bool',
      'condition operator',
    ],
    [
      'an inherited name as an operator',
      withCondition({ constructor: { 'aws:username': 'x' } }),
      '/Statement/0/Condition/constructor',
      'condition operator',
    ],
    [
      'a key without a service',
      withCondition({ Bool: { SecureTransport: 'true' } }),
      '/Statement/0/Condition/Bool/SecureTransport',
      'condition key',
    ],
    [
      'a value that is an object',
      withCondition({ Bool: { 'aws:SecureTransport': {} } }),
      '/Statement/0/Condition/Bool/aws:SecureTransport',
      'got: {}',
    ],
    [
      'a value that is null',
      withCondition({ Bool: { 'aws:SecureTransport': [null] } }),
      '/Statement/0/Condition/Bool/aws:SecureTransport/0',
      'got: null',
    ],
    [
      'a Bool that is neither true nor false',
      withCondition({ Bool: { 'aws:SecureTransport': 'yes' } }),
      '/Statement/0/Condition/Bool/aws:SecureTransport',
      "'true' or 'false', got: \"yes\"",
    ],
    [
      'a Null that is neither true nor false',
      withCondition({ Null: { 'aws:RequestTag/a': '' } }),
      '/Statement/0/Condition/Null/aws:RequestTag~1a',
      "'true' or 'false'",
    ],
    [
      'a malformed number',
      withCondition({ NumericEquals: { 's3:max-keys': 'ten' } }),
      '/Statement/0/Condition/NumericEquals/s3:max-keys',
      'must be a number',
    ],
    [
      'a variable for a number',
      withCondition({ NumericEquals: { 's3:max-keys': '${s3:max-keys}' } }),
      '/Statement/0/Condition/NumericEquals/s3:max-keys',
      'must be a number',
    ],
    [
      'a malformed date',
      withCondition({ DateLessThan: { 'aws:CurrentTime': 'soon' } }),
      '/Statement/0/Condition/DateLessThan/aws:CurrentTime',
      'ISO 8601',
    ],
    [
      'a malformed address',
      withCondition({ IpAddress: { 'aws:SourceIp': '203.0.113.0/33' } }),
      '/Statement/0/Condition/IpAddress/aws:SourceIp',
      'CIDR',
    ],
    [
      'a single IPv6 address without prefix',
      withCondition({ IpAddress: { 'aws:SourceIp': '2001:db8::1' } }),
      '/Statement/0/Condition/IpAddress/aws:SourceIp',
      'CIDR',
    ],
    [
      'bytes that are not base64',
      withCondition({ BinaryEquals: { 'aws:username': '%%' } }),
      '/Statement/0/Condition/BinaryEquals/aws:username',
      'base64',
    ],
    [
      'an ARN of five components',
      withCondition({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3::' } }),
      '/Statement/0/Condition/ArnLike/aws:SourceArn',
      'six components',
    ],
    [
      'a principal without a type',
      documentOf({ ...statement, Principal: OWN }),
      '/Statement/0/Principal',
      "can only be '*'",
    ],
    [
      'an unknown type of principal',
      documentOf({ ...statement, Principal: { Aws: OWN } }),
      '/Statement/0/Principal',
      'got: "Aws"',
    ],
    [
      'no principal at all',
      documentOf({ ...statement, Principal: {} }),
      '/Statement/0/Principal',
      'at least one principal',
    ],
    [
      'a wildcard in a principal',
      documentOf({ ...statement, Principal: { AWS: ['*', `arn:aws:iam::${OWN}:role/*`] } }),
      '/Statement/0/Principal/AWS/1',
      'without wildcards',
    ],
    [
      'all sessions of a role',
      documentOf({ ...statement, Principal: { AWS: `arn:aws:sts::${OWN}:assumed-role/r/*` } }),
      '/Statement/0/Principal/AWS',
      'without wildcards',
    ],
    [
      'a group as a principal',
      documentOf({ ...statement, Principal: { AWS: `arn:aws:iam::${OWN}:group/g` } }),
      '/Statement/0/Principal/AWS',
      'account id',
    ],
    [
      'a malformed service',
      documentOf({ ...statement, Principal: { Service: '*' } }),
      '/Statement/0/Principal/Service',
      'service principal',
    ],
    [
      'a malformed canonical user',
      documentOf({ ...statement, Principal: { CanonicalUser: OWN } }),
      '/Statement/0/Principal/CanonicalUser',
      '64 hexadecimal',
    ],
    [
      'NotPrincipal with Allow',
      documentOf({ ...statement, NotPrincipal: { AWS: OWN } }),
      '/Statement/0/NotPrincipal',
      'Effect: Deny',
    ],
  ])('%s', (_, document, pointer, rule) => {
    const error = errorOf(document);
    expect(error).toBeInstanceOf(ToolkitError);
    expect(error).toMatchObject({ code: 'BadPolicy' });
    expect(String(error)).toContain(`'acme' at '${pointer}': `);
    expect(String(error)).toContain(rule);
  });
});

describe('rejects elements that the kind of policy forbids', () => {
  test.each<[PolicyKind, object, string]>([
    ['identity', bucketStatement, "at '/Statement/0/Principal'"],
    ['resource', statement, "must have 'Principal'"],
    ['trust', { ...trustStatement, Resource: '*' }, "at '/Statement/0/Resource'"],
    ['trust', { Effect: 'Allow', Action: 'sts:AssumeRole' }, "must have 'Principal'"],
    [
      'trust',
      { Effect: 'Deny', Action: 'sts:AssumeRole', NotPrincipal: { AWS: OWN } },
      "at '/Statement/0/NotPrincipal'",
    ],
  ])('%s %j', (kind, given, message) => {
    expect(String(errorOf(documentOf(given), kind))).toContain(message);
  });

  test.each<[PolicyKind, object]>([
    ['identity', statement],
    ['resource', bucketStatement],
    ['trust', trustStatement],
  ])('but takes a good policy of kind %s', (kind, given) => {
    expect(errorOf(documentOf(given), kind)).toMatchObject({
      name: 'acme',
      statements: [{ id: 'statement 1 (no Sid)' }],
    });
  });
});

test('takes statements with empty Sids as statements without one', () => {
  const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
  const { statements } = parsePolicy(
    {
      Version: '2012-10-17',
      Statement: [
        { Sid: '', ...allow },
        { Sid: '', ...allow },
      ],
    },
    'p',
  );
  expect(statements.map(({ id }) => id)).toEqual(['statement 1 (no Sid)', 'statement 2 (no Sid)']);
});

test.each([
  ['Service', 'alexa-appkit.amazon.com'],
  ['Service', 'ec2.amazonaws.eu'],
  ['AWS', 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1EXAMPLE2ABC'],
])('takes a principal of another form: %s %s', (type, name) => {
  const statement = { Effect: 'Allow', Principal: { [type]: name }, Action: 's3:GetObject', Resource: '*' };
  const { statements } = parsePolicy({ Version: '2012-10-17', Statement: statement }, 'p');
  expect(statements[0]?.principals?.byType).toEqual({ [type]: [name] });
});

test('takes a Sid that looks like the index of a statement without one', () => {
  const allow = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
  const policy = parsePolicy({ Version: '2012-10-17', Statement: [{ Sid: '1', ...allow }, allow] }, 'p');
  expect(policy.statements.map(({ id }) => id)).toEqual(['1', 'statement 2 (no Sid)']);
});

describe('an ARN that is cut short', () => {
  const cut = (Resource: unknown) => ({ Version: '2012-10-17', Statement: { ...PERMISSION, Resource } });
  const PERMISSION = { Effect: 'Allow', Action: 's3:GetObject' };

  test.each([
    ['arn:aws:s3', 'arn:aws:s3:*:*:*'],
    ['arn:aws:s3:', 'arn:aws:s3::*:*'],
    ['arn:aws:s3:us-east-2', 'arn:aws:s3:us-east-2:*:*'],
    ['arn:aws:kms:us-east-2:111122223333', 'arn:aws:kms:us-east-2:111122223333:*'],
    ['arn:aws-cn:sqs', 'arn:aws-cn:sqs:*:*:*'],
    ['arn:aws:s3:*', 'arn:aws:s3:*'],
    ['arn:aws:s3:::acme', 'arn:aws:s3:::acme'],
    ['*', '*'],
  ])('%s is completed in a policy of an identity', (short, whole) => {
    const { statements } = parsePolicy(cut(short), 'p', { kind: 'identity' });
    expect(statements[0]?.resources?.patterns).toEqual([whole]);
  });

  test.each(['arn', 'arn:aws', 's3', 'aws:s3', 'arn:aws:s*', 'arn:aws:'])('%s is refused everywhere', (text) => {
    expect(() => parsePolicy(cut(text), 'p', { kind: 'identity' })).toThrow(/must be '\*' or an ARN|service segment/);
  });

  test.each(['session', 'resource'] as const)('arn:aws:s3 is refused in a policy of kind %s', (kind) => {
    const given = cut('arn:aws:s3');
    const statement = kind === 'resource' ? { ...given.Statement, Principal: '*' } : given.Statement;
    expect(() => parsePolicy({ ...given, Statement: statement }, 'p', { kind })).toThrow("must be '*' or an ARN");
  });
});
