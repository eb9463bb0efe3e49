import {
  AddRoleToInstanceProfileCommand,
  AttachRolePolicyCommand,
  CreateInstanceProfileCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  DeleteInstanceProfileCommand,
  DeletePolicyCommand,
  DeletePolicyVersionCommand,
  DeleteRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetInstanceProfileCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserCommand,
  IAMClient,
  ListAccountAliasesCommand,
  ListAttachedRolePoliciesCommand,
  ListEntitiesForPolicyCommand,
  ListInstanceProfilesCommand,
  ListInstanceProfilesForRoleCommand,
  ListInstanceProfileTagsCommand,
  ListPoliciesCommand,
  ListPolicyTagsCommand,
  ListPolicyVersionsCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  ListRoleTagsCommand,
  ListSSHPublicKeysCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  RemoveRoleFromInstanceProfileCommand,
  SetDefaultPolicyVersionCommand,
  SimulateCustomPolicyCommand,
  TagInstanceProfileCommand,
  TagPolicyCommand,
  TagRoleCommand,
  UntagInstanceProfileCommand,
  UntagPolicyCommand,
  UntagRoleCommand,
  UpdateAssumeRolePolicyCommand,
  UpdateRoleCommand,
  UpdateRoleDescriptionCommand,
} from '@aws-sdk/client-iam';
import type { SimulatedAccount } from '../../../lib/simulated-aws';
import { startRoleSession } from '../../../lib/simulated-aws/sts/session/role-session';
import { accountId, clientConfig, failure, policyDocument, startAccount, trustPolicy } from '../account';

let account: SimulatedAccount;
let iam: IAMClient;

beforeAll(async () => {
  account = await startAccount();
  iam = new IAMClient(clientConfig(account));
});

beforeEach(() => {
  const { roles, policies, instanceProfiles } = account.state.iam;
  roles.clear();
  instanceProfiles.clear();
  for (const arn of policies.keys()) {
    if (!arn.includes('::aws:')) policies.delete(arn);
  }
});

afterAll(async () => {
  iam.destroy();
  await account.stop();
});

const ec2Trust = trustPolicy({ Service: 'ec2.amazonaws.com' });
const readPolicy = policyDocument({ Sid: 'Read', Effect: 'Allow', Action: 's3:GetObject', Resource: '*' });
const writePolicy = policyDocument({ Sid: 'Write', Effect: 'Allow', Action: 's3:PutObject', Resource: '*' });
const roleArn = `arn:aws:iam::${accountId}:role/backup/vault`;
const policyArn = `arn:aws:iam::${accountId}:policy/backup/read`;

async function createRole(input: object = {}) {
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName: 'vault', Path: '/backup/', AssumeRolePolicyDocument: ec2Trust, ...input }),
  );
  return Role;
}

async function createPolicy(input: object = {}) {
  const { Policy } = await iam.send(
    new CreatePolicyCommand({ PolicyName: 'read', Path: '/backup/', PolicyDocument: readPolicy, ...input }),
  );
  return Policy;
}

async function createProfile(input: object = {}) {
  const { InstanceProfile } = await iam.send(
    new CreateInstanceProfileCommand({ InstanceProfileName: 'vault', Path: '/backup/', ...input }),
  );
  return InstanceProfile;
}

test.each([
  ['StringEquals', 'vault'],
  ['StringNotEquals', 'AccessDenied'],
])(
  'a policy with a condition key that there is not is kept, and no request has the key: %s',
  async (operator, answer) => {
    await createRole();
    const reading = { Effect: 'Allow', Action: 'iam:GetRole', Resource: '*' };
    const denial = {
      ...reading,
      Effect: 'Deny',
      Condition: { [operator]: { 'aws:PrincipleArn': 'x', 's3:made-up': 'x' } },
    };
    await iam.send(
      new PutRolePolicyCommand({ RoleName: 'vault', PolicyName: 'p', PolicyDocument: policyDocument(reading, denial) }),
    );
    const role = account.state.iam.roles.get('vault');
    if (role === undefined) throw new Error('the role was not made');
    const credentials = startRoleSession(account.state, role, { sessionName: 's', durationSeconds: 900 });
    const client = new IAMClient({ ...clientConfig(account), credentials });
    const got = client.send(new GetRoleCommand({ RoleName: 'vault' })).then(
      ({ Role }) => Role?.RoleName,
      ({ name }) => name,
    );
    expect(await got).toBe(answer);
    client.destroy();
  },
);

