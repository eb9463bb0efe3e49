import * as fc from 'fast-check';
import {
  type Catalogue,
  loadCatalogue,
  loadServices,
  POLICY_RULES,
  type PolicyProblem,
  validatePolicy,
} from '../../lib/catalogue';
import { findShapeProblems } from '../../lib/catalogue/document-shape';
import { ToolkitError } from '../../lib/errors';
import { ec2TrustPolicy } from '../../lib/hosts/ec2/trust-policy';
import { type PolicyKind, parsePolicy } from '../../lib/iam';
import { type BucketEncryption, bucketPolicy } from '../../lib/policy/bucket-policy';
import { CAPABILITIES } from '../../lib/policy/capabilities';
import { kmsIdentityPolicy, s3IdentityPolicy } from '../../lib/policy/identity-policies';
import { keyPolicy } from '../../lib/policy/key-policy';
import type { PolicyTarget } from '../../lib/policy/target';
import { documents, statementsOf } from '../iam/arbitraries';
import { mutilated } from '../iam/mutilate';
import { runsOf } from '../support/property-runs';

const BUCKET = 'arn:aws:s3:::acme-vault';
const OBJECTS = `${BUCKET}/*`;
const KEY_ID = '1234abcd-12ab-34cd-56ef-1234567890ab';

let everything: Catalogue;
beforeAll(async () => {
  everything = await loadCatalogue();
});

type StatementDocument = Readonly<Record<string, unknown>>;

function problemsOf(document: unknown, kind: PolicyKind = 'identity'): readonly PolicyProblem[] {
  return validatePolicy(document, { kind, catalogue: everything });
}

function documentOf(...statements: readonly unknown[]) {
  return { Version: '2012-10-17', Statement: statements };
}

const read: StatementDocument = { Effect: 'Allow', Action: 's3:GetObject', Resource: OBJECTS };
const toAnyone: StatementDocument = { ...read, Principal: '*' };
const trust: StatementDocument = {
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal: { Service: 'ec2.amazonaws.com' },
};

const TARGETS: readonly PolicyTarget[] = [
  { name: 'acme', partition: 'aws', account: '111122223333', region: 'us-east-2', bucket: 'acme-vault', rolePath: '/' },
  {
    name: 'gov',
    partition: 'aws-us-gov',
    account: '444455556666',
    region: 'us-gov-west-1',
    bucket: 'g',
    rolePath: '/v/',
  },
  { name: 'cn', partition: 'aws-cn', account: '444455556666', region: 'cn-north-1', bucket: 'c.d', rolePath: '/' },
];

describe.each(TARGETS)('the policies of $partition have no problem', (target) => {
  const keyArn = `arn:${target.partition}:kms:${target.region}:${target.account}:key/${KEY_ID}`;
  const encryptions: readonly BucketEncryption[] = [
    { method: 'AES-256' },
    { method: 'AWS-KMS' },
    { method: 'AWS-KMS', keyArn },
  ];
  test.each<[string, PolicyKind, unknown]>([
    ['the role in S3, with every capability', 'identity', s3IdentityPolicy(target, CAPABILITIES)],
    ['the role in S3, with the fewest capabilities', 'identity', s3IdentityPolicy(target, ['backup'])],
    ['the role with the key', 'identity', kmsIdentityPolicy(target, { current: keyArn })],
    ['the key', 'resource', keyPolicy(target)],
    ['EC2, for the role', 'trust', ec2TrustPolicy(target)],
    ...encryptions.map((encryption): [string, PolicyKind, unknown] => [
      `the bucket, under ${JSON.stringify(encryption)}`,
      'resource',
      bucketPolicy(target, encryption),
    ]),
  ])('%s', (_, kind, document) => {
    expect(problemsOf(document, kind)).toEqual([]);
  });
});

