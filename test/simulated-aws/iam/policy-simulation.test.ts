import {
  type EvaluationResult,
  IAMClient,
  SimulateCustomPolicyCommand,
  type SimulateCustomPolicyCommandInput,
  SimulatePrincipalPolicyCommand,
  type SimulatePrincipalPolicyCommandInput,
} from '@aws-sdk/client-iam';
import type { SimulatedAccount } from '../../../lib/simulated-aws';
import { importPolicy } from '../../../lib/simulated-aws/iam';
import { readPermissionsPolicy, readTrustPolicy } from '../../../lib/simulated-aws/iam/entities/policy-document';
import { statementSpans } from '../../../lib/simulated-aws/iam/simulation/statement-positions';
import { accountId, clientConfig, failure, policyDocument, startAccount, trustPolicy } from '../account';

const ActionNames = ['s3:GetObject'];
const object = 'arn:aws:s3:::bucket/key';
const other = 'arn:aws:s3:::other/key';
const keyArn = `arn:aws:kms:eu-west-1:${accountId}:key/11111111-2222-4333-8444-555555555555`;
const roleArn = `arn:aws:iam::${accountId}:role/reader`;
const userArn = `arn:aws:iam::${accountId}:user/administrator`;
const boundaryArn = `arn:aws:iam::${accountId}:policy/boundary`;
const read = policyDocument({ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::bucket/*' });
const readOther = policyDocument({ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::other/*' });
const deny = policyDocument({ Effect: 'Deny', Action: 's3:*', Resource: '*' });

let account: SimulatedAccount;
let iam: IAMClient;

beforeAll(async () => {
  account = await startAccount();
  iam = new IAMClient(clientConfig(account));
});

beforeEach(() => {
  importPolicy(account.state, boundaryArn, policyDocument({ Effect: 'Allow', Action: 's3:*', Resource: '*' }));
  putRole();
});

afterAll(async () => {
  iam.destroy();
  await account.stop();
});

function putRole(change: object = {}): void {
  account.state.iam.roles.set('reader', {
    name: 'reader',
    path: '/',
    id: 'AROAEXAMPLEEXAMPLE00',
    arn: roleArn,
    createdAt: new Date(),
    tags: new Map(),
    trustPolicy: readTrustPolicy(account.state, trustPolicy({ Service: 'ec2.amazonaws.com' })),
    maxSessionDurationSeconds: 3600,
    inlinePolicies: new Map([['inline', readPermissionsPolicy(read, 'inline')]]),
    attachedPolicyArns: [],
    ...change,
  });
}

async function custom(input: Partial<SimulateCustomPolicyCommandInput>): Promise<EvaluationResult> {
  const command = new SimulateCustomPolicyCommand({ PolicyInputList: [read], ActionNames, ...input });
  return (await iam.send(command)).EvaluationResults?.[0] as EvaluationResult;
}

async function principal(input: Partial<SimulatePrincipalPolicyCommandInput>): Promise<EvaluationResult> {
  const command = new SimulatePrincipalPolicyCommand({ PolicySourceArn: roleArn, ActionNames, ...input });
  return (await iam.send(command)).EvaluationResults?.[0] as EvaluationResult;
}

describe('a simulation of policies', () => {
  test('answers as AWS does', async () => {
    const lines = JSON.stringify(JSON.parse(read), null, 4);
    expect(await custom({ PolicyInputList: [lines], ResourceArns: [object] })).toEqual({
      EvalActionName: 's3:GetObject',
      EvalResourceName: object,
      EvalDecision: 'allowed',
      EvalDecisionDetails: {},
      MatchedStatements: [
        {
          SourcePolicyId: 'PolicyInputList.1',
          SourcePolicyType: 'none',
          StartPosition: { Line: 3, Column: 19 },
          EndPosition: { Line: 8, Column: 10 },
        },
      ],
      MissingContextValues: [],
      ResourceSpecificResults: [
        {
          EvalResourceName: object,
          EvalResourceDecision: 'allowed',
          MatchedStatements: [
            {
              SourcePolicyId: 'PolicyInputList.1',
              SourcePolicyType: 'none',
              StartPosition: { Line: 3, Column: 19 },
              EndPosition: { Line: 8, Column: 10 },
            },
          ],
          MissingContextValues: [],
        },
      ],
    });
  });

  test.each([
    ['allowed', [read], [object]],
    ['implicitDeny', [read], [other]],
    ['implicitDeny', [read], undefined],
    ['explicitDeny', [read, deny], [object]],
    ['explicitDeny', [deny], [object]],
    ['allowed', [read, readOther], [object, other]],
    ['implicitDeny', [read], [object, other]],
  ] as const)('decides %s', async (decision, PolicyInputList, ResourceArns) => {
    const resources = ResourceArns === undefined ? {} : { ResourceArns: [...ResourceArns] };
    expect((await custom({ PolicyInputList: [...PolicyInputList], ...resources })).EvalDecision).toBe(decision);
  });

  test('names the statements that decided: only denials for a denial, and none without a decision', async () => {
    const ids = async (...PolicyInputList: string[]) =>
      (await custom({ PolicyInputList, ResourceArns: [object] })).MatchedStatements?.map((one) => one.SourcePolicyId);
    expect(await ids(read, read)).toEqual(['PolicyInputList.1', 'PolicyInputList.2']);
    expect(await ids(read, deny)).toEqual(['PolicyInputList.2']);
    expect(await ids(readOther)).toEqual([]);
  });

  test('reports each resource, and the strictest decision for all of them', async () => {
    const { EvalDecision, ResourceSpecificResults } = await custom({ ResourceArns: [object, other] });
    expect(EvalDecision).toBe('implicitDeny');
    expect(ResourceSpecificResults?.map((one) => [one.EvalResourceName, one.EvalResourceDecision])).toEqual([
      [object, 'allowed'],
      [other, 'implicitDeny'],
    ]);
  });

  test('takes context keys from the request, and names those that are missing', async () => {
    const conditional = policyDocument({
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: '*',
      Condition: { StringEquals: { 'aws:PrincipalTag/Team': 'Backup' }, Bool: { 'aws:SecureTransport': 'true' } },
    });
    const without = await custom({ PolicyInputList: [conditional] });
    expect([without.EvalDecision, without.MissingContextValues]).toEqual([
      'implicitDeny',
      ['aws:PrincipalTag/Team', 'aws:SecureTransport'],
    ]);
    const named = await custom({ PolicyInputList: [conditional], ResourceArns: [object] });
    expect([named.MissingContextValues, named.ResourceSpecificResults?.[0]?.MissingContextValues]).toEqual([
      [],
      ['aws:PrincipalTag/Team', 'aws:SecureTransport'],
    ]);
    const context = await custom({
      PolicyInputList: [conditional],
      ContextEntries: [
        { ContextKeyName: 'aws:principaltag/team', ContextKeyType: 'string', ContextKeyValues: ['Backup'] },
        { ContextKeyName: 'aws:SecureTransport', ContextKeyType: 'boolean', ContextKeyValues: ['true'] },
      ],
    });
    expect([context.EvalDecision, context.MissingContextValues]).toEqual(['allowed', []]);
  });

  test('takes context keys with many values', async () => {
    const conditional = policyDocument({
      Effect: 'Allow',
      Action: 's3:GetObject',
      Resource: '*',
      Condition: { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['a', 'b'] } },
    });
    const decide = async (...ContextKeyValues: string[]) => {
      const entry = { ContextKeyName: 'aws:TagKeys', ContextKeyType: 'stringList' as const, ContextKeyValues };
      return (await custom({ PolicyInputList: [conditional], ContextEntries: [entry] })).EvalDecision;
    };
    expect([await decide('a', 'b'), await decide('a', 'c')]).toEqual(['allowed', 'implicitDeny']);
  });

  test('says whether the boundary allows', async () => {
    const bounded = (boundary: string) =>
      custom({ ResourceArns: [object], PermissionsBoundaryPolicyInputList: [boundary] });
    const within = await bounded(read);
    const outside = await bounded(readOther);
    const denied = await bounded(deny);
    expect([within, outside, denied].map((one) => [one.EvalDecision, one.PermissionsBoundaryDecisionDetail])).toEqual([
      ['allowed', { AllowedByPermissionsBoundary: true }],
      ['implicitDeny', { AllowedByPermissionsBoundary: false }],
      ['explicitDeny', { AllowedByPermissionsBoundary: false }],
    ]);
  });

  test('leaves keys and roles to the caller’s policies, although they always have a policy of their own', async () => {
    const policy = policyDocument({ Effect: 'Allow', Action: ['kms:Decrypt', 'sts:AssumeRole'], Resource: '*' });
    for (const [action, resource] of [
      ['kms:Decrypt', keyArn],
      ['sts:AssumeRole', roleArn],
    ] as const) {
      const result = await custom({ PolicyInputList: [policy], ActionNames: [action], ResourceArns: [resource] });
      expect([result.EvalDecision, result.MatchedStatements?.length]).toEqual(['allowed', 1]);
    }
  });

  test('comes page by page', async () => {
    const many = { PolicyInputList: [read], ActionNames: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'] };
    const first = await iam.send(new SimulateCustomPolicyCommand({ ...many, MaxItems: 2 }));
    const second = await iam.send(new SimulateCustomPolicyCommand({ ...many, MaxItems: 2, Marker: first.Marker }));
    expect([first, second].map((page) => page.EvaluationResults?.map((one) => one.EvalActionName))).toEqual([
      ['s3:GetObject', 's3:PutObject'],
      ['s3:DeleteObject'],
    ]);
  });
});

describe('a resource policy in a simulation', () => {
  const ResourcePolicy = policyDocument({
    Sid: 'Bucket',
    Effect: 'Allow',
    Principal: { AWS: userArn },
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::other/*',
  });

  test('lets in the user that it names', async () => {
    const result = await custom({ ResourceArns: [other], ResourcePolicy, CallerArn: userArn });
    expect([result.EvalDecision, result.MatchedStatements]).toEqual([
      'allowed',
      [expect.objectContaining({ SourcePolicyId: 'ResourcePolicy', SourcePolicyType: 'resource' })],
    ]);
    const stranger = `arn:aws:iam::${accountId}:user/stranger`;
    expect((await custom({ ResourceArns: [other], ResourcePolicy, CallerArn: stranger })).EvalDecision).toBe(
      'implicitDeny',
    );
  });

  test('is the key policy of a key', async () => {
    const keyPolicy = policyDocument({ Effect: 'Allow', Principal: { AWS: userArn }, Action: 'kms:*', Resource: '*' });
    const decide = async (CallerArn: string) =>
      (
        await custom({
          PolicyInputList: [policyDocument({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' })],
          ActionNames: ['kms:Decrypt'],
          ResourceArns: [keyArn],
          ResourcePolicy: keyPolicy,
          CallerArn,
        })
      ).EvalDecision;
    expect([await decide(userArn), await decide(`${userArn}s`)]).toEqual(['allowed', 'implicitDeny']);
  });

  test.each([
    ['without a caller', () => custom({ ResourcePolicy })],
    ['for a role', () => custom({ ResourcePolicy, CallerArn: roleArn })],
    ['for the role whose policies are simulated', () => principal({ ResourcePolicy })],
  ])('is refused %s', async (_case, simulate) => {
    expect(await failure(simulate())).toMatchObject({ code: 'InvalidInputException', status: 400 });
  });

  test('is taken for the user whose policies are simulated', async () => {
    const result = await principal({ PolicySourceArn: userArn, ResourceArns: [other], ResourcePolicy });
    expect(result.EvalDecision).toBe('allowed');
  });
});

describe('a simulation of a principal', () => {
  test('uses its policies, inline and managed, and those of the request', async () => {
    importPolicy(account.state, `arn:aws:iam::${accountId}:policy/managed`, readOther);
    putRole({ attachedPolicyArns: [`arn:aws:iam::${accountId}:policy/managed`] });
    const sources = async (resource: string, ...PolicyInputList: string[]) =>
      (await principal({ ResourceArns: [resource], PolicyInputList })).MatchedStatements?.map((one) => [
        one.SourcePolicyId,
        one.SourcePolicyType,
      ]);
    expect(await sources(object)).toEqual([['inline', 'role']]);
    expect(await sources(other)).toEqual([['managed', 'user-managed']]);
    expect(await sources(object, deny)).toEqual([['PolicyInputList.1', 'none']]);
    const administrator = await principal({ PolicySourceArn: userArn });
    expect(administrator.MatchedStatements?.[0]).toMatchObject({
      SourcePolicyId: 'AdministratorAccess',
      SourcePolicyType: 'aws-managed',
    });
  });

  test('uses its boundary, unless the request has another', async () => {
    putRole({ permissionsBoundaryArn: boundaryArn });
    const own = await principal({ ResourceArns: [object] });
    const given = await principal({ ResourceArns: [object], PermissionsBoundaryPolicyInputList: [readOther] });
    putRole({ permissionsBoundaryArn: `${boundaryArn}-gone` });
    const gone = await principal({ ResourceArns: [object] });
    expect([own, given, gone].map((one) => [one.EvalDecision, one.PermissionsBoundaryDecisionDetail])).toEqual([
      ['allowed', { AllowedByPermissionsBoundary: true }],
      ['implicitDeny', { AllowedByPermissionsBoundary: false }],
      ['implicitDeny', { AllowedByPermissionsBoundary: false }],
    ]);
    putRole();
    expect((await principal({ ResourceArns: [object] })).PermissionsBoundaryDecisionDetail).toBeUndefined();
  });
});

describe('what a simulation refuses', () => {
  const otherAccount = '444455556666';
  test.each([
    ['a wildcard in an action', () => custom({ ActionNames: ['s3:*'] }), 'InvalidInputException'],
    ['an action without a service', () => custom({ ActionNames: ['GetObject'] }), 'InvalidInputException'],
    ['a resource that is not an ARN', () => custom({ ResourceArns: ['bucket'] }), 'InvalidInputException'],
    ['two boundaries', () => custom({ PermissionsBoundaryPolicyInputList: [read, read] }), 'InvalidInputException'],
    ['no policy', () => custom({ PolicyInputList: [] }), 'InvalidInputException'],
    [
      'a policy with a principal',
      () => custom({ PolicyInputList: [trustPolicy('*' as never)] }),
      'InvalidInputException',
    ],
    [
      'a session as the caller',
      () => custom({ CallerArn: `arn:aws:sts::${accountId}:assumed-role/a/b` }),
      'InvalidInputException',
    ],
    [
      'a group that is not there',
      () => principal({ PolicySourceArn: roleArn.replace('role', 'group') }),
      'NoSuchEntityException',
    ],
    ['a source of another kind', () => principal({ PolicySourceArn: boundaryArn }), 'InvalidInputException'],
    [
      'another account’s resource',
      () => custom({ ResourceArns: [keyArn.replace(accountId, otherAccount)] }),
      'NotImplemented',
    ],
    ['another account as the owner', () => custom({ ResourceOwner: otherAccount }), 'NotImplemented'],
    [
      'two values for a key that has one',
      () =>
        custom({
          ContextEntries: [{ ContextKeyName: 'aws:userid', ContextKeyType: 'string', ContextKeyValues: ['a', 'b'] }],
        }),
      'InvalidInputException',
    ],
  ])('is %s', async (_what, simulate, code) => {
    expect((await failure(simulate())).code).toBe(code);
  });
});

describe('the place of a statement', () => {
  test.each([
    ['{"Statement":{"Effect":"Allow"}}', [[14, 32]]],
    [
      '{"Statement":[{"Effect":"Allow"},{"Effect":"Deny"}]}',
      [
        [15, 33],
        [34, 51],
      ],
    ],
    ['{"Id":"\\"Statement\\":[{}]","Statement":[{"Condition":{"Null":{"a":"}"}}}]}', [[41, 73]]],
  ])('in %s', (text, columns) => {
    const spans = statementSpans(text).map(({ start, end }) => [start.Column, end.Column]);
    expect(spans).toEqual(columns);
  });
});
