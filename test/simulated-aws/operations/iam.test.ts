import * as sdk from '@aws-sdk/client-iam';
import type { SimulatedAccount } from '../../../lib/simulated-aws';
import { IAM_OPERATIONS } from '../../../lib/simulated-aws/iam/operations';
import type { IamState } from '../../../lib/simulated-aws/state/services/iam-state';
import { accountId, clientConfig, failure, policyDocument, startAccount, trustPolicy } from '../account';
import {
  type AnyCommand,
  errorCases,
  idleReasons,
  type MakeCommand,
  type NeverHere,
  type OperationRow,
  type OperationRows,
  permissionCases,
  untestedErrors,
} from './operation-rows';
import { keepState } from './prepared-state';
import { configWithout, type RawAnswer, recordAnswers } from './recorded-client';

const SDK = '@aws-sdk/client-iam';
let account: SimulatedAccount;
let iam: sdk.IAMClient;
let lastAnswer: () => RawAnswer;
let restore: () => void;

const RoleName = 'vault';
const InstanceProfileName = 'vault';
const PolicyArn = `arn:aws:iam::${accountId}:policy/read`;
const freePolicyArn = `arn:aws:iam::${accountId}:policy/free`;
const OpenIDConnectProviderArn = `arn:aws:iam::${accountId}:oidc-provider/oidc.example.com`;
const roleArn = `arn:aws:iam::${accountId}:role/vault`;
const thumbprint = 'cf23df2207d99a74fbe169e3eba035e633b65d94';
const document = policyDocument({ Sid: 'Read', Effect: 'Allow', Action: 's3:GetObject', Resource: '*' });
const trust = trustPolicy({ Service: 'ec2.amazonaws.com' });
const tags = (count: number) => Array.from({ length: count }, (_, index) => ({ Key: `k${index}`, Value: 'v' }));
const twice = [
  { Key: 'a', Value: '1' },
  { Key: 'A', Value: '2' },
];
const long = (count: number) =>
  policyDocument({ Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::b/${'k'.repeat(count)}` });
const longTrust = trustPolicy({ AWS: `arn:aws:iam::444455556666:role/${'r'.repeat(2048)}` });

beforeAll(async () => {
  account = await startAccount();
  iam = new sdk.IAMClient(clientConfig(account));
  lastAnswer = recordAnswers(iam);
  await prepare();
  const { roles, policies, instanceProfiles, openIdConnectProviders } = account.state.iam;
  restore = keepState(roles, policies, instanceProfiles, openIdConnectProviders);
});

afterEach(() => restore());

afterAll(async () => {
  iam.destroy();
  await account.stop();
});

const send = (command: AnyCommand, client: sdk.IAMClient = iam): Promise<object> => client.send(command as never);

/** A role with everything that a role can have, a policy with two versions, and of each kind one that nothing holds. */
async function prepare(): Promise<void> {
  const { createPolicyVersion, ...first } = {
    policies: ['read', 'free'].map(
      (PolicyName) => new sdk.CreatePolicyCommand({ PolicyName, PolicyDocument: document }),
    ),
    roles: [
      new sdk.CreateRoleCommand({
        RoleName,
        AssumeRolePolicyDocument: trust,
        PermissionsBoundary: PolicyArn,
        Tags: tags(1),
      }),
      new sdk.CreateRoleCommand({ RoleName: 'free', AssumeRolePolicyDocument: trust }),
    ],
    createPolicyVersion: new sdk.CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: document }),
    attachments: [
      new sdk.AttachRolePolicyCommand({ RoleName, PolicyArn }),
      new sdk.PutRolePolicyCommand({ RoleName, PolicyName: 'inline', PolicyDocument: document }),
    ],
    profiles: [
      new sdk.CreateInstanceProfileCommand({ InstanceProfileName }),
      new sdk.CreateInstanceProfileCommand({ InstanceProfileName: 'free' }),
      new sdk.AddRoleToInstanceProfileCommand({ InstanceProfileName, RoleName }),
    ],
    provider: [
      new sdk.CreateOpenIDConnectProviderCommand({
        Url: 'https://oidc.example.com',
        ClientIDList: ['one'],
        ThumbprintList: [thumbprint],
      }),
    ],
  };
  for (const command of [...Object.values(first).flat(), createPolicyVersion]) await send(command);
}

/** Sends these first, one after the other. */
const after =
  (earlier: readonly AnyCommand[], request: MakeCommand): MakeCommand =>
  async () => {
    for (const command of earlier) await send(command);
    return await request();
  };

type Constructor = new (input: never) => AnyCommand;

/** An operation on a role, profile, policy or provider that is there, with what it is refused for one that is not. */
function on(
  Command: Constructor,
  named: object,
  { answer = {}, more = {}, ...rest }: { answer?: object; more?: object } & Partial<OperationRow> = {},
): OperationRow {
  const make = (name: object) => () => new Command({ ...more, ...name } as never);
  const [parameter = ''] = Object.keys(named);
  const absent: Readonly<Record<string, string>> = {
    PolicyArn: `arn:aws:iam::${accountId}:policy/none`,
    OpenIDConnectProviderArn: `arn:aws:iam::${accountId}:oidc-provider/none.example.com`,
  };
  const malformed = parameter.endsWith('Arn')
    ? { InvalidInput: make({ ...named, [parameter]: 'arn:aws:iam::none-such-thing' }) }
    : {};
  return {
    request: make(named),
    answer,
    ...rest,
    errors: {
      NoSuchEntity: make({ ...named, [parameter]: absent[parameter] ?? 'none' }),
      ...malformed,
      ...rest.errors,
    },
  };
}

const role = { RoleName };
const profile = { InstanceProfileName };
const policy = { PolicyArn };
const provider = { OpenIDConnectProviderArn };
const inline = { RoleName, PolicyName: 'inline' };

const rows: OperationRows = {
  AddClientIDToOpenIDConnectProvider: on(sdk.AddClientIDToOpenIDConnectProviderCommand, provider, {
    more: { ClientID: 'two' },
    errors: {
      LimitExceeded: after(
        [
          new sdk.DeleteOpenIDConnectProviderCommand(provider),
          new sdk.CreateOpenIDConnectProviderCommand({
            Url: 'https://oidc.example.com',
            ClientIDList: Array.from({ length: 100 }, (_, index) => `c${index}`),
            ThumbprintList: [thumbprint],
          }),
        ],
        () => new sdk.AddClientIDToOpenIDConnectProviderCommand({ ...provider, ClientID: 'more' }),
      ),
    },
  }),
  AddRoleToInstanceProfile: on(
    sdk.AddRoleToInstanceProfileCommand,
    { InstanceProfileName: 'free', RoleName },
    {
      permissions: ['iam:AddRoleToInstanceProfile', 'iam:PassRole'],
      errors: { LimitExceeded: () => new sdk.AddRoleToInstanceProfileCommand({ ...profile, RoleName: 'free' }) },
    },
  ),
  AttachRolePolicy: on(
    sdk.AttachRolePolicyCommand,
    { PolicyArn, RoleName: 'free' },
    {
      errors: {
        LimitExceeded: async () => {
          const names = Array.from({ length: 10 }, (_, index) => `more${index}`);
          for (const PolicyName of names) {
            await send(new sdk.CreatePolicyCommand({ PolicyName, PolicyDocument: document }));
            const arn = PolicyArn.replace('read', PolicyName);
            await send(new sdk.AttachRolePolicyCommand({ RoleName: 'free', PolicyArn: arn }));
          }
          return new sdk.AttachRolePolicyCommand({ RoleName: 'free', PolicyArn });
        },
      },
    },
  ),
  CreateInstanceProfile: {
    request: () => new sdk.CreateInstanceProfileCommand({ InstanceProfileName: 'new', Tags: tags(1) }),
    answer: { InstanceProfile: { InstanceProfileName: 'new', Roles: [] } },
    permissions: ['iam:CreateInstanceProfile', 'iam:TagInstanceProfile'],
    errors: {
      EntityAlreadyExists: () => new sdk.CreateInstanceProfileCommand({ InstanceProfileName: 'VAULT' }),
      InvalidInput: () => new sdk.CreateInstanceProfileCommand({ InstanceProfileName: 'new', Tags: twice }),
    },
  },
  CreateOpenIDConnectProvider: {
    request: () =>
      new sdk.CreateOpenIDConnectProviderCommand({
        Url: 'https://new.example.com/path',
        ThumbprintList: [thumbprint],
        Tags: tags(1),
      }),
    answer: { OpenIDConnectProviderArn: `arn:aws:iam::${accountId}:oidc-provider/new.example.com/path`, Tags: tags(1) },
    permissions: ['iam:CreateOpenIDConnectProvider', 'iam:TagOpenIDConnectProvider'],
    errors: {
      EntityAlreadyExists: () =>
        new sdk.CreateOpenIDConnectProviderCommand({ Url: 'https://oidc.example.com', ThumbprintList: [thumbprint] }),
      InvalidInput: () =>
        new sdk.CreateOpenIDConnectProviderCommand({ Url: 'https://new.example.com', ThumbprintList: ['short'] }),
      LimitExceeded: () =>
        new sdk.CreateOpenIDConnectProviderCommand({
          Url: 'https://new.example.com',
          ThumbprintList: [thumbprint],
          ClientIDList: Array.from({ length: 101 }, (_, index) => `c${index}`),
        }),
    },
  },
  CreatePolicy: {
    request: () => new sdk.CreatePolicyCommand({ PolicyName: 'new', PolicyDocument: document, Tags: tags(1) }),
    answer: { Policy: { PolicyName: 'new', DefaultVersionId: 'v1', Tags: tags(1) } },
    permissions: ['iam:CreatePolicy', 'iam:TagPolicy'],
    errors: {
      EntityAlreadyExists: () => new sdk.CreatePolicyCommand({ PolicyName: 'READ', PolicyDocument: document }),
      InvalidInput: () => new sdk.CreatePolicyCommand({ PolicyName: 'new', PolicyDocument: document, Tags: twice }),
      LimitExceeded: () => new sdk.CreatePolicyCommand({ PolicyName: 'new', PolicyDocument: long(6144) }),
      MalformedPolicyDocument: () => new sdk.CreatePolicyCommand({ PolicyName: 'new', PolicyDocument: '{' }),
    },
  },
  CreatePolicyVersion: on(sdk.CreatePolicyVersionCommand, policy, {
    more: { PolicyDocument: document },
    answer: { PolicyVersion: { VersionId: 'v3', IsDefaultVersion: false } },
    errors: {
      LimitExceeded: after(
        [3, 4, 5].map(() => new sdk.CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: document })),
        () => new sdk.CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: document }),
      ),
      MalformedPolicyDocument: () => new sdk.CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: trust }),
    },
  }),
  CreateRole: {
    request: () => new sdk.CreateRoleCommand({ RoleName: 'new', AssumeRolePolicyDocument: trust, Tags: tags(1) }),
    answer: { Role: { RoleName: 'new', MaxSessionDuration: 3600, Tags: tags(1) } },
    permissions: ['iam:CreateRole', 'iam:TagRole'],
    errors: {
      EntityAlreadyExists: () => new sdk.CreateRoleCommand({ RoleName: 'VAULT', AssumeRolePolicyDocument: trust }),
      InvalidInput: () => new sdk.CreateRoleCommand({ RoleName: 'new', AssumeRolePolicyDocument: trust, Tags: twice }),
      LimitExceeded: () => new sdk.CreateRoleCommand({ RoleName: 'new', AssumeRolePolicyDocument: longTrust }),
      MalformedPolicyDocument: () => new sdk.CreateRoleCommand({ RoleName: 'new', AssumeRolePolicyDocument: document }),
    },
  },
  DeleteInstanceProfile: on(
    sdk.DeleteInstanceProfileCommand,
    { InstanceProfileName: 'free' },
    { errors: { DeleteConflict: () => new sdk.DeleteInstanceProfileCommand(profile) } },
  ),
  DeleteOpenIDConnectProvider: {
    request: () => new sdk.DeleteOpenIDConnectProviderCommand(provider),
    answer: {},
    errors: {
      InvalidInput: () => new sdk.DeleteOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: roleArn }),
    },
  },
  DeletePolicy: on(
    sdk.DeletePolicyCommand,
    { PolicyArn: freePolicyArn },
    { errors: { DeleteConflict: () => new sdk.DeletePolicyCommand(policy) } },
  ),
  DeletePolicyVersion: on(sdk.DeletePolicyVersionCommand, policy, {
    more: { VersionId: 'v2' },
    errors: { DeleteConflict: () => new sdk.DeletePolicyVersionCommand({ PolicyArn, VersionId: 'v1' }) },
  }),
  DeleteRole: on(
    sdk.DeleteRoleCommand,
    { RoleName: 'free' },
    { errors: { DeleteConflict: () => new sdk.DeleteRoleCommand(role) } },
  ),
  DeleteRolePermissionsBoundary: on(sdk.DeleteRolePermissionsBoundaryCommand, role),
  DeleteRolePolicy: on(sdk.DeleteRolePolicyCommand, inline),
  DetachRolePolicy: on(sdk.DetachRolePolicyCommand, { PolicyArn, RoleName }),
  GenerateCredentialReport: {
    request: () => new sdk.GenerateCredentialReportCommand({}),
    answer: { State: 'COMPLETE' },
    errors: {},
  },
  GenerateServiceLastAccessedDetails: {
    request: () => new sdk.GenerateServiceLastAccessedDetailsCommand({ Arn: roleArn }),
    answer: { JobId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    errors: {
      InvalidInput: () => new sdk.GenerateServiceLastAccessedDetailsCommand({ Arn: 'arn:aws:s3:::none-such-bucket' }),
      NoSuchEntity: () => new sdk.GenerateServiceLastAccessedDetailsCommand({ Arn: `${roleArn}s` }),
    },
  },
  GetAccountPasswordPolicy: {
    request: () => new sdk.GetAccountPasswordPolicyCommand({}),
    answer: {},
    refusal: 'NoSuchEntityException',
    errors: { NoSuchEntity: () => new sdk.GetAccountPasswordPolicyCommand({}) },
  },
  GetAccountSummary: {
    request: () => new sdk.GetAccountSummaryCommand({}),
    answer: {
      SummaryMap: {
        AccountMFAEnabled: 0,
        InstanceProfiles: 2,
        Policies: 2,
        PolicyVersionsInUse: 3,
        Roles: 2,
        RolesQuota: 1000,
        Users: 1,
      },
    },
    errors: {},
  },
  GetContextKeysForCustomPolicy: {
    request: () => new sdk.GetContextKeysForCustomPolicyCommand({ PolicyInputList: [conditional()] }),
    answer: { ContextKeyNames: ['aws:SourceIp', 'aws:username'] },
    errors: { InvalidInput: () => new sdk.GetContextKeysForCustomPolicyCommand({ PolicyInputList: ['{'] }) },
  },
  GetContextKeysForPrincipalPolicy: on(
    sdk.GetContextKeysForPrincipalPolicyCommand,
    { PolicySourceArn: roleArn },
    {
      more: { PolicyInputList: [conditional()] },
      answer: { ContextKeyNames: ['aws:SourceIp', 'aws:username'] },
      errors: {
        NoSuchEntity: () => new sdk.GetContextKeysForPrincipalPolicyCommand({ PolicySourceArn: `${roleArn}s` }),
      },
    },
  ),
  GetCredentialReport: {
    request: () => new sdk.GetCredentialReportCommand({}),
    answer: { ReportFormat: 'text/csv' },
    errors: {},
  },
  GetInstanceProfile: on(sdk.GetInstanceProfileCommand, profile, {
    answer: { InstanceProfile: { Roles: [{ RoleName }] } },
  }),
  GetLoginProfile: on(sdk.GetLoginProfileCommand, { UserName: 'administrator' }, { refusal: 'NoSuchEntityException' }),
  GetOpenIDConnectProvider: on(sdk.GetOpenIDConnectProviderCommand, provider, {
    answer: { Url: 'oidc.example.com', ClientIDList: ['one'], ThumbprintList: [thumbprint] },
  }),
  GetPolicy: on(sdk.GetPolicyCommand, policy, {
    answer: { Policy: { AttachmentCount: 1, PermissionsBoundaryUsageCount: 1 } },
  }),
  GetPolicyVersion: on(sdk.GetPolicyVersionCommand, policy, {
    more: { VersionId: 'v1' },
    answer: { PolicyVersion: { VersionId: 'v1', IsDefaultVersion: true } },
  }),
  GetRole: on(sdk.GetRoleCommand, role, { answer: { Role: { RoleName, Arn: roleArn } } }),
  GetRolePolicy: on(sdk.GetRolePolicyCommand, inline, { answer: inline }),
  GetServiceLastAccessedDetails: {
    request: async () => new sdk.GetServiceLastAccessedDetailsCommand({ JobId: await lastAccessedJob() }),
    answer: {
      JobStatus: 'COMPLETED',
      ServicesLastAccessed: [{ ServiceNamespace: 's3', TotalAuthenticatedEntities: 0 }],
    },
    errors: { NoSuchEntity: () => new sdk.GetServiceLastAccessedDetailsCommand({ JobId: '0'.repeat(36) }) },
  },
  GetUser: on(sdk.GetUserCommand, { UserName: 'administrator' }, { answer: { User: { UserName: 'administrator' } } }),
  ListAccessKeys: on(
    sdk.ListAccessKeysCommand,
    { UserName: 'administrator' },
    { answer: { AccessKeyMetadata: [{ UserName: 'administrator', Status: 'Active' }] } },
  ),
  ListAccountAliases: {
    request: () => new sdk.ListAccountAliasesCommand({}),
    answer: { AccountAliases: [], IsTruncated: false },
    errors: {},
  },
  ListAttachedRolePolicies: on(sdk.ListAttachedRolePoliciesCommand, role, {
    answer: { AttachedPolicies: [{ PolicyName: 'read', PolicyArn }] },
  }),
  ListAttachedUserPolicies: on(
    sdk.ListAttachedUserPoliciesCommand,
    { UserName: 'administrator' },
    { answer: { AttachedPolicies: [{ PolicyName: 'AdministratorAccess' }] } },
  ),
  ListEntitiesForPolicy: on(sdk.ListEntitiesForPolicyCommand, policy, { answer: { PolicyRoles: [{ RoleName }] } }),
  ListGroups: { request: () => new sdk.ListGroupsCommand({}), answer: { Groups: [] }, errors: {} },
  ListGroupsForUser: on(sdk.ListGroupsForUserCommand, { UserName: 'administrator' }, { answer: { Groups: [] } }),
  ListInstanceProfiles: {
    request: () => new sdk.ListInstanceProfilesCommand({}),
    answer: { InstanceProfiles: [{ InstanceProfileName }, { InstanceProfileName: 'free' }] },
    errors: {},
  },
  ListInstanceProfilesForRole: on(sdk.ListInstanceProfilesForRoleCommand, role, {
    answer: { InstanceProfiles: [{ InstanceProfileName }] },
  }),
  ListInstanceProfileTags: on(sdk.ListInstanceProfileTagsCommand, profile, { answer: { Tags: [] } }),
  ListMFADevices: on(sdk.ListMFADevicesCommand, { UserName: 'administrator' }, { answer: { MFADevices: [] } }),
  ListOpenIDConnectProviders: {
    request: () => new sdk.ListOpenIDConnectProvidersCommand({}),
    answer: { OpenIDConnectProviderList: [{ Arn: OpenIDConnectProviderArn }] },
    errors: {},
  },
  ListOpenIDConnectProviderTags: on(sdk.ListOpenIDConnectProviderTagsCommand, provider, { answer: { Tags: [] } }),
  ListOrganizationsFeatures: {
    request: () => new sdk.ListOrganizationsFeaturesCommand({}),
    answer: {},
    refusal: 'OrganizationNotFoundException',
    errors: {},
  },
  ListPolicies: {
    request: () => new sdk.ListPoliciesCommand({ Scope: 'Local', OnlyAttached: true }),
    answer: { Policies: [{ PolicyName: 'read' }] },
    errors: {},
  },
  ListPolicyTags: on(sdk.ListPolicyTagsCommand, policy, { answer: { Tags: [] } }),
  ListPolicyVersions: on(sdk.ListPolicyVersionsCommand, policy, {
    answer: { Versions: [{ VersionId: 'v2' }, { VersionId: 'v1' }] },
  }),
  ListRolePolicies: on(sdk.ListRolePoliciesCommand, role, { answer: { PolicyNames: ['inline'] } }),
  ListRoles: {
    request: () => new sdk.ListRolesCommand({ MaxItems: 1 }),
    answer: { Roles: [{ RoleName }], IsTruncated: true },
    errors: {},
  },
  ListRoleTags: on(sdk.ListRoleTagsCommand, role, { answer: { Tags: tags(1) } }),
  ListSAMLProviders: {
    request: () => new sdk.ListSAMLProvidersCommand({}),
    answer: { SAMLProviderList: [] },
    errors: {},
  },
  ListServerCertificates: {
    request: () => new sdk.ListServerCertificatesCommand({}),
    answer: { ServerCertificateMetadataList: [] },
    errors: {},
  },
  ListServiceSpecificCredentials: on(
    sdk.ListServiceSpecificCredentialsCommand,
    { UserName: 'administrator' },
    { answer: { ServiceSpecificCredentials: [] } },
  ),
  ListUserPolicies: on(sdk.ListUserPoliciesCommand, { UserName: 'administrator' }, { answer: { PolicyNames: [] } }),
  ListUsers: {
    request: () => new sdk.ListUsersCommand({}),
    answer: { Users: [{ UserName: 'administrator' }] },
    errors: {},
  },
  ListUserTags: on(sdk.ListUserTagsCommand, { UserName: 'administrator' }, { answer: { Tags: [] } }),
  ListVirtualMFADevices: {
    request: () => new sdk.ListVirtualMFADevicesCommand({}),
    answer: { VirtualMFADevices: [] },
    errors: {},
  },
  PutRolePermissionsBoundary: on(
    sdk.PutRolePermissionsBoundaryCommand,
    { RoleName: 'free', PermissionsBoundary: PolicyArn },
    {
      errors: {
        InvalidInput: () =>
          new sdk.PutRolePermissionsBoundaryCommand({ RoleName: 'free', PermissionsBoundary: roleArn }),
      },
    },
  ),
  PutRolePolicy: on(
    sdk.PutRolePolicyCommand,
    { RoleName, PolicyName: 'new' },
    {
      more: { PolicyDocument: document },
      errors: {
        LimitExceeded: () => new sdk.PutRolePolicyCommand({ ...inline, PolicyDocument: long(10_240) }),
        MalformedPolicyDocument: () => new sdk.PutRolePolicyCommand({ ...inline, PolicyDocument: '{}' }),
      },
    },
  ),
  RemoveClientIDFromOpenIDConnectProvider: on(sdk.RemoveClientIDFromOpenIDConnectProviderCommand, provider, {
    more: { ClientID: 'one' },
  }),
  RemoveRoleFromInstanceProfile: on(sdk.RemoveRoleFromInstanceProfileCommand, { InstanceProfileName, RoleName }),
  SetDefaultPolicyVersion: on(sdk.SetDefaultPolicyVersionCommand, policy, { more: { VersionId: 'v2' } }),
  SimulateCustomPolicy: {
    request: () => new sdk.SimulateCustomPolicyCommand({ PolicyInputList: [document], ActionNames: ['s3:GetObject'] }),
    answer: { EvaluationResults: [{ EvalActionName: 's3:GetObject', EvalDecision: 'allowed' }] },
    errors: {
      InvalidInput: () =>
        new sdk.SimulateCustomPolicyCommand({ PolicyInputList: ['{'], ActionNames: ['s3:GetObject'] }),
    },
  },
  SimulatePrincipalPolicy: on(
    sdk.SimulatePrincipalPolicyCommand,
    { PolicySourceArn: roleArn },
    {
      more: { ActionNames: ['s3:GetObject'] },
      answer: { EvaluationResults: [{ EvalActionName: 's3:GetObject', EvalDecision: 'allowed' }] },
      errors: {
        NoSuchEntity: () =>
          new sdk.SimulatePrincipalPolicyCommand({ PolicySourceArn: `${roleArn}s`, ActionNames: ['s3:GetObject'] }),
      },
    },
  ),
  TagInstanceProfile: tagging(sdk.TagInstanceProfileCommand, profile),
  TagOpenIDConnectProvider: tagging(sdk.TagOpenIDConnectProviderCommand, provider),
  TagPolicy: tagging(sdk.TagPolicyCommand, policy),
  TagRole: tagging(sdk.TagRoleCommand, role),
  UntagInstanceProfile: on(sdk.UntagInstanceProfileCommand, profile, { more: { TagKeys: ['k0'] } }),
  UntagOpenIDConnectProvider: on(sdk.UntagOpenIDConnectProviderCommand, provider, { more: { TagKeys: ['k0'] } }),
  UntagPolicy: on(sdk.UntagPolicyCommand, policy, { more: { TagKeys: ['k0'] } }),
  UntagRole: on(sdk.UntagRoleCommand, role, { more: { TagKeys: ['k0'] } }),
  UpdateAssumeRolePolicy: on(sdk.UpdateAssumeRolePolicyCommand, role, {
    more: { PolicyDocument: trust },
    errors: {
      LimitExceeded: () => new sdk.UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: longTrust }),
      MalformedPolicyDocument: () => new sdk.UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: document }),
    },
  }),
  UpdateOpenIDConnectProviderThumbprint: on(sdk.UpdateOpenIDConnectProviderThumbprintCommand, provider, {
    more: { ThumbprintList: [thumbprint] },
    errors: {
      InvalidInput: () =>
        new sdk.UpdateOpenIDConnectProviderThumbprintCommand({
          ...provider,
          ThumbprintList: Array.from({ length: 6 }, () => thumbprint),
        }),
    },
  }),
  UpdateRole: on(sdk.UpdateRoleCommand, role, { more: { MaxSessionDuration: 7200 } }),
  UpdateRoleDescription: on(sdk.UpdateRoleDescriptionCommand, role, {
    more: { Description: 'new' },
    answer: { Role: { Description: 'new' } },
  }),
};

function tagging(Command: Constructor, named: object): OperationRow {
  return on(Command, named, {
    more: { Tags: tags(1) },
    errors: {
      InvalidInput: () => new Command({ ...named, Tags: twice } as never),
      LimitExceeded: after(
        [new Command({ ...named, Tags: tags(50) } as never)],
        () => new Command({ ...named, Tags: [{ Key: 'one-more', Value: '' }] } as never),
      ),
    },
  });
}

function conditional(): string {
  return policyDocument({
    Effect: 'Allow',
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::b/${aws:username}/*',
    Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
  });
}

async function lastAccessedJob(): Promise<string> {
  const { JobId = '' } = await iam.send(new sdk.GenerateServiceLastAccessedDetailsCommand({ Arn: roleArn }));
  return JobId;
}

const neverHere: NeverHere = {
  ConcurrentModification: 'requests are answered one at a time',
  ServiceFailure: 'a fault is asked for, and then answers any operation',
  UnmodifiableEntity: 'the account has no service-linked roles',
  PolicyNotAttachable: 'none of the policies that AWS manages for its own services is held here',
  OpenIdIdpCommunicationError: 'nothing is fetched from a provider: one without a thumbprint is NotImplemented',
  CredentialReportExpired: 'a report is always of this moment',
  CredentialReportNotPresent: 'a report is always at hand',
  CredentialReportNotReady: 'a report is made at once',
  AccountNotManagementOrDelegatedAdministrator: 'the account is in no organization',
  OrganizationNotFound: 'it answers every request, which a row of its own tries',
  OrganizationNotInAllFeaturesMode: 'the account is in no organization',
  ServiceAccessNotEnabled: 'the account is in no organization',
  'GenerateCredentialReport.LimitExceeded': 'reports have no quota here',
  'GetServiceLastAccessedDetails.InvalidInput': 'parameters out of range are a ValidationError',
  'ListAttachedUserPolicies.InvalidInput': 'parameters out of range are a ValidationError',
  'ListServiceSpecificCredentials.ServiceNotSupported': 'credentials of every service are listed alike: there are none',
  PolicyEvaluation: 'a policy that cannot be evaluated here is NotImplemented, by its name',
  'AddRoleToInstanceProfile.EntityAlreadyExists': 'a second role is over the quota of one',
  'CreateInstanceProfile.LimitExceeded': 'the number of instance profiles has no quota here',
  'DeleteInstanceProfile.LimitExceeded': 'a deletion exceeds no quota',
  'DeleteOpenIDConnectProvider.NoSuchEntity': 'AWS documents that a provider that is not there is no error',
  'DeletePolicy.LimitExceeded': 'a deletion exceeds no quota',
  'DeletePolicyVersion.LimitExceeded': 'a deletion exceeds no quota',
  'DeleteRole.LimitExceeded': 'a deletion exceeds no quota',
  'DeleteRolePolicy.LimitExceeded': 'a deletion exceeds no quota',
  'DetachRolePolicy.LimitExceeded': 'a deletion exceeds no quota',
  'ListAttachedRolePolicies.InvalidInput': 'parameters out of range are a ValidationError',
  'RemoveRoleFromInstanceProfile.LimitExceeded': 'a deletion exceeds no quota',
  'SetDefaultPolicyVersion.LimitExceeded': 'a default version exceeds no quota',
  'UntagInstanceProfile.InvalidInput': 'parameters out of range are a ValidationError',
};

test('every operation has a row', () => {
  expect(Object.keys(rows).sort()).toEqual([...IAM_OPERATIONS.keys()].sort());
});

test('every error that AWS documents is tested, or listed as never answered here', () => {
  expect(untestedErrors(SDK, rows, neverHere)).toEqual([]);
  expect(idleReasons(SDK, rows, neverHere)).toEqual([]);
});

test.each(Object.entries(rows).filter(([, { refusal }]) => refusal === undefined))(
  '%s succeeds',
  async (_operation, { request, answer }) => {
    expect(await send(await request())).toMatchObject(answer);
  },
);

test.each(
  Object.entries(rows).flatMap(([name, { refusal, request }]) => (refusal ? [[name, refusal, request] as const] : [])),
)('%s answers %s, whoever asks', async (_operation, code, request) => {
  expect(await failure(send(await request()))).toMatchObject({ code });
});

test.each(permissionCases(rows, 'iam'))('%s needs %s', async (_operation, permission, request) => {
  const command = await request();
  const client = new sdk.IAMClient(configWithout(account, permission));
  expect(await failure(send(command, client))).toEqual({
    code: 'AccessDenied',
    status: 403,
    message: expect.stringMatching(
      new RegExp(
        `^User: arn:aws:sts::${accountId}:assumed-role/everyone-but/session is not authorized to perform: ${permission} on resource: .+ with an explicit deny in a session policy$`,
      ),
    ),
  });
});

const statuses: Readonly<Record<string, number>> = {
  DeleteConflict: 409,
  EntityAlreadyExists: 409,
  LimitExceeded: 409,
  NoSuchEntity: 404,
};

test.each(errorCases(rows))('%s can answer %s', async (_operation, name, request) => {
  const { code } = await failure(send(await request()));
  expect(code.replace(/Exception$/, '')).toBe(name);
  const { status, body } = lastAnswer();
  expect([status, body]).toEqual([
    statuses[name] ?? 400,
    expect.stringMatching(
      new RegExp(
        `^<ErrorResponse xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><Error><Type>Sender</Type><Code>${name}</Code><Message>[^<]+</Message></Error><RequestId>[0-9a-f-]{36}</RequestId></ErrorResponse>$`,
      ),
    ),
  ]);
});

test('each test starts from the same prepared account', () => {
  const { roles } = account.state.iam as IamState;
  expect([...roles.keys()]).toEqual(['vault', 'free']);
});