test.each<[string, PolicyKind, unknown]>([
  ['JSON text', 'identity', JSON.stringify(documentOf(read))],
  ['one statement without a list', 'identity', { Version: '2012-10-17', Id: 'one', Statement: read }],
  ['names of actions in any case', 'identity', documentOf({ ...read, Action: 'S3:getobject' })],
  ['wildcards that match actions', 'identity', documentOf({ ...read, Action: ['s3:Get*', 's3:?utObject'] })],
  ['every action on everything', 'identity', documentOf({ ...read, Action: '*', Resource: '*' })],
  [
    'a denial of all but one action',
    'identity',
    documentOf({ Effect: 'Deny', NotAction: 's3:GetObject', NotResource: OBJECTS }),
  ],
  [
    'actions on the bucket and its objects, with both',
    'identity',
    documentOf({ ...read, Action: 's3:*', Resource: [BUCKET, OBJECTS] }),
  ],
  [
    'an action without a resource, on everything',
    'identity',
    documentOf({ ...read, Action: 's3:ListAllMyBuckets', Resource: '*' }),
  ],
  [
    'a global key, in any case',
    'identity',
    documentOf({ ...read, Condition: { Bool: { 'AWS:SecureTransport': 'true' } } }),
  ],
  [
    'a tag of the author',
    'identity',
    documentOf({ ...read, Condition: { StringEquals: { 's3:ExistingObjectTag/team': 'a' } } }),
  ],
  [
    'a key of the resource type',
    'identity',
    documentOf({
      ...read,
      Action: 'kms:Sign',
      Resource: '*',
      Condition: { StringEquals: { 'kms:KeySpec': 'RSA_2048' } },
    }),
  ],
  [
    'under Deny, a key that only one of the actions carries',
    'identity',
    documentOf({
      ...read,
      Effect: 'Deny',
      Action: ['s3:GetObject', 's3:PutObject'],
      Condition: { StringEquals: { 's3:x-amz-acl': 'public-read' } },
    }),
  ],
  [
    'under Allow, a key that may be absent and that one of the actions carries',
    'identity',
    documentOf({
      ...read,
      Action: ['s3:GetObject', 's3:PutObject'],
      Condition: { StringEqualsIfExists: { 's3:x-amz-acl': 'private' }, Null: { 's3:x-amz-acl': 'true' } },
    }),
  ],
  [
    'a key of an identity provider',
    'trust',
    documentOf({
      Effect: 'Allow',
      Action: 'sts:AssumeRoleWithWebIdentity',
      Principal: { Federated: 'accounts.google.com' },
      Condition: { StringEquals: { 'oidc.example.com/id/1:sub': 'a', 'saml:aud': 'b' } },
    }),
  ],
  [
    'variables, in version 2012-10-17',
    'identity',
    documentOf({ ...read, Resource: `${BUCKET}/${'${aws:username}'}/*` }),
  ],
  [
    'NotPrincipal with Deny',
    'resource',
    documentOf({ ...read, Effect: 'Deny', NotPrincipal: { AWS: '111122223333' } }),
  ],
  ['Sids that look like places', 'identity', documentOf({ ...read, Sid: '1' }, read)],
])('takes %s', (_, kind, document) => {
  expect(problemsOf(document, kind)).toEqual([]);
});

interface Bad {
  readonly name: string;
  readonly document: unknown;
  readonly kind?: PolicyKind;
  readonly problems: readonly Partial<PolicyProblem>[];
}

const variable = `${BUCKET}/${'${aws:username}'}/*`;