describe('a role', () => {
  const tags = [{ Key: 'Team', Value: 'Backup' }];

  test('comes back as it was created', async () => {
    await createPolicy();
    const description = "Vault's role: ü & <b>";
    await createRole({
      Description: description,
      MaxSessionDuration: 7200,
      Tags: tags,
      PermissionsBoundary: policyArn,
    });
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'vault' }));
    expect(Role).toEqual({
      RoleName: 'vault',
      Path: '/backup/',
      RoleId: expect.stringMatching(/^AROA[A-Z2-7]{16}$/),
      Arn: roleArn,
      CreateDate: expect.any(Date),
      AssumeRolePolicyDocument: encodeURIComponent(ec2Trust),
      Description: description,
      MaxSessionDuration: 7200,
      PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: policyArn },
      Tags: tags,
      RoleLastUsed: {},
    });
  });

  test('is changed in its description, its session duration and its trust', async () => {
    await createRole();
    await iam.send(new UpdateRoleCommand({ RoleName: 'vault', Description: 'one', MaxSessionDuration: 3600 }));
    await iam.send(new UpdateRoleCommand({ RoleName: 'vault', MaxSessionDuration: 43_200 }));
    const trust = trustPolicy({ AWS: `arn:aws:iam::${accountId}:root` });
    await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'vault', PolicyDocument: trust }));
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'vault' }));
    expect(Role).toMatchObject({ Description: 'one', MaxSessionDuration: 43_200 });
    await iam.send(new UpdateRoleCommand({ RoleName: 'vault', Description: 'two' }));
    const { Role: changed } = await iam.send(new GetRoleCommand({ RoleName: 'vault' }));
    expect(changed).toMatchObject({ Description: 'two', MaxSessionDuration: 3600 });
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(trust);
    const updated = await iam.send(new UpdateRoleDescriptionCommand({ RoleName: 'vault', Description: 'two' }));
    expect(updated.Role?.Description).toBe('two');
  });

  test('has its boundary put and deleted', async () => {
    await createPolicy();
    await createRole();
    await iam.send(new PutRolePermissionsBoundaryCommand({ RoleName: 'vault', PermissionsBoundary: policyArn }));
    const bounded = await iam.send(new GetRoleCommand({ RoleName: 'vault' }));
    expect(bounded.Role?.PermissionsBoundary?.PermissionsBoundaryArn).toBe(policyArn);
    await iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName: 'vault' }));
    const free = await iam.send(new GetRoleCommand({ RoleName: 'vault' }));
    expect(free.Role?.PermissionsBoundary).toBeUndefined();
  });

  test('has its inline policies put, read, listed and deleted', async () => {
    await createRole();
    const named = { RoleName: 'vault', PolicyName: 'inline' };
    await iam.send(new PutRolePolicyCommand({ ...named, PolicyDocument: writePolicy }));
    const { PolicyDocument } = await iam.send(new GetRolePolicyCommand(named));
    expect(decodeURIComponent(PolicyDocument ?? '')).toBe(writePolicy);
    const list = new ListRolePoliciesCommand({ RoleName: 'vault' });
    expect((await iam.send(list)).PolicyNames).toEqual(['inline']);
    await iam.send(new DeleteRolePolicyCommand(named));
    expect((await iam.send(list)).PolicyNames).toEqual([]);
  });

  test('has managed policies attached once, listed and detached', async () => {
    await createRole();
    await createPolicy();
    const attachment = { RoleName: 'vault', PolicyArn: policyArn };
    await iam.send(new AttachRolePolicyCommand(attachment));
    await iam.send(new AttachRolePolicyCommand(attachment));
    const list = new ListAttachedRolePoliciesCommand({ RoleName: 'vault' });
    expect((await iam.send(list)).AttachedPolicies).toEqual([{ PolicyName: 'read', PolicyArn: policyArn }]);
    const { PolicyRoles, PolicyUsers } = await iam.send(new ListEntitiesForPolicyCommand({ PolicyArn: policyArn }));
    expect([PolicyRoles?.map(({ RoleName }) => RoleName), PolicyUsers]).toEqual([['vault'], []]);
    expect((await iam.send(new GetPolicyCommand({ PolicyArn: policyArn }))).Policy?.AttachmentCount).toBe(1);
    await iam.send(new DetachRolePolicyCommand(attachment));
    expect((await iam.send(list)).AttachedPolicies).toEqual([]);
  });

  test('is listed by path, page by page', async () => {
    for (const RoleName of ['one', 'two', 'three']) await createRole({ RoleName });
    await createRole({ RoleName: 'other', Path: '/other/' });
    const first = await iam.send(new ListRolesCommand({ PathPrefix: '/backup', MaxItems: 2 }));
    const second = await iam.send(new ListRolesCommand({ PathPrefix: '/backup', Marker: first.Marker, MaxItems: 2 }));
    const names = [first, second].map(({ Roles }) => Roles?.map(({ RoleName }) => RoleName));
    expect(names).toEqual([['one', 'two'], ['three']]);
    expect([first.IsTruncated, second.IsTruncated, second.Marker]).toEqual([true, false, undefined]);
  });

  test('is gone once it is deleted', async () => {
    await createRole();
    await iam.send(new DeleteRoleCommand({ RoleName: 'vault' }));
    expect(await failure(iam.send(new GetRoleCommand({ RoleName: 'vault' })))).toEqual({
      code: 'NoSuchEntityException',
      status: 404,
      message: 'The role with name vault cannot be found.',
    });
  });
});

