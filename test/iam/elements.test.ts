import { type ContextValue, evaluate, parsePolicy } from '../../lib/iam';
import { OWN, policy, request, USER_GUIDE } from './requests';

const ACTION_PAGE = `${USER_GUIDE}reference_policies_elements_action.html`;
const RESOURCE_PAGE = `${USER_GUIDE}reference_policies_elements_resource.html`;
const VARIABLES_PAGE = `${USER_GUIDE}reference_policies_variables.html`;

type Context = Readonly<Record<string, ContextValue>>;

function isAllowed(statement: object, asked: Parameters<typeof request>[0]): boolean {
  const identity = [policy('identity', { Effect: 'Allow', ...statement })];
  return evaluate(request(asked), { identity }).result === 'allowed';
}

describe(`Action and NotAction match as ${ACTION_PAGE} says`, () => {
  test.each([
    [{ Action: '*' }, 's3:GetObject', true],
    [{ Action: 's3:*' }, 's3:GetObject', true],
    [{ Action: 's3:*' }, 's3-object-lambda:GetObject', false],
    [{ Action: 'S3:getOBJECT' }, 's3:GetObject', true],
    [{ Action: 's3:Get*' }, 's3:PutObject', false],
    [{ Action: 's3:GetObject' }, 's3:GetObjectVersion', false],
    [{ Action: 's3:GetObject*' }, 's3:GetObjectVersion', true],
    [{ Action: 's3:PutObject*' }, 's3:PutObjectRetention', true],
    [{ Action: 'iam:*AccessKey*' }, 'iam:CreateAccessKey', true],
    [{ Action: 'iam:*AccessKey*' }, 'iam:CreateUser', false],
    [{ Action: 's3:Get?bject' }, 's3:GetObject', true],
    [{ Action: ['s3:PutObject', 's3:GetObject'] }, 's3:GetObject', true],
    [{ NotAction: 's3:DeleteBucket' }, 's3:GetObject', true],
    [{ NotAction: 's3:DeleteBucket' }, 's3:DELETEBUCKET', false],
    [{ NotAction: ['iam:*', 's3:Get*'] }, 's3:GetObject', false],
    [{ NotAction: 'iam:*' }, 'ec2:RunInstances', true],
  ])('%j covers %s: %s', (statement, action, expected) => {
    expect(isAllowed(statement, { action })).toBe(expected);
  });
});