const BAD: readonly Bad[] = [
  {
    name: 'text that is not JSON',
    document: '{',
    problems: [{ rule: 'wrong-value', pointer: '' }],
  },
  { name: 'a list', document: [], problems: [{ rule: 'wrong-value', pointer: '', got: '[]' }] },
  {
    name: 'elements of the document that are wrong or unknown, all at once',
    document: { Version: '2012', Id: 5, Statment: read, Statement: [] },
    problems: [
      { rule: 'wrong-value', pointer: '/Version', got: '2012' },
      { rule: 'wrong-value', pointer: '/Id', got: '5' },
      { rule: 'unknown-element', pointer: '/Statment', got: 'Statment', fix: "write 'Statement'" },
      { rule: 'missing-element', pointer: '/Statement', got: 'nothing' },
    ],
  },
  {
    name: 'a misspelled element of a statement',
    document: documentOf({ ...read, condition: {} }),
    problems: [{ rule: 'unknown-element', pointer: '/Statement/0/condition', fix: "write 'Condition'" }],
  },
  {
    name: 'an empty statement, and one that is not a statement',
    document: documentOf({}, 7),
    problems: [
      { rule: 'missing-element', pointer: '/Statement/0/Effect', got: 'nothing' },
      { rule: 'missing-element', pointer: '/Statement/0', message: "must have 'Action' or 'NotAction'" },
      { rule: 'missing-element', pointer: '/Statement/0', message: "must have 'Resource' or 'NotResource'" },
      { rule: 'wrong-value', pointer: '/Statement/1', got: '7' },
    ],
  },
  {
    name: 'a missing principal where one is required',
    document: documentOf(read),
    kind: 'resource',
    problems: [{ rule: 'missing-element', pointer: '/Statement/0', message: "must have 'Principal'" }],
  },
  {
    name: 'a principal in a policy of an identity',
    document: documentOf(toAnyone),
    problems: [{ rule: 'element-not-allowed', pointer: '/Statement/0/Principal', fix: "remove 'Principal'" }],
  },
  {
    name: 'a resource in a trust policy',
    document: documentOf({ ...trust, Resource: '*' }),
    kind: 'trust',
    problems: [{ rule: 'element-not-allowed', pointer: '/Statement/0/Resource' }],
  },
  {
    name: 'NotPrincipal with Allow',
    document: documentOf({ ...read, NotPrincipal: '*' }),
    kind: 'resource',
    problems: [{ rule: 'element-not-allowed', pointer: '/Statement/0/NotPrincipal' }],
  },
  {
    name: 'pairs that exclude each other',
    document: documentOf({ ...toAnyone, Effect: 'Deny', NotPrincipal: '*', NotAction: 's3:Put*', NotResource: '*' }),
    kind: 'resource',
    problems: [
      { rule: 'conflicting-elements', pointer: '/Statement/0', got: '["Principal","NotPrincipal"]' },
      { rule: 'conflicting-elements', pointer: '/Statement/0', got: '["Action","NotAction"]' },
      { rule: 'conflicting-elements', pointer: '/Statement/0', got: '["Resource","NotResource"]' },
    ],
  },
  {
    name: 'wrong values, each in its place',
    document: documentOf({
      Sid: 1,
      Effect: 'allow',
      Action: ['s3:GetObject', 'GetObject', ['s3:PutObject']],
      Resource: ['acme', OBJECTS, ''],
      Condition: { Bool: { 'aws:SecureTransport': ['true', 'maybe'], secure: 'true' }, 'a/b~c': {}, IpAddress: [] },
    }),
    problems: [
      { rule: 'wrong-value', pointer: '/Statement/0/Sid', got: '1' },
      { rule: 'wrong-value', pointer: '/Statement/0/Effect', got: 'allow' },
      { rule: 'wrong-value', pointer: '/Statement/0/Action/1', got: 'GetObject' },
      { rule: 'wrong-value', pointer: '/Statement/0/Action/2', got: '["s3:PutObject"]' },
      { rule: 'wrong-value', pointer: '/Statement/0/Resource/0', got: 'acme' },
      { rule: 'wrong-value', pointer: '/Statement/0/Resource/2', got: '' },
      { rule: 'wrong-value', pointer: '/Statement/0/Condition/Bool/aws:SecureTransport/1', got: 'maybe' },
      { rule: 'wrong-value', pointer: '/Statement/0/Condition/Bool/secure', got: 'secure' },
      { rule: 'unknown-operator', pointer: '/Statement/0/Condition/a~1b~0c', got: 'a/b~c' },
      { rule: 'wrong-value', pointer: '/Statement/0/Condition/IpAddress', got: '[]' },
    ],
  },
  {
    name: 'wrong principals, each in its place',
    document: documentOf({ ...toAnyone, Principal: { AWS: ['111122223333', 'Bob'], Service: 'ec2', User: 'x' } }),
    kind: 'resource',
    problems: [
      { rule: 'wrong-value', pointer: '/Statement/0/Principal/AWS/1', got: 'Bob' },
      { rule: 'wrong-value', pointer: '/Statement/0/Principal/Service', got: 'ec2' },
      { rule: 'wrong-value', pointer: '/Statement/0/Principal/User', got: 'User' },
    ],
  },
  {
    name: 'an operator that does not exist',
    document: documentOf({ ...read, Condition: { StringEqual: { 'aws:userid': 'a' } } }),
    problems: [{ rule: 'unknown-operator', pointer: '/Statement/0/Condition/StringEqual', got: 'StringEqual' }],
  },
  {
    name: 'a Sid used before',
    document: documentOf({ ...read, Sid: 'Read' }, { ...read, Sid: 'Other' }, { ...read, Sid: 'Read' }),
    problems: [{ rule: 'duplicate-sid', pointer: '/Statement/2/Sid', got: 'Read' }],
  },
  {
    name: 'variables where the version has none',
    document: {
      Statement: { ...read, Resource: variable, Condition: { StringLike: { 'aws:userid': ['a', '${aws:username}'] } } },
    },
    problems: [
      { rule: 'variable-in-old-version', pointer: '/Statement/Resource', got: variable },
      { rule: 'variable-in-old-version', pointer: '/Statement/Condition/StringLike/aws:userid/1' },
    ],
  },
  {
    name: 'a variable in version 2008-10-17',
    document: { Version: '2008-10-17', Statement: [{ ...read, Resource: [variable] }] },
    problems: [{ rule: 'variable-in-old-version', fix: "write 'Version': '2012-10-17'" }],
  },
  {
    name: 'a service that does not exist',
    document: documentOf({ ...read, Action: ['s3:GetObject', 'simplestorage:GetObject', 'kmss:Decrypt'] }),
    problems: [
      { rule: 'unknown-service', pointer: '/Statement/0/Action/1', got: 'simplestorage:GetObject' },
      { rule: 'unknown-service', pointer: '/Statement/0/Action/2', fix: "write 'kms:Decrypt'" },
    ],
  },
  ...[
    ['HeadBucket', 'HeadBucket is the name of an API operation; its permission is s3:ListBucket'],
    ['headobject', 'HeadObject is the name of an API operation; its permission is s3:GetObject'],
    ['CreateMultipartUpload', 'CreateMultipartUpload is the name of an API operation; its permission is s3:PutObject'],
    [
      'ListMultipartUploads',
      'ListMultipartUploads is the name of an API operation; its permission is s3:ListBucketMultipartUploads',
    ],
    ['CopyObject', 'CopyObject is the name of an API operation; its permissions are s3:GetObject and s3:PutObject'],
    ['GetObjects', "write 's3:GetObject'"],
  ].map(
    ([action, fix = '']): Bad => ({
      name: `s3:${action}`,
      document: documentOf({ ...read, Action: `s3:${action}` }),
      problems: [{ rule: 'unknown-action', pointer: '/Statement/0/Action', got: `s3:${action}`, fix }],
    }),
  ),
  {
    name: 'wildcards that match nothing, also under NotAction',
    document: documentOf({ Effect: 'Allow', NotAction: ['s3:Fetch*', '*:Fly?'], Resource: '*' }),
    problems: [
      { rule: 'unknown-action', pointer: '/Statement/0/NotAction/0', got: 's3:Fetch*' },
      { rule: 'unknown-action', pointer: '/Statement/0/NotAction/1', got: '*:Fly?' },
    ],
  },
  {
    name: 'an action on the bucket with the ARN of objects, and the other way round',
    document: documentOf({ ...read, Action: ['s3:GetObject', 's3:ListBucket'] }, { ...read, Resource: BUCKET }),
    problems: [
      { rule: 'resource-not-taken', pointer: '/Statement/0/Action/1', got: OBJECTS },
      { rule: 'resource-not-taken', pointer: '/Statement/1/Action', got: BUCKET },
    ],
  },
  {
    name: 'a resource for an action that takes none',
    document: documentOf({ ...read, Action: 's3:ListAllMyBuckets', Resource: 'arn:aws:s3:::*' }),
    problems: [
      {
        rule: 'resource-not-taken',
        fix: "s3:ListAllMyBuckets takes no resource: name '*', in a statement of its own",
      },
    ],
  },
  {
    name: 'a resource of another service, under a wildcard',
    document: documentOf({ ...read, Action: 'kms:*' }),
    problems: [{ rule: 'resource-not-taken', pointer: '/Statement/0/Action', got: OBJECTS }],
  },
  {
    name: 'condition keys that no action carries',
    document: documentOf({
      ...read,
      Condition: {
        StringEquals: { 's3:prefix': 'a', 'aws:SecureTransprot': 'true' },
        Null: { 's3:x-amz-acl': 'true' },
      },
    }),
    problems: [
      { rule: 'condition-key-never-carried', pointer: '/Statement/0/Condition/StringEquals/s3:prefix' },
      { rule: 'condition-key-never-carried', got: 'aws:SecureTransprot', fix: "write 'aws:SecureTransport'" },
      { rule: 'condition-key-never-carried', pointer: '/Statement/0/Condition/Null/s3:x-amz-acl' },
    ],
  },
  {
    name: 'keys of tags for an action that takes none',
    document: documentOf({ ...read, Condition: { Null: { 'aws:TagKeys': 'true', 'aws:RequestTag/team': 'true' } } }),
    problems: [
      { rule: 'condition-key-never-carried', pointer: '/Statement/0/Condition/Null/aws:TagKeys' },
      { rule: 'condition-key-never-carried', got: 'aws:RequestTag/team' },
    ],
  },
  {
    name: 'under Allow, a key that one of the actions never carries',
    document: documentOf({
      ...read,
      Action: ['s3:PutObject', 's3:GetObject', 's3:Restore*'],
      Condition: { StringEquals: { 's3:x-amz-acl': 'private' } },
    }),
    problems: [
      {
        rule: 'condition-key-never-carried',
        message: 'a request for s3:GetObject never carries this key',
        got: 's3:x-amz-acl',
      },
    ],
  },
  {
    name: 'a key that none of the remaining actions carries',
    document: documentOf({
      Effect: 'Deny',
      NotAction: 's3:*',
      Resource: '*',
      Condition: { Null: { 's3:prefix': 'true' } },
    }),
    problems: [{ rule: 'condition-key-never-carried', got: 's3:prefix' }],
  },
];