describe('a managed policy', () => {
  test('comes back as it was created, with its document percent-encoded', async () => {
    await createPolicy({ Description: 'Reads', Tags: [{ Key: 'Team', Value: 'Backup' }] });
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn: policyArn }));
    expect(Policy).toEqual({
      PolicyName: 'read',
      PolicyId: expect.stringMatching(/^ANPA[A-Z2-7]{16}$/),
      Arn: policyArn,
      Path: '/backup/',
      DefaultVersionId: 'v1',
      AttachmentCount: 0,
      PermissionsBoundaryUsageCount: 0,
      IsAttachable: true,
      Description: 'Reads',
      CreateDate: expect.any(Date),
      UpdateDate: expect.any(Date),
      Tags: [{ Key: 'Team', Value: 'Backup' }],
    });
    const { PolicyVersion } = await iam.send(new GetPolicyVersionCommand({ PolicyArn: policyArn, VersionId: 'v1' }));
    expect(PolicyVersion).toEqual({
      VersionId: 'v1',
      IsDefaultVersion: true,
      CreateDate: expect.any(Date),
      Document: encodeURIComponent(readPolicy).replaceAll('*', '%2a'),
    });
  });

  test('gets versions that are numbered once, and one of them is the default', async () => {
    await createPolicy();
    const named = { PolicyArn: policyArn };
    await iam.send(new CreatePolicyVersionCommand({ ...named, PolicyDocument: writePolicy, SetAsDefault: true }));
    await iam.send(new CreatePolicyVersionCommand({ ...named, PolicyDocument: readPolicy }));
    await iam.send(new DeletePolicyVersionCommand({ ...named, VersionId: 'v3' }));
    const created = await iam.send(new CreatePolicyVersionCommand({ ...named, PolicyDocument: readPolicy }));
    expect(created.PolicyVersion).toMatchObject({ VersionId: 'v4', IsDefaultVersion: false });
    await iam.send(new SetDefaultPolicyVersionCommand({ ...named, VersionId: 'v4' }));
    const { Versions } = await iam.send(new ListPolicyVersionsCommand(named));
    expect(Versions?.map(({ VersionId, IsDefaultVersion }) => [VersionId, IsDefaultVersion])).toEqual([
      ['v4', true],
      ['v2', false],
      ['v1', false],
    ]);
  });

  test('is listed among the account’s own', async () => {
    await createPolicy();
    const { Policies } = await iam.send(new ListPoliciesCommand({ Scope: 'Local' }));
    expect(Policies?.map(({ Arn }) => Arn)).toEqual([policyArn]);
  });
});

