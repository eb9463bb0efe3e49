import * as fc from 'fast-check';
import { type AccessPolicies, type AccessRequest, type Policy, parsePolicy } from '../../lib/iam';
import { BUCKET, FOREIGN, KEY, OBJECT, OWN, rootUser, type StatementDocument, session, user } from './requests';

const bob = user('bob');
const app = session('app');
const eve = user('eve', FOREIGN);

const callers = fc.constantFrom<AccessRequest['principal']>(
  bob,
  bob,
  app,
  app,
  eve,
  session('guest', FOREIGN),
  rootUser(),
  rootUser(FOREIGN),
  { kind: 'anonymous' },
  { kind: 'service', service: 'backup.amazonaws.com' },
);

const context = fc.record(
  {
    'aws:SecureTransport': fc.constantFrom('true', 'false'),
    'aws:PrincipalArn': fc.constantFrom(bob.arn, app.roleArn),
    'aws:SourceIp': fc.constantFrom('203.0.113.7', '10.0.0.1', '2001:db8::1'),
    's3:prefix': fc.constantFrom('org/', 'org/a', 'other'),
    'aws:TagKeys': fc.subarray(['team', 'project']),
  },
  { requiredKeys: [] },
);

const questions = fc.constantFrom(
  { action: 's3:GetObject', resource: OBJECT },
  { action: 's3:GetObject', resource: OBJECT },
  { action: 's3:PutObject', resource: OBJECT },
  { action: 's3:PutBucketPolicy', resource: BUCKET },
  { action: 'kms:Decrypt', resource: KEY },
  { action: 'sts:AssumeRole', resource: app.roleArn },
);

/** Few values of each kind, so that statements meet requests often. */
export const requests: fc.Arbitrary<AccessRequest> = fc
  .record({
    principal: callers,
    question: questions,
    resourceAccount: fc.constantFrom(OWN, OWN, OWN, FOREIGN),
    context,
  })
  .map(({ question, ...rest }) => ({ ...question, ...rest }));

function listOf<T>(values: fc.Arbitrary<T>, minLength = 1): fc.Arbitrary<readonly T[]> {
  return fc.array(values, { minLength, maxLength: 3 });
}

const actionPattern = fc.constantFrom(
  '*',
  '*',
  's3:*',
  's3:Get*',
  'S3:putobject',
  's3:?etObject',
  'kms:Decrypt',
  'sts:*',
);
const resourcePattern = fc.constantFrom(
  '*',
  '*',
  OBJECT,
  BUCKET,
  `${BUCKET}/*`,
  `${BUCKET}/\${s3:prefix}*`,
  KEY,
  'arn:aws:iam::*:role/a*',
);

