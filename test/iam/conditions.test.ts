import { ToolkitError } from '../../lib/errors';
import { type ContextValue, evaluate, takingUnknownKeys } from '../../lib/iam';
import { policy, request, USER_GUIDE } from './requests';

const OPERATORS = `${USER_GUIDE}reference_policies_elements_condition_operators.html`;
const MULTIVALUED = `${USER_GUIDE}reference_policies_condition-single-vs-multi-valued-context-keys.html`;
const SET_EXAMPLES = `${USER_GUIDE}reference_policies_condition_examples-multi-valued-context-keys.html`;

/** Operator, values in the policy, value in the request (`undefined` is an absent key), whether the condition holds. */
type Case = readonly [string, string | readonly string[], ContextValue | undefined, boolean];

const KEY = 'aws:PrincipalTag/x';
const ARN = 'arn:aws:sns:us-east-2:123456789012:topic';
const OFFICE = '203.0.113.0/24';
const IPV6_SITE = '2001:DB8:1234:5678::/64';
const GUARDED = { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a'] }, Null: { 'aws:TagKeys': 'false' } };
const NEW_YEAR = '2020-01-01T00:00:01Z';

function holds(condition: object, context: Readonly<Record<string, ContextValue>>): boolean {
  const identity = [policy('identity', { Effect: 'Allow', Condition: condition })];
  return evaluate(request({ context }), { identity }).result === 'allowed';
}

function holdsForKey([operator, values, given]: Case): boolean {
  return holds({ [operator]: { [KEY]: values } }, given === undefined ? {} : { [KEY]: given });
}

describe(`an operator compares as ${OPERATORS} says`, () => {
  const cases: readonly Case[] = [
    ['StringEquals', 'iamuser-admin', 'iamuser-admin', true],
    ['StringEquals', 'iamuser-admin', 'IAMUSER-admin', false],
    ['StringEquals', ['a', 'b'], 'b', true],
    ['StringEquals', ['a', 'b'], 'c', false],
    ['StringEquals', 'home/*', 'home/x', false],
    ['StringEquals', 'home/*', 'home/*', true],
    ['StringEquals', '', '', true],
    ['StringEquals', 'a', undefined, false],
    ['StringNotEquals', 'a', 'b', true],
    ['StringNotEquals', 'a', 'a', false],
    ['StringNotEquals', ['a', 'b'], 'b', false],
    ['StringNotEquals', ['a', 'b'], 'c', true],
    ['StringNotEquals', 'a', undefined, true],
    ['StringEqualsIgnoreCase', 'johnDOE', 'JohnDoe', true],
    ['StringEqualsIgnoreCase', 'a*', 'ab', false],
    ['StringEqualsIgnoreCase', 'a', undefined, false],
    ['StringNotEqualsIgnoreCase', 'johnDOE', 'JohnDoe', false],
    ['StringNotEqualsIgnoreCase', 'a', undefined, true],
    ['StringLike', 'home/*', 'home/', true],
    ['StringLike', 'home/*', 'home/a/b', true],
    ['StringLike', 'home/*', 'Home/a', false],
    ['StringLike', 't?.*', 't2.micro', true],
    ['StringLike', 't?.*', 't.micro', false],
    ['StringLike', '*a*a*b', 'aaaaaaaaaaaaaaaaaaaab', true],
    ['StringLike', '*a*a*b', 'aaaaaaaaaaaaaaaaaaaac', false],
    ['StringLike', 'exact', 'exactly', false],
    ['StringLike', '*', '', true],
    ['StringLike', '?', '', false],
    ['StringLike', 'a.c', 'abc', false],
    ['StringLike', '*', undefined, false],
    ['StringNotLike', 'home/*', 'home/a', false],
    ['StringNotLike', 'home/*', 'work/a', true],
    ['StringNotLike', 'home/*', undefined, true],
    ['NumericEquals', '10', '10.0', true],
    ['NumericEquals', '10', '11', false],
    ['NumericNotEquals', '10', '11', true],
    ['NumericNotEquals', '10', undefined, true],
    ['NumericLessThan', '10', '9.5', true],
    ['NumericLessThan', '10', '10', false],
    ['NumericLessThan', '1.2', '1.1', true],
    ['NumericLessThan', '10', undefined, false],
    ['NumericLessThan', '10', 'ten', false],
    ['NumericLessThanEquals', '10', '10', true],
    ['NumericLessThanEquals', '10', '9', true],
    ['NumericLessThanEquals', '10', '11', false],
    ['NumericGreaterThan', '-3', '-2', true],
    ['NumericGreaterThan', '10', '9', false],
    ['NumericGreaterThanEquals', '10', '10', true],
    ['NumericGreaterThanEquals', '10', '9', false],
    ['DateEquals', '2020-01-01T00:00:00Z', '2020-01-01T01:00:00+01:00', true],
    ['DateEquals', '2020-01-01', '2020-01-01T00:00:00Z', true],
    ['DateEquals', '1577836800', '2020-01-01T00:00:00Z', true],
    ['DateNotEquals', NEW_YEAR, NEW_YEAR, false],
    ['DateNotEquals', NEW_YEAR, undefined, true],
    ['DateLessThan', NEW_YEAR, '2020-01-01T00:00:00Z', true],
    ['DateLessThan', NEW_YEAR, NEW_YEAR, false],
    ['DateLessThanEquals', NEW_YEAR, NEW_YEAR, true],
    ['DateGreaterThan', NEW_YEAR, '2020-06-01T12:00:00Z', true],
    ['DateGreaterThan', NEW_YEAR, '2019-12-31T23:59:59Z', false],
    ['DateGreaterThan', NEW_YEAR, undefined, false],
    ['DateGreaterThan', NEW_YEAR, 'yesterday', false],
    ['DateGreaterThanEquals', NEW_YEAR, NEW_YEAR, true],
    ['Bool', 'false', 'false', true],
    ['Bool', 'false', 'true', false],
    ['Bool', 'true', 'True', true],
    ['Bool', 'false', undefined, false],
    ['BinaryEquals', 'QmluYXJ5VmFsdWVJbkJhc2U2NA==', 'QmluYXJ5VmFsdWVJbkJhc2U2NA==', true],
    ['BinaryEquals', 'QmluYXJ5VmFsdWVJbkJhc2U2NA==', 'QmluYXJ5', false],
    ['BinaryEquals', 'QmluYXJ5', 'not base64', false],
    ['BinaryEquals', 'QmluYXJ5', undefined, false],
    ['IpAddress', OFFICE, '203.0.113.255', true],
    ['IpAddress', OFFICE, '203.0.114.0', false],
    ['IpAddress', '203.0.113.7', '203.0.113.7', true],
    ['IpAddress', '203.0.113.7', '203.0.113.8', false],
    ['IpAddress', '203.0.113.128/25', '203.0.113.127', false],
    ['IpAddress', '0.0.0.0/0', '8.8.8.8', true],
    ['IpAddress', '0.0.0.0/0', '2001:db8::1', false],
    ['IpAddress', [OFFICE, IPV6_SITE], '2001:db8:1234:5678:9::1', true],
    ['IpAddress', [OFFICE, IPV6_SITE], '2001:db8:1234:5679::1', false],
    ['IpAddress', '::/0', '::1', true],
    ['IpAddress', '2001:db8::ff00:42:8329/128', '2001:0db8:0000:0000:0000:ff00:0042:8329', true],
    ['IpAddress', OFFICE, undefined, false],
    ['IpAddress', OFFICE, 'AWS Internal', false],
    ['NotIpAddress', OFFICE, '203.0.113.9', false],
    ['NotIpAddress', OFFICE, '198.51.100.1', true],
    ['NotIpAddress', [OFFICE, '198.51.100.0/24'], '198.51.100.1', false],
    ['NotIpAddress', OFFICE, undefined, true],
    ['ArnEquals', ARN, ARN, true],
    ['ArnEquals', ARN, ARN.toUpperCase(), false],
    ['ArnEquals', 'arn:aws:sns:*:123456789012:*', ARN, true],
    ['ArnLike', 'arn:aws:sns:*:123456789012:top?c', ARN, true],
    ['ArnLike', 'arn:aws:sns:*:*:other', ARN, false],
    ['ArnLike', 'arn:aws:sns:*:*:*', 'not-an-arn', false],
    ['ArnLike', 'arn:aws:iam::*:role/x', 'arn:aws:iam::999999999999:role/x', true],
    ['ArnLike', ARN, undefined, false],
    ['ArnNotEquals', ARN, ARN, false],
    ['ArnNotEquals', ARN, undefined, true],
    ['ArnNotLike', 'arn:aws:sns:*:*:*', ARN, false],
    ['ArnNotLike', 'arn:aws:sns:*:*:*', undefined, true],
    ['Null', 'true', undefined, true],
    ['Null', 'true', 'x', false],
    ['Null', 'false', undefined, false],
    ['Null', 'false', 'x', true],
    ['Null', 'true', [], true],
    ['ForAnyValue:Null', 'false', undefined, false],
    ['ForAnyValue:Null', 'false', 'x', true],
    ['ForAnyValue:Null', 'true', 'x', false],
    ['ForAllValues:Null', 'true', undefined, true],
    ['ForAllValues:Null', 'true', 'x', false],
    ['ForAllValues:Null', 'false', 'x', true],
    ['StringLikeIfExists', 't2.*', undefined, true],
    ['StringLikeIfExists', 't2.*', 't2.micro', true],
    ['StringLikeIfExists', 't2.*', 'm3.large', false],
    ['StringNotEqualsIfExists', 'a', undefined, true],
    ['StringNotEqualsIfExists', 'a', 'a', false],
    ['BoolIfExists', 'true', undefined, true],
    ['BoolIfExists', 'true', 'false', false],
    ['NumericLessThanIfExists', '10', undefined, true],
    ['IpAddressIfExists', OFFICE, undefined, true],
    ['ArnLikeIfExists', ARN, undefined, true],
    ['DateGreaterThanIfExists', NEW_YEAR, '2019-01-01', false],
  ];
  test.each(cases)('%s %j holds for %j: %s', (...row) => {
    expect(holdsForKey(row)).toBe(row[3]);
  });

  test('an ARN operator keeps to the colons, where a string operator runs across them', () => {
    const pattern = 'arn:aws:someservice:*:111122223333:finance/*';
    const given = 'arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt';
    expect([
      holdsForKey(['StringLike', pattern, given, true]),
      holdsForKey(['ArnLike', pattern, given, false]),
    ]).toEqual([true, false]);
  });
});

describe(`a set operator quantifies as ${MULTIVALUED} and ${SET_EXAMPLES} say`, () => {
  const cases: readonly Case[] = [
    ['ForAllValues:StringEquals', ['PostDateTime', 'Message', 'Tags'], ['PostDateTime', 'Message'], true],
    ['ForAllValues:StringEquals', ['PostDateTime', 'Message', 'Tags'], ['PostDateTime', 'UserName'], false],
    ['ForAllValues:StringEquals', ['a'], undefined, true],
    ['ForAllValues:StringEquals', ['a'], [], true],
    ['ForAllValues:StringEquals', ['a'], '', true],
    ['ForAllValues:StringLike', ['key1*'], ['key1', 'key10'], true],
    ['ForAllValues:StringLike', ['key1*'], ['key1', 'key2'], false],
    ['ForAllValues:StringNotEquals', ['a', 'b'], ['c', 'd'], true],
    ['ForAllValues:StringNotEquals', ['a', 'b'], ['c', 'a'], false],
    ['ForAllValues:StringNotEquals', ['a'], undefined, true],
    ['ForAnyValue:StringEquals', ['ID', 'PostDateTime'], ['UserName', 'Message', 'PostDateTime'], true],
    ['ForAnyValue:StringEquals', ['ID', 'PostDateTime'], ['UserName'], false],
    ['ForAnyValue:StringEquals', ['a'], undefined, false],
    ['ForAnyValue:StringEquals', [''], '', false],
    ['ForAnyValue:StringLike', ['environment', 'web*'], ['webserver'], true],
    ['ForAnyValue:StringNotEquals', ['DataClass', 'Owner'], ['Dept', 'DataClass'], true],
    ['ForAnyValue:StringNotEquals', ['DataClass', 'Owner'], ['DataClass', 'Owner'], false],
    ['ForAnyValue:StringNotEquals', ['DataClass'], undefined, false],
    ['ForAllValues:StringEqualsIfExists', ['a'], undefined, true],
    ['ForAllValues:StringEqualsIfExists', ['a'], ['b'], false],
    ['ForAnyValue:StringEqualsIfExists', ['a'], ['b', 'a'], true],
    ['ForAllValues:ArnLike', ['arn:aws:iam::*:role/*'], ['arn:aws:iam::1:role/a', 'arn:aws:iam::2:user/b'], false],
    ['ForAnyValue:Bool', 'true', ['false', 'true'], true],
  ];
  test.each(cases)('%s %j holds for %j: %s', (...row) => {
    expect(holdsForKey(row)).toBe(row[3]);
  });

  test.each<[string, object, Readonly<Record<string, ContextValue>>, boolean]>([
    ['keeps out an absent key', GUARDED, {}, false],
    ['keeps out a list without values', GUARDED, { 'aws:TagKeys': [] }, false],
    ['keeps out a list of an empty value', GUARDED, { 'aws:TagKeys': [''] }, false],
    ['lets a listed value in', GUARDED, { 'aws:TagKeys': ['a'] }, true],
    ['lets in a listed value next to an empty one', GUARDED, { 'aws:TagKeys': ['', 'a'] }, true],
    ['takes an empty single value as one', { Null: { 's3:prefix': 'false' } }, { 's3:prefix': '' }, true],
  ])('where Null false asks for a key, it %s', (_, condition, context, expected) => {
    expect(holds(condition, context)).toBe(expected);
  });
});

describe(`conditions combine as ${USER_GUIDE}reference_policies_condition-logic-multiple-context-keys-or-values.html says`, () => {
  const both = { StringEquals: { 'aws:username': 'bob', 'aws:RequestedRegion': ['us-east-1', 'us-east-2'] } };
  const two = { StringEquals: { 'aws:username': 'bob' }, Bool: { 'aws:SecureTransport': true } };
  const bob = { 'aws:username': 'bob' };
  test.each([
    ['every key of an operator must match', both, { ...bob, 'aws:RequestedRegion': 'us-east-2' }, true],
    ['one key that differs is enough to fail', both, { ...bob, 'aws:RequestedRegion': 'eu-west-1' }, false],
    ['every operator must match', two, { ...bob, 'aws:SecureTransport': 'true' }, true],
    ['one operator that differs is enough to fail', two, { ...bob, 'aws:SecureTransport': 'false' }, false],
    ['key names ignore case in the policy', { StringEquals: { 'AWS:UserName': 'bob' } }, bob, true],
    ['key names ignore case in the request', { StringEquals: bob }, { 'AWS:USERNAME': 'bob' }, true],
    [
      'tag keys ignore case',
      { StringEquals: { 'aws:PrincipalTag/TEAM': 'a' } },
      { 'aws:principaltag/team': 'a' },
      true,
    ],
    ['an empty Condition always holds', {}, {}, true],
    ['an empty list of values never holds', { StringEquals: { 'aws:username': [] } }, bob, false],
  ])('%s', (_, condition, context, expected) => {
    expect(holds(condition, context)).toBe(expected);
  });
});

describe('anything that AWS does not define is refused, not guessed', () => {
  function errorOf(condition: object, context: Readonly<Record<string, ContextValue>> = {}): unknown {
    try {
      return holds(condition, context);
    } catch (error) {
      return error;
    }
  }
  test.each([
    ['an unknown key', { StringEquals: { 'aws:PrincipleArn': 'x' } }, {}, "'aws:PrincipleArn'"],
    ['an unknown key of SAML', { StringEquals: { 'saml:audience': 'x' } }, {}, "'saml:audience'"],
    ['an open key without its own part', { StringEquals: { 'aws:RequestTag/': 'x' } }, {}, "'aws:RequestTag/'"],
    [
      'several values without a set operator',
      { StringEquals: { 'aws:TagKeys': 'a' } },
      { 'aws:TagKeys': ['a', 'b'] },
      'ForAllValues',
    ],
    [
      'ForAnyValue…IfExists on an absent key',
      { 'ForAnyValue:StringEqualsIfExists': { 'aws:TagKeys': 'a' } },
      {},
      'absent',
    ],
    ['ForAnyValue:Null true on an absent key', { 'ForAnyValue:Null': { 'aws:TagKeys': 'true' } }, {}, 'absent'],
    ['ForAllValues:Null false on an absent key', { 'ForAllValues:Null': { 'aws:TagKeys': 'false' } }, {}, 'absent'],
    [
      'a date operator on a number',
      { DateLessThan: { 's3:TlsVersion': '1.2' } },
      {},
      "'DateLessThan' on 's3:TlsVersion'",
    ],
    [
      'a date operator on a number that may be absent',
      { 'ForAllValues:DateGreaterThanIfExists': { 'aws:MultiFactorAuthAge': '2026-01-01' } },
      {},
      "on 'aws:MultiFactorAuthAge'",
    ],
    [
      'a text operator on a number',
      { StringNotEquals: { 's3:TlsVersion': ['1.2', '1.3'] } },
      {},
      "'StringNotEquals' on",
    ],
    ['a pattern on a number', { 'ForAnyValue:StringLikeIfExists': { 's3:max-keys': '1?' } }, {}, "on 's3:max-keys'"],
    ['a switch on a number', { Bool: { 's3:signatureAge': 'true' } }, {}, "'Bool' on 's3:signatureAge'"],
    ['an ARN operator on a number', { ArnNotLike: { 's3:TlsVersion': 'arn:aws:s3:::x' } }, {}, "'ArnNotLike' on"],
    ['an address operator on a number', { NotIpAddress: { 's3:TlsVersion': '10.0.0.0/8' } }, {}, "'NotIpAddress' on"],
    ['a variable that is not a known key', { StringEquals: { 'aws:username': '${aws:nobody}' } }, {}, "'aws:nobody'"],
    ['a variable with many values', { StringEquals: { 'aws:username': '${aws:TagKeys}' } }, {}, 'single-valued'],
  ])('refuses %s', (_, condition, context, subject) => {
    const error = errorOf(condition, context);
    expect(error).toBeInstanceOf(ToolkitError);
    expect(error).toMatchObject({ code: 'UnsupportedPolicy', message: expect.stringContaining(subject) });
  });

  test.each([
    'kms:EncryptionContext:aws:s3:arn',
    'kms:ViaService',
    's3:ExistingObjectTag/team',
    's3:x-amz-server-side-encryption-aws-kms-key-id',
    'aws:RequestTag/team',
    'aws:ResourceTag/team',
    'sts:ExternalId',
    'iam:PassedToService',
    'ec2:SourceInstanceARN',
    'token.actions.githubusercontent.com:sub',
    'aws:Ec2InstanceSourceVpc',
    'kms:RecipientAttestation:PCR31',
  ])('knows %s, and takes it as absent when the request has no such key', (key) => {
    expect(errorOf({ Null: { [key]: 'true' } })).toBe(true);
  });

  test.each<[string, object, Readonly<Record<string, ContextValue>>, boolean]>([
    ['is absent when the request has no such key', { Null: { 'acme:Key': 'true' } }, {}, true],
    ['compares like any other', { StringEquals: { 'acme:Key': 'x' } }, { 'acme:key': 'x' }, true],
    ['holds only for its value', { StringEquals: { 'acme:Key': 'x' } }, { 'acme:key': 'y' }, false],
    [
      'of an identity provider on premises is taken as it is',
      { StringEquals: { 'login.acme.example/realm:sub': 'vault' } },
      { 'login.acme.example/realm:sub': 'vault' },
      true,
    ],
  ])('a key of a service or provider that is not listed %s', (_, condition, context, expected) => {
    expect(errorOf(condition, context)).toBe(expected);
  });

  test.each([
    ['StringEquals', false],
    ['StringNotEquals', true],
    ['ArnNotLike', true],
    ['StringEqualsIfExists', true],
    ['ForAllValues:StringEquals', true],
    ['ForAnyValue:StringEquals', false],
    ['Null', true],
  ])('a key that there is not is absent where IAM takes it: %s', (operator, expected) => {
    const when = {
      [operator]: { 'aws:PrincipleArn': operator === 'Null' ? 'true' : 'arn:aws:iam::111122223333:root' },
    };
    const identity = [takingUnknownKeys(policy('identity', { Effect: 'Allow', Condition: when }))];
    expect(evaluate(request(), { identity }).result === 'allowed').toBe(expected);
  });

  test('a variable that there is not fits nothing where IAM takes it', () => {
    const when = { StringEquals: { 'aws:username': '${aws:nobody}' } };
    const identity = [takingUnknownKeys(policy('identity', { Effect: 'Allow', Condition: when }))];
    expect(evaluate(request({ context: { 'aws:username': '${aws:nobody}' } }), { identity }).result).toBe(
      'implicitly-denied',
    );
  });

  test('an unknown key is refused even in a statement that does not match the action', () => {
    const identity = [
      policy('identity', { Effect: 'Deny', Action: 'sqs:*', Condition: { Bool: { 'aws:Nothing': 'true' } } }),
    ];
    expect(() => evaluate(request(), { identity })).toThrow(
      "'identity', statement 'statement 1 (no Sid)': the condition key must be one",
    );
  });
});