describe('an instance profile', () => {
  test('holds and shows one role', async () => {
    await createRole();
    await createProfile();
    const pair = { InstanceProfileName: 'vault', RoleName: 'vault' };
    await iam.send(new AddRoleToInstanceProfileCommand(pair));
    const { InstanceProfile } = await iam.send(new GetInstanceProfileCommand({ InstanceProfileName: 'vault' }));
    expect(InstanceProfile).toMatchObject({
      InstanceProfileName: 'vault',
      InstanceProfileId: expect.stringMatching(/^AIPA[A-Z2-7]{16}$/),
      Arn: `arn:aws:iam::${accountId}:instance-profile/backup/vault`,
      Roles: [{ Arn: roleArn, AssumeRolePolicyDocument: encodeURIComponent(ec2Trust) }],
    });
    const names = async () => {
      const forRole = await iam.send(new ListInstanceProfilesForRoleCommand({ RoleName: 'vault' }));
      return forRole.InstanceProfiles?.map(({ InstanceProfileName }) => InstanceProfileName);
    };
    expect(await names()).toEqual(['vault']);
    await iam.send(new RemoveRoleFromInstanceProfileCommand(pair));
    expect(await names()).toEqual([]);
    const { InstanceProfiles } = await iam.send(new ListInstanceProfilesCommand({}));
    expect(InstanceProfiles?.map(({ Roles }) => Roles)).toEqual([[]]);
    await iam.send(new DeleteInstanceProfileCommand({ InstanceProfileName: 'vault' }));
  });

  test('is given a role only by someone who may pass the role to EC2', async () => {
    const before = account.requestLog.count;
    await createRole();
    await createProfile();
    await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: 'vault', RoleName: 'vault' }));
    const decisions = account.requestLog.since(before).flatMap((entry) => entry.decisions);
    expect(decisions.map(({ action, resource }) => [action, resource])).toEqual([
      ['iam:CreateRole', roleArn],
      ['iam:CreateInstanceProfile', `arn:aws:iam::${accountId}:instance-profile/backup/vault`],
      ['iam:AddRoleToInstanceProfile', `arn:aws:iam::${accountId}:instance-profile/backup/vault`],
      ['iam:PassRole', roleArn],
    ]);
  });
});

describe('tags', () => {
  const named = { RoleName: 'vault', PolicyArn: policyArn, InstanceProfileName: 'vault' };

  test.each([
    {
      name: 'a role',
      create: () => createRole(),
      tag: (Tags: { Key: string; Value: string }[]) => iam.send(new TagRoleCommand({ ...named, Tags })),
      untag: (TagKeys: string[]) => iam.send(new UntagRoleCommand({ ...named, TagKeys })),
      list: () => iam.send(new ListRoleTagsCommand(named)),
    },
    {
      name: 'a policy',
      create: () => createPolicy(),
      tag: (Tags: { Key: string; Value: string }[]) => iam.send(new TagPolicyCommand({ ...named, Tags })),
      untag: (TagKeys: string[]) => iam.send(new UntagPolicyCommand({ ...named, TagKeys })),
      list: () => iam.send(new ListPolicyTagsCommand(named)),
    },
    {
      name: 'an instance profile',
      create: () => createProfile(),
      tag: (Tags: { Key: string; Value: string }[]) => iam.send(new TagInstanceProfileCommand({ ...named, Tags })),
      untag: (TagKeys: string[]) => iam.send(new UntagInstanceProfileCommand({ ...named, TagKeys })),
      list: () => iam.send(new ListInstanceProfileTagsCommand(named)),
    },
  ])('of $name are put, replaced without regard to case, and removed', async ({ create, tag, untag, list }) => {
    await create();
    await tag([
      { Key: 'Team', Value: 'A' },
      { Key: 'Cost', Value: '' },
    ]);
    await tag([{ Key: 'team', Value: 'B' }]);
    expect((await list()).Tags).toEqual([
      { Key: 'Cost', Value: '' },
      { Key: 'team', Value: 'B' },
    ]);
    await untag(['TEAM', 'Absent']);
    expect((await list()).Tags).toEqual([{ Key: 'Cost', Value: '' }]);
    expect(await failure(tag([{ Key: 'aws:x', Value: '1' }]))).toMatchObject({ code: 'InvalidInputException' });
  });
});

test('the caller can read its own user and the account’s aliases', async () => {
  const { User } = await iam.send(new GetUserCommand({}));
  expect(User).toMatchObject({ UserName: 'administrator', Arn: `arn:aws:iam::${accountId}:user/administrator` });
  expect((await iam.send(new ListAccountAliasesCommand({}))).AccountAliases).toEqual([]);
});