test.each(BAD)('reports $name', ({ document, kind, problems }) => {
  expect(problemsOf(document, kind)).toEqual(problems.map((problem) => expect.objectContaining(problem)));
});

test('every rule has a policy that breaks it', () => {
  const broken = new Set(BAD.flatMap(({ document, kind }) => problemsOf(document, kind).map(({ rule }) => rule)));
  expect([...broken].sort()).toEqual([...POLICY_RULES].sort());
});

test.each(['kms:Decrypt', '*', 's?:GetObject'])(
  'rejects %s when the catalogue lacks a service that it may mean',
  async (action) => {
    const catalogue = await loadServices(['s3']);
    const validate = () => validatePolicy(documentOf({ ...read, Action: action }), { kind: 'identity', catalogue });
    expect(validate).toThrow(ToolkitError);
    expect(validate).toThrow(expect.objectContaining({ code: 'ServiceNotLoaded' }));
    expect(validatePolicy(documentOf(read), { kind: 'identity', catalogue })).toEqual([]);
  },
);

/** The parser's refusal of a document; two statements of one name are left to the rule for Sids. */
function refusalOf(document: unknown, kind: PolicyKind): string | undefined {
  try {
    parsePolicy(document, 'mutilated', { kind });
    return undefined;
  } catch (error) {
    return String(error);
  }
}