describe(`Resource and NotResource match as ${RESOURCE_PAGE} says`, () => {
  const reports = 'arn:aws:s3:::amzn-s3-demo-bucket/*/test/*';
  const queue = `arn:aws:sqs:us-east-2:${OWN}:queue1`;
  test.each([
    ['*', queue, true],
    [queue, queue, true],
    [queue, `${queue}2`, false],
    [`arn:aws:iam::${OWN}:user/Bob`, `arn:aws:iam::${OWN}:user/bob`, false],
    [`arn:aws:iam::${OWN}:user/accounting/*`, `arn:aws:iam::${OWN}:user/accounting/x/y`, true],
    ['arn:aws:s3:::my_corporate_bucket/*', 'arn:aws:s3:::my_corporate_bucket', false],
    ['arn:aws:s3:::my_corporate_bucket', 'arn:aws:s3:::my_corporate_bucket/key', false],
    [reports, 'arn:aws:s3:::amzn-s3-demo-bucket/1/test/object.jpg', true],
    [reports, 'arn:aws:s3:::amzn-s3-demo-bucket/1/2/test/3/object.jpg', true],
    [reports, 'arn:aws:s3:::amzn-s3-demo-bucket/1/2/3/test', false],
    [reports, 'arn:aws:s3:::amzn-s3-demo-bucket/1-test/object.jpg', false],
    ['arn:aws:s3:::bucket/*/file', 'arn:aws:s3:::bucket/a:b/file', true],
    ['arn:aws:s3:::bucket/?', 'arn:aws:s3:::bucket/:', true],
    ['arn:aws:sqs:us-*-2:111122223333:queue1', queue, true],
    ['arn:aws:sqs:us-*-2:111122223333:queue1', 'arn:aws:sqs:us:x-2:111122223333:queue1', false],
    ['arn:aws:sqs:us-east-?:111122223333:queue1', queue, true],
    ['arn:aws:sqs:us-east-2:*:queue1', queue, true],
    ['arn:aws:sqs:us-east-2:*:queue1', `arn:aws:sqs:us-east-2:${OWN}:other:queue1`, true],
    ['arn:aws:sqs:us-east-2:1111?22223333:queue1', 'arn:aws:sqs:us-east-2:1111:22223333:queue1', false],
    ['arn:aws:sqs:us-*-2:1111?2223333:queue1', 'arn:aws:sqs:us-east-2:1111:2223333:queue1', false],
    ['arn:aws:sqs:us-east-2:1*3:queue1', queue, true],
    ['arn:aws:sqs:us-east-2:1*4:queue1', queue, false],
    ['arn:aws:sqs:us-east-2:*', queue, true],
    ['arn:aws:sqs:us-*', queue, true],
    ['arn:aws-cn:sqs:us-east-2:111122223333:queue1', queue, false],
    ['arn:*:sqs:us-east-2:111122223333:queue1', queue, true],
    ['arn:aws:s3:::*', '*', false],
  ])('%s covers %s: %s', (pattern, resource, expected) => {
    expect(isAllowed({ Resource: pattern }, { resource })).toBe(expected);
    expect(isAllowed({ NotResource: pattern }, { resource })).toBe(!expected);
  });

  test('the time to match a pattern does not explode with its wildcards', () => {
    const nested = `arn:aws:sqs:${'a*'.repeat(20)}b:111122223333:${'a*'.repeat(40)}b`;
    expect(
      isAllowed({ Resource: nested }, { resource: `arn:aws:sqs:${'a'.repeat(60)}:111122223333:${'a'.repeat(500)}` }),
    ).toBe(false);
  });
});