describe('what IAM refuses', () => {
  const everything = async () => {
    await createRole();
    await createPolicy();
    await createProfile();
    await iam.send(new AttachRolePolicyCommand({ RoleName: 'vault', PolicyArn: policyArn }));
    await iam.send(new PutRolePolicyCommand({ RoleName: 'vault', PolicyName: 'inline', PolicyDocument: readPolicy }));
    await iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: 'vault', RoleName: 'vault' }));
  };
  const unattached = `arn:aws:iam::${accountId}:policy/none`;
  const conflict = { code: 'DeleteConflictException', status: 409 };
  const missing = { code: 'NoSuchEntityException', status: 404 };
  const taken = { code: 'EntityAlreadyExistsException', status: 409 };
  const limit = { code: 'LimitExceededException', status: 409 };
  const malformed = { code: 'MalformedPolicyDocumentException', status: 400 };
  const invalid = { code: 'ValidationError', status: 400 };
  const fiftyOne = Array.from({ length: 51 }, (_, index) => `tag-${index}`);
  const named = policyDocument({ Sid: 'a b', Effect: 'Allow', Action: '*', Resource: '*' });
  const unreadable = '{'.repeat(10_241);
  const trusted = { Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole' };
  const unsupported = { code: 'NotImplemented', status: 501 };
  const amazonPolicy = 'arn:aws:iam::aws:policy/ReadOnlyAccess';
  const long = policyDocument({
    Effect: 'Allow',
    Action: 's3:GetObject',
    Resource: `arn:aws:s3:::${'b'.repeat(6144)}`,
  });

  test.each([
    { name: 'a role name that differs in case alone', send: () => createRole({ RoleName: 'VAULT' }), expected: taken },
    { name: 'a policy name under another path', send: () => createPolicy({ Path: '/' }), expected: taken },
    { name: 'an instance profile name twice', send: () => createProfile(), expected: taken },
    {
      name: 'to delete a role in an instance profile',
      send: () => iam.send(new DeleteRoleCommand({ RoleName: 'vault' })),
      expected: conflict,
    },
    {
      name: 'to delete an attached policy',
      send: () => iam.send(new DeletePolicyCommand({ PolicyArn: policyArn })),
      expected: conflict,
    },
    {
      name: 'to delete a default version',
      send: () => iam.send(new DeletePolicyVersionCommand({ PolicyArn: policyArn, VersionId: 'v1' })),
      expected: conflict,
    },
    {
      name: 'to delete an instance profile with a role',
      send: () => iam.send(new DeleteInstanceProfileCommand({ InstanceProfileName: 'vault' })),
      expected: conflict,
    },
    {
      name: 'a second role in an instance profile',
      send: () => iam.send(new AddRoleToInstanceProfileCommand({ InstanceProfileName: 'vault', RoleName: 'vault' })),
      expected: limit,
    },
    {
      name: 'to attach a policy that is not there',
      send: () => iam.send(new AttachRolePolicyCommand({ RoleName: 'vault', PolicyArn: unattached })),
      expected: missing,
    },
    {
      name: 'to detach a policy that is not attached',
      send: () => iam.send(new DetachRolePolicyCommand({ RoleName: 'vault', PolicyArn: unattached })),
      expected: missing,
    },
    {
      name: 'to read a version that is not there',
      send: () => iam.send(new GetPolicyVersionCommand({ PolicyArn: policyArn, VersionId: 'v9' })),
      expected: missing,
    },
    {
      name: 'to read an inline policy that is not there',
      send: () => iam.send(new GetRolePolicyCommand({ RoleName: 'vault', PolicyName: 'none' })),
      expected: missing,
    },
    {
      name: 'to delete a boundary that is not there',
      send: () => iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName: 'vault' })),
      expected: missing,
    },
    {
      name: 'to remove a role that is not in the profile',
      send: () =>
        iam.send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName: 'vault', RoleName: 'none' })),
      expected: missing,
    },
    {
      name: 'a user that is not there',
      send: () => iam.send(new GetUserCommand({ UserName: 'none' })),
      expected: missing,
    },
    {
      name: 'a policy that is not JSON',
      send: () => createPolicy({ PolicyName: 'b', PolicyDocument: '{' }),
      expected: malformed,
    },
    {
      name: 'a policy with a character outside Latin-1',
      send: () => createPolicy({ PolicyName: 'b', PolicyDocument: readPolicy.replace('{', '{"Id":"\u2013",') }),
      expected: invalid,
    },
    {
      name: 'a trust policy with a character outside Latin-1',
      send: () => createRole({ RoleName: 'b', AssumeRolePolicyDocument: ec2Trust.replace('{', '{"Id":"\u2013",') }),
      expected: invalid,
    },
    {
      name: 'a description of a role with a character outside Latin-1',
      send: () => createRole({ RoleName: 'b', Description: '\u2013' }),
      expected: invalid,
    },
    {
      name: 'a policy path with a character that only role paths may have',
      send: () => createPolicy({ PolicyName: 'b', Path: '/a!/' }),
      expected: invalid,
    },
    {
      name: 'a role with 51 tags',
      send: () => createRole({ RoleName: 'b', Tags: fiftyOne.map((Key) => ({ Key, Value: '' })) }),
      expected: invalid,
    },
    {
      name: 'to remove 51 tags',
      send: () => iam.send(new UntagRoleCommand({ RoleName: 'vault', TagKeys: fiftyOne })),
      expected: invalid,
    },
    {
      name: 'another kind of entity',
      send: () => iam.send(new ListEntitiesForPolicyCommand({ PolicyArn: policyArn, EntityFilter: 'Host' as never })),
      expected: invalid,
    },
    {
      name: 'another usage of the policies of an entity',
      send: () =>
        iam.send(new ListEntitiesForPolicyCommand({ PolicyArn: policyArn, PolicyUsageFilter: 'Other' as never })),
      expected: invalid,
    },
    {
      name: 'another usage of policies',
      send: () => iam.send(new ListPoliciesCommand({ PolicyUsageFilter: 'Other' as never })),
      expected: invalid,
    },
    {
      name: 'a policy whose Sid has a space',
      send: () => createPolicy({ PolicyName: 'b', PolicyDocument: named }),
      expected: malformed,
    },
    {
      name: 'a trust policy whose Sid has a space',
      send: () => createRole({ RoleName: 'b', AssumeRolePolicyDocument: policyDocument({ ...trusted, Sid: 'a b' }) }),
      expected: malformed,
    },
    {
      name: 'a policy with a principal',
      send: () => createPolicy({ PolicyName: 'b', PolicyDocument: ec2Trust }),
      expected: malformed,
    },
    {
      name: 'a trust policy for other actions',
      send: () =>
        createRole({
          RoleName: 'b',
          AssumeRolePolicyDocument: policyDocument({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject' }),
        }),
      expected: malformed,
    },
    {
      name: 'a trust policy for a role that is not there',
      send: () =>
        createRole({
          RoleName: 'b',
          AssumeRolePolicyDocument: trustPolicy({ AWS: `arn:aws:iam::${accountId}:role/none` }),
        }),
      expected: malformed,
    },
    {
      name: 'a policy of more than 6,144 characters',
      send: () => createPolicy({ PolicyName: 'b', PolicyDocument: long }),
      expected: limit,
    },
    {
      name: 'an inline policy beyond 10,240 characters in all',
      send: () =>
        iam.send(
          new PutRolePolicyCommand({
            RoleName: 'vault',
            PolicyName: 'b',
            PolicyDocument: long.replace('b'.repeat(6144), 'b'.repeat(10_240)),
          }),
        ),
      expected: limit,
    },
    {
      name: 'a trust policy of more than 2,048 characters',
      send: () =>
        createRole({
          RoleName: 'b',
          AssumeRolePolicyDocument: trustPolicy({ AWS: `arn:aws:iam::444455556666:role/${'r'.repeat(2048)}` }),
        }),
      expected: limit,
    },
    {
      name: 'an unreadable policy that is too long, for its length',
      send: () => createPolicy({ PolicyName: 'b', PolicyDocument: unreadable }),
      expected: limit,
    },
    {
      name: 'an unreadable inline policy that is too long, for its length',
      send: () =>
        iam.send(new PutRolePolicyCommand({ RoleName: 'vault', PolicyName: 'b', PolicyDocument: unreadable })),
      expected: limit,
    },
    {
      name: 'an unreadable trust policy that is too long, for its length',
      send: () => createRole({ RoleName: 'b', AssumeRolePolicyDocument: unreadable }),
      expected: limit,
    },
    {
      name: 'an unreadable policy to simulate of more than 131,072 characters, for its length',
      send: () =>
        iam.send(
          new SimulateCustomPolicyCommand({ PolicyInputList: [' '.repeat(131_073)], ActionNames: ['s3:GetObject'] }),
        ),
      expected: invalid,
    },
    { name: 'a role name with a space', send: () => createRole({ RoleName: 'a b' }), expected: invalid },
    { name: 'a role name of 65 characters', send: () => createRole({ RoleName: 'r'.repeat(65) }), expected: invalid },
    { name: 'a path without its last slash', send: () => createRole({ RoleName: 'b', Path: '/b' }), expected: invalid },
    {
      name: 'a session duration under an hour',
      send: () => createRole({ RoleName: 'b', MaxSessionDuration: 3599 }),
      expected: invalid,
    },
    {
      name: 'a session duration over twelve hours',
      send: () => createRole({ RoleName: 'b', MaxSessionDuration: 43_201 }),
      expected: invalid,
    },
    {
      name: 'a marker that it never issued',
      send: () => iam.send(new ListRolesCommand({ Marker: 'x' })),
      expected: invalid,
    },
    {
      name: 'more than 50 tags, counting those already there',
      send: async () => {
        const Tags = fiftyOne.map((Key) => ({ Key, Value: '' }));
        await iam.send(new TagRoleCommand({ RoleName: 'vault', Tags: Tags.slice(1) }));
        return await iam.send(new TagRoleCommand({ RoleName: 'vault', Tags: Tags.slice(0, 1) }));
      },
      expected: limit,
    },
    {
      name: 'one tag key twice',
      send: () =>
        iam.send(
          new TagRoleCommand({
            RoleName: 'vault',
            Tags: [
              { Key: 'a', Value: '1' },
              { Key: 'A', Value: '2' },
            ],
          }),
        ),
      expected: { code: 'InvalidInputException', status: 400 },
    },
    {
      name: 'to change a policy of AWS',
      send: () => iam.send(new DeletePolicyCommand({ PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' })),
      expected: invalid,
    },
    {
      name: 'a policy of AWS that is not held here',
      send: () => iam.send(new AttachRolePolicyCommand({ RoleName: 'vault', PolicyArn: amazonPolicy })),
      expected: { ...unsupported, message: expect.stringContaining(amazonPolicy) },
    },
    {
      name: 'an operation that is not simulated',
      send: () => iam.send(new ListSSHPublicKeysCommand({})),
      expected: { ...unsupported, message: 'The simulated AWS account does not implement iam:ListSSHPublicKeys.' },
    },
    {
      name: 'a parameter that is not simulated',
      send: () =>
        iam.send(
          new SimulateCustomPolicyCommand({
            PolicyInputList: [readPolicy],
            ActionNames: ['s3:GetObject'],
            ResourceHandlingOption: 'EC2-VPC-EBS',
          }),
        ),
      expected: { ...unsupported, message: expect.stringContaining("'ResourceHandlingOption'") },
    },
  ])('is $name', async ({ send, expected }) => {
    await everything();
    expect(await failure(send())).toMatchObject(expected);
  });

  test('is to delete a role step by step, until nothing holds it', async () => {
    await everything();
    const remove = () => failure(iam.send(new DeleteRoleCommand({ RoleName: 'vault' })));
    await iam.send(new RemoveRoleFromInstanceProfileCommand({ InstanceProfileName: 'vault', RoleName: 'vault' }));
    expect((await remove()).message).toBe('Cannot delete entity, must detach all policies first.');
    await iam.send(new DetachRolePolicyCommand({ RoleName: 'vault', PolicyArn: policyArn }));
    expect((await remove()).message).toBe('Cannot delete entity, must delete policies first.');
    await iam.send(new DeleteRolePolicyCommand({ RoleName: 'vault', PolicyName: 'inline' }));
    await iam.send(new DeleteRoleCommand({ RoleName: 'vault' }));
  });

  test('is a sixth version of a policy, and to delete a policy that has more than one', async () => {
    await createPolicy();
    const add = () => iam.send(new CreatePolicyVersionCommand({ PolicyArn: policyArn, PolicyDocument: writePolicy }));
    for (const _ of [2, 3, 4, 5]) await add();
    expect(await failure(add())).toMatchObject(limit);
    expect(await failure(iam.send(new DeletePolicyCommand({ PolicyArn: policyArn })))).toMatchObject(conflict);
  });

  test('is an eleventh policy on a role', async () => {
    await createRole();
    const attach = async (index: number) => {
      const policy = await createPolicy({ PolicyName: `p${index}` });
      await iam.send(new AttachRolePolicyCommand({ RoleName: 'vault', PolicyArn: policy?.Arn ?? '' }));
    };
    for (let index = 1; index <= 10; index += 1) await attach(index);
    expect(await failure(attach(11))).toMatchObject(limit);
  });
});