const condition = fc.oneof(
  fc.constantFrom<StatementDocument>(
    { Bool: { 'aws:SecureTransport': 'true' } },
    { BoolIfExists: { 'aws:SecureTransport': ['false'] } },
    { Null: { 's3:prefix': 'true', 'aws:SourceIp': 'false' } },
    { 'ForAnyValue:StringEquals': { 'aws:TagKeys': ['team'] } },
    { 'ForAllValues:StringLike': { 'aws:TagKeys': ['t*', 'p*'] } },
    {
      StringNotLike: { 'S3:Prefix': ['other', '${aws:username}'] },
      ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:*/*' },
    },
    { NotIpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '2001:db8::/32'] } },
    { ArnEquals: { 'aws:PrincipalArn': [bob.arn, app.roleArn] } },
  ),
  fc.record({ StringLike: fc.record({ 's3:prefix': listOf(fc.constantFrom('org/*', 'o?g/', '*', 'x'), 0) }) }),
);

const names = fc.constantFrom(
  '*',
  '*',
  OWN,
  FOREIGN,
  bob.arn,
  eve.arn,
  app.arn,
  app.roleArn,
  `arn:aws:iam::${OWN}:root`,
);
const principal = fc.oneof(
  fc.constant('*'),
  fc.record({ AWS: listOf(names) }),
  fc.constant({ Service: 'backup.amazonaws.com' }),
);
const notPrincipal = fc.record({ NotPrincipal: fc.record({ AWS: listOf(names) }) });

const seldom = fc.constantFrom(false, false, false, false, true);

const elements = fc
  .record({
    action: fc.record({ isNegated: seldom, patterns: listOf(actionPattern) }),
    resource: fc.record({ isNegated: seldom, patterns: listOf(resourcePattern) }),
    condition: fc.option(condition, { nil: undefined, freq: 2 }),
  })
  .map(
    (parts): StatementDocument => ({
      [parts.action.isNegated ? 'NotAction' : 'Action']: parts.action.patterns,
      [parts.resource.isNegated ? 'NotResource' : 'Resource']: parts.resource.patterns,
      ...(parts.condition && { Condition: parts.condition }),
    }),
  );

type Effect = 'Allow' | 'Deny';
const effects = fc.constantFrom<Effect>('Allow', 'Allow', 'Allow', 'Allow', 'Deny');

/** A statement of a policy that names no principals, names them, or names everyone. */
export const statementsOf = {
  plain: (effect: fc.Arbitrary<Effect> = effects) =>
    fc.tuple(effect, elements).map(([Effect, rest]): StatementDocument => ({ Effect, ...rest })),
  naming: (effect: fc.Arbitrary<Effect> = effects) =>
    fc.tuple(effect, principal, fc.option(notPrincipal, { nil: undefined }), elements).map(
      ([Effect, Principal, negated, rest]): StatementDocument => ({
        Effect,
        ...(Effect === 'Deny' && negated ? negated : { Principal }),
        ...rest,
      }),
    ),
  everyone: (effect: fc.Arbitrary<Effect> = effects) =>
    fc.tuple(effect, elements).map(([Effect, rest]): StatementDocument => ({ Effect, Principal: '*', ...rest })),
};

/** A policy document whose statements all have a Sid, so that they keep their names in another order. */
export function documents(statement: fc.Arbitrary<StatementDocument>, minLength = 1): fc.Arbitrary<StatementDocument> {
  return fc.array(statement, { minLength, maxLength: 4 }).map((statements) => ({
    Version: '2012-10-17',
    Statement: statements.map((each, index) => ({ Sid: `S${index}`, ...each })),
  }));
}

function policies(statement: fc.Arbitrary<StatementDocument>, name: string): fc.Arbitrary<Policy> {
  return documents(statement).map((document) => parsePolicy(document, name));
}

/** A limit lets everything through as often as not; else little would ever be allowed. */
function limiting(statement: fc.Arbitrary<StatementDocument>, name: string): fc.Arbitrary<Policy> {
  const open = statement.map((given): StatementDocument => ({ ...given, Effect: 'Allow', Action: '*', Resource: '*' }));
  const opened = open.map(({ Condition, NotAction, NotResource, NotPrincipal, ...rest }) => rest);
  return fc.oneof(documents(opened, 1), documents(statement)).map((document) => parsePolicy(document, name));
}

const plain = (name: string) => limiting(statementsOf.plain(), name);
const levels = (policy: fc.Arbitrary<Policy>) =>
  fc.record({
    account: fc.constantFrom(OWN, FOREIGN),
    isManagementAccount: fc.constantFrom(false, false, true),
    levels: fc.array(fc.array(policy, { minLength: 1, maxLength: 2 }), { maxLength: 2 }),
  });

/** Everything that limits and grants nothing, by the layer's name. */
export const limits = {
  boundary: plain('boundary'),
  session: fc.array(plain('session'), { minLength: 1, maxLength: 2 }),
  scps: levels(plain('scp')),
  rcps: levels(limiting(statementsOf.everyone(), 'rcp')),
  endpoint: limiting(statementsOf.everyone(), 'endpoint'),
  publicAccessBlock: fc.record({ restrictPublicBuckets: fc.boolean() }),
};

function sometimes<T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.option(value, { nil: undefined, freq: 2 });
}

/** Policies of every layer, each of the limits absent as often as not. */
export const accessPolicies: fc.Arbitrary<AccessPolicies> = fc
  .record({
    identity: fc.array(policies(statementsOf.plain(), 'identity'), { minLength: 1, maxLength: 3 }),
    resource: sometimes(policies(statementsOf.naming(), 'resource')),
    key: sometimes(policies(statementsOf.naming(), 'key')),
    boundary: sometimes(limits.boundary),
    session: sometimes(limits.session),
    scps: sometimes(limits.scps),
    rcps: sometimes(limits.rcps),
    endpoint: sometimes(limits.endpoint),
    publicAccessBlock: sometimes(limits.publicAccessBlock),
  })
  .map(
    (given) =>
      Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as unknown as AccessPolicies,
  );