describe(`policy variables resolve as ${VARIABLES_PAGE} says`, () => {
  const home = { Resource: 'arn:aws:s3:::mybucket/${aws:username}/*' };
  const team = { Resource: "arn:aws:s3:::mybucket/${aws:PrincipalTag/team, 'company-wide'}/*" };
  test.each<[string, object, string, Context, boolean]>([
    ['a variable in Resource', home, 'David/a', { 'aws:username': 'David' }, true],
    ['another value', home, 'David/a', { 'aws:username': 'Eve' }, false],
    ['the value is case-sensitive', home, 'david/a', { 'aws:username': 'David' }, false],
    [
      'the name ignores case',
      { Resource: 'arn:aws:s3:::mybucket/${AWS:UserName}/*' },
      'David/a',
      { 'aws:username': 'David' },
      true,
    ],
    ['no value: nothing matches in Resource', home, 'David/a', {}, false],
    ['no value: nothing matches in NotResource, so it applies', { NotResource: home.Resource }, 'David/a', {}, true],
    ['a wildcard in the value is a plain character', home, 'Eve/a', { 'aws:username': '*' }, false],
    ['a default that is not needed', team, 'blue/a', { 'aws:PrincipalTag/team': 'blue' }, true],
    ['a default that is needed', team, 'company-wide/a', {}, true],
    ['a default, but another resource', team, 'blue/a', {}, false],
    ['an escaped star is a star', { Resource: 'arn:aws:s3:::mybucket/a${*}b' }, 'a*b', {}, true],
    ['an escaped star is no wildcard', { Resource: 'arn:aws:s3:::mybucket/a${*}b' }, 'axb', {}, false],
    ['an escaped question mark', { Resource: 'arn:aws:s3:::mybucket/a${?}b' }, 'a?b', {}, true],
    ['an escaped question mark is no wildcard', { Resource: 'arn:aws:s3:::mybucket/a${?}b' }, 'axb', {}, false],
    ['an escaped dollar sign', { Resource: 'arn:aws:s3:::mybucket/${$}{aws:username}' }, '${aws:username}', {}, true],
  ])('%s', (_, statement, key, context, expected) => {
    expect(isAllowed(statement, { resource: `arn:aws:s3:::mybucket/${key}`, context })).toBe(expected);
  });

  const bob = { 'aws:username': 'bob' };
  test.each<[string, object, Context, boolean]>([
    [
      'StringLike takes a variable',
      { StringLike: { 's3:prefix': '${aws:username}/*' } },
      { ...bob, 's3:prefix': 'bob/x' },
      true,
    ],
    [
      'StringEquals takes a variable',
      { StringEquals: { 's3:prefix': '${aws:username}' } },
      { ...bob, 's3:prefix': 'bob' },
      true,
    ],
    [
      'StringEqualsIgnoreCase takes a variable',
      { StringEqualsIgnoreCase: { 's3:prefix': '${aws:username}' } },
      { ...bob, 's3:prefix': 'BOB' },
      true,
    ],
    ['StringLike takes an escaped star', { StringLike: { 's3:prefix': '${*}*' } }, { 's3:prefix': '*x' }, true],
    [
      'StringLike takes an escaped star literally',
      { StringLike: { 's3:prefix': '${*}*' } },
      { 's3:prefix': 'xx' },
      false,
    ],
    [
      'StringEquals without a value does not match',
      { StringEquals: { 's3:prefix': '${aws:username}' } },
      { 's3:prefix': 'bob' },
      false,
    ],
    [
      'StringNotEquals without a value matches',
      { StringNotEquals: { 's3:prefix': '${aws:username}' } },
      { 's3:prefix': 'bob' },
      true,
    ],
    [
      'StringNotLike without a value matches',
      { StringNotLike: { 's3:prefix': '${aws:username}*' } },
      { 's3:prefix': 'bob' },
      true,
    ],
    [
      'an ARN operator takes a variable',
      { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:${aws:username}-*' } },
      { ...bob, 'aws:SourceArn': 'arn:aws:sns:r:1:bob-x' },
      true,
    ],
    [
      'an ARN operator takes a whole ARN',
      { ArnEquals: { 'aws:SourceArn': '${aws:PrincipalArn}' } },
      { 'aws:SourceArn': 'arn:aws:iam::1:role/x', 'aws:PrincipalArn': 'arn:aws:iam::1:role/x' },
      true,
    ],
    [
      'a variable that holds no ARN is no pattern of one',
      { ArnLike: { 'aws:SourceArn': '${aws:username}' } },
      { 'aws:username': 'arn', 'aws:SourceArn': 'arn:aws:sns:r:1:x' },
      false,
    ],
    [
      'two keys compare with each other',
      { StringEquals: { 's3:ExistingObjectTag/team': '${aws:PrincipalTag/team}' } },
      { 's3:ExistingObjectTag/team': 'a', 'aws:PrincipalTag/team': 'a' },
      true,
    ],
  ])('%s', (_, condition, context, expected) => {
    expect(isAllowed({ Condition: condition }, { context })).toBe(expected);
  });

  test.each(['2008-10-17', undefined])('version %s has no variables: the text is taken as it stands', (version) => {
    const document = { Version: version, Statement: { Effect: 'Allow', Action: '*', ...home } };
    const identity = [parsePolicy(JSON.stringify(document), 'old')];
    const context = { 'aws:username': 'David' };
    const results = ['David/a', '${aws:username}/a'].map(
      (key) => evaluate(request({ resource: `arn:aws:s3:::mybucket/${key}`, context }), { identity }).result,
    );
    expect(results).toEqual(['implicitly-denied', 'allowed']);
  });
});