test.each<[PolicyKind, fc.Arbitrary<unknown>]>([
  ['identity', documents(statementsOf.plain())],
  ['resource', documents(statementsOf.naming())],
  ['trust', documents(statementsOf.naming())],
])('a mutilated policy of kind %s has a problem of shape when the parser refuses it, and only then', (kind, whole) => {
  const property = fc.property(mutilated(whole), (document) => {
    fc.pre(typeof document !== 'string');
    const refusal = refusalOf(document, kind);
    fc.pre(refusal?.includes('must be unique') !== true);
    expect(findShapeProblems(document, kind).length > 0).toBe(refusal !== undefined);
  });
  fc.assert(property, { numRuns: runsOf(200) });
});

describe('a long policy costs in proportion to its length, a hundred times less than its square', () => {
  const many = 100_000;
  const validate = (statement: object, Version = '2012-10-17') =>
    validatePolicy({ Version, Statement: [statement].flat() }, { kind: 'identity', catalogue: everything });
  const legal = { Effect: 'Deny', Action: 's3:GetObject', Resource: '*' };

  test('Sids', () => {
    const statements = Array.from({ length: 10_000 }, (_, index) => ({ Sid: `S${index % 9_999}`, ...legal }));
    expect(validate(statements)).toMatchObject([{ pointer: '/Statement/9999/Sid', rule: 'duplicate-sid' }]);
  });

  test('unclosed variables, in a version without variables', () => {
    const Resource = `arn:aws:s3:::acme/${'${'.repeat(many)}`;
    expect(validate({ ...legal, Resource }, '2008-10-17')).toEqual([]);
  });

  test('resources that no action takes', () => {
    const Resource = Array.from({ length: 2_000 }, (_, index) => `arn:aws:nowhere:::${index}`);
    const Action = Array.from({ length: 2_000 }, () => 's3:*');
    const problems = validate({ ...legal, Action, Resource });
    expect(new Set(problems.map(({ rule }) => rule))).toEqual(new Set(['resource-not-taken']));
    expect(problems).toHaveLength(Action.length);
  });

  test('patterns for every action, and condition keys that none carries', () => {
    const keys = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`s3:nowhere-${index}`, 'x']));
    const Action = Array.from({ length: 2_000 }, () => '*:*');
    const problems = validate({ ...legal, Action, Condition: { StringEquals: keys } });
    expect(problems.map(({ rule }) => rule)).toEqual(Object.keys(keys).map(() => 'condition-key-never-carried'));
  });
});
