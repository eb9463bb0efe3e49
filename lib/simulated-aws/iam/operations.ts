import type { QueryOperation } from '../service/query-service';
import {
  getAccountPasswordPolicy,
  listAccountAliases,
  listGroups,
  listOrganizationsFeatures,
  listSamlProviders,
  listServerCertificates,
  listVirtualMfaDevices,
} from './account/absent';
import { generateCredentialReport, getCredentialReport } from './account/credential-report';
import { generateServiceLastAccessedDetails, getServiceLastAccessedDetails } from './account/last-accessed';
import { getAccountSummary } from './account/summary';
import {
  listInstanceProfileTags,
  listOpenIdConnectProviderTags,
  listPolicyTags,
  listRoleTags,
  listUserTags,
  tagInstanceProfile,
  tagOpenIdConnectProvider,
  tagPolicy,
  tagRole,
  untagInstanceProfile,
  untagOpenIdConnectProvider,
  untagPolicy,
  untagRole,
} from './entity-tags';
import { addClientId, removeClientId, updateThumbprint } from './openid-connect/changes';
import {
  createOpenIdConnectProvider,
  deleteOpenIdConnectProvider,
  getOpenIdConnectProvider,
  listOpenIdConnectProviders,
} from './openid-connect/providers';
import { listPolicies } from './policies/list-policies';
import { createPolicy, deletePolicy, getPolicy, listEntitiesForPolicy } from './policies/policies';
import {
  createPolicyVersion,
  deletePolicyVersion,
  getPolicyVersion,
  listPolicyVersions,
  setDefaultPolicyVersion,
} from './policies/policy-versions';
import { createRole } from './principals/create-role';
import {
  addRoleToInstanceProfile,
  createInstanceProfile,
  deleteInstanceProfile,
  getInstanceProfile,
  listInstanceProfiles,
  listInstanceProfilesForRole,
  removeRoleFromInstanceProfile,
} from './principals/instance-profiles';
import {
  attachRolePolicy,
  deleteRolePermissionsBoundary,
  deleteRolePolicy,
  detachRolePolicy,
  getRolePolicy,
  listAttachedRolePolicies,
  listRolePolicies,
  putRolePermissionsBoundary,
  putRolePolicy,
} from './principals/role-policies';
import {
  deleteRole,
  getRole,
  listRoles,
  updateAssumeRolePolicy,
  updateRole,
  updateRoleDescription,
} from './principals/roles';
import {
  getLoginProfile,
  listAccessKeys,
  listAttachedUserPolicies,
  listGroupsForUser,
  listMfaDevices,
  listServiceSpecificCredentials,
  listUserPolicies,
  listUsers,
} from './principals/user-lists';
import { getUser } from './principals/users';
import { PAGE_PARAMETERS } from './request/pages';
import { TAG_PARAMETERS } from './request/tags';
import {
  getContextKeysForCustomPolicy,
  getContextKeysForPrincipalPolicy,
  simulateCustomPolicy,
  simulatePrincipalPolicy,
} from './simulation/operations';
import { SIMULATION_PARAMETERS } from './simulation/read-simulation';

type Entry = readonly [name: string, run: QueryOperation['run'], parameters: readonly string[]];

const CREATE_ROLE_PARAMETERS = [
  'RoleName',
  'Path',
  'AssumeRolePolicyDocument',
  'Description',
  'MaxSessionDuration',
  'PermissionsBoundary',
];
const FILTER_PARAMETERS = ['PolicyArn', 'EntityFilter', 'PolicyUsageFilter'];
const PROVIDER_ARN = 'OpenIDConnectProviderArn';
const INPUT_POLICIES = 'PolicyInputList.member.N';
const UNTAG_PARAMETER = 'TagKeys.member.N';

/** Every operation with all the parameters that it takes. */
const ENTRIES: readonly Entry[] = [
  ['AddClientIDToOpenIDConnectProvider', addClientId, [PROVIDER_ARN, 'ClientID']],
  ['AddRoleToInstanceProfile', addRoleToInstanceProfile, ['InstanceProfileName', 'RoleName']],
  ['AttachRolePolicy', attachRolePolicy, ['RoleName', 'PolicyArn']],
  ['CreateInstanceProfile', createInstanceProfile, ['InstanceProfileName', 'Path', ...TAG_PARAMETERS]],
  [
    'CreateOpenIDConnectProvider',
    createOpenIdConnectProvider,
    ['Url', 'ClientIDList.member.N', 'ThumbprintList.member.N', ...TAG_PARAMETERS],
  ],
  ['CreatePolicy', createPolicy, ['PolicyName', 'Path', 'PolicyDocument', 'Description', ...TAG_PARAMETERS]],
  ['CreatePolicyVersion', createPolicyVersion, ['PolicyArn', 'PolicyDocument', 'SetAsDefault']],
  ['CreateRole', createRole, [...CREATE_ROLE_PARAMETERS, ...TAG_PARAMETERS]],
  ['DeleteInstanceProfile', deleteInstanceProfile, ['InstanceProfileName']],
  ['DeleteOpenIDConnectProvider', deleteOpenIdConnectProvider, [PROVIDER_ARN]],
  ['DeletePolicy', deletePolicy, ['PolicyArn']],
  ['DeletePolicyVersion', deletePolicyVersion, ['PolicyArn', 'VersionId']],
  ['DeleteRole', deleteRole, ['RoleName']],
  ['DeleteRolePermissionsBoundary', deleteRolePermissionsBoundary, ['RoleName']],
  ['DeleteRolePolicy', deleteRolePolicy, ['RoleName', 'PolicyName']],
  ['DetachRolePolicy', detachRolePolicy, ['RoleName', 'PolicyArn']],
  ['GenerateCredentialReport', generateCredentialReport, []],
  ['GenerateServiceLastAccessedDetails', generateServiceLastAccessedDetails, ['Arn', 'Granularity']],
  ['GetAccountPasswordPolicy', getAccountPasswordPolicy, []],
  ['GetAccountSummary', getAccountSummary, []],
  ['GetContextKeysForCustomPolicy', getContextKeysForCustomPolicy, [INPUT_POLICIES]],
  ['GetContextKeysForPrincipalPolicy', getContextKeysForPrincipalPolicy, ['PolicySourceArn', INPUT_POLICIES]],
  ['GetCredentialReport', getCredentialReport, []],
  ['GetInstanceProfile', getInstanceProfile, ['InstanceProfileName']],
  ['GetLoginProfile', getLoginProfile, ['UserName']],
  ['GetOpenIDConnectProvider', getOpenIdConnectProvider, [PROVIDER_ARN]],
  ['GetPolicy', getPolicy, ['PolicyArn']],
  ['GetPolicyVersion', getPolicyVersion, ['PolicyArn', 'VersionId']],
  ['GetRole', getRole, ['RoleName']],
  ['GetRolePolicy', getRolePolicy, ['RoleName', 'PolicyName']],
  ['GetServiceLastAccessedDetails', getServiceLastAccessedDetails, ['JobId', ...PAGE_PARAMETERS]],
  ['GetUser', getUser, ['UserName']],
  ['ListAccessKeys', listAccessKeys, ['UserName', ...PAGE_PARAMETERS]],
  ['ListAccountAliases', listAccountAliases, PAGE_PARAMETERS],
  ['ListAttachedRolePolicies', listAttachedRolePolicies, ['RoleName', 'PathPrefix', ...PAGE_PARAMETERS]],
  ['ListAttachedUserPolicies', listAttachedUserPolicies, ['UserName', 'PathPrefix', ...PAGE_PARAMETERS]],
  ['ListEntitiesForPolicy', listEntitiesForPolicy, [...FILTER_PARAMETERS, ...PAGE_PARAMETERS]],
  ['ListGroups', listGroups, ['PathPrefix', ...PAGE_PARAMETERS]],
  ['ListGroupsForUser', listGroupsForUser, ['UserName', ...PAGE_PARAMETERS]],
  ['ListInstanceProfiles', listInstanceProfiles, ['PathPrefix', ...PAGE_PARAMETERS]],
  ['ListInstanceProfilesForRole', listInstanceProfilesForRole, ['RoleName', ...PAGE_PARAMETERS]],
  ['ListInstanceProfileTags', listInstanceProfileTags, ['InstanceProfileName', ...PAGE_PARAMETERS]],
  ['ListMFADevices', listMfaDevices, ['UserName', ...PAGE_PARAMETERS]],
  ['ListOpenIDConnectProviders', listOpenIdConnectProviders, []],
  ['ListOpenIDConnectProviderTags', listOpenIdConnectProviderTags, [PROVIDER_ARN, ...PAGE_PARAMETERS]],
  ['ListOrganizationsFeatures', listOrganizationsFeatures, []],
  ['ListPolicies', listPolicies, ['Scope', 'PathPrefix', 'OnlyAttached', 'PolicyUsageFilter', ...PAGE_PARAMETERS]],
  ['ListPolicyTags', listPolicyTags, ['PolicyArn', ...PAGE_PARAMETERS]],
  ['ListPolicyVersions', listPolicyVersions, ['PolicyArn', ...PAGE_PARAMETERS]],
  ['ListRolePolicies', listRolePolicies, ['RoleName', ...PAGE_PARAMETERS]],
  ['ListRoles', listRoles, ['PathPrefix', ...PAGE_PARAMETERS]],
  ['ListRoleTags', listRoleTags, ['RoleName', ...PAGE_PARAMETERS]],
  ['ListSAMLProviders', listSamlProviders, []],
  ['ListServerCertificates', listServerCertificates, ['PathPrefix', ...PAGE_PARAMETERS]],
  ['ListServiceSpecificCredentials', listServiceSpecificCredentials, ['UserName', 'ServiceName', ...PAGE_PARAMETERS]],
  ['ListUserPolicies', listUserPolicies, ['UserName', ...PAGE_PARAMETERS]],
  ['ListUsers', listUsers, ['PathPrefix', ...PAGE_PARAMETERS]],
  ['ListUserTags', listUserTags, ['UserName', ...PAGE_PARAMETERS]],
  ['ListVirtualMFADevices', listVirtualMfaDevices, ['AssignmentStatus', ...PAGE_PARAMETERS]],
  ['PutRolePermissionsBoundary', putRolePermissionsBoundary, ['RoleName', 'PermissionsBoundary']],
  ['PutRolePolicy', putRolePolicy, ['RoleName', 'PolicyName', 'PolicyDocument']],
  ['RemoveClientIDFromOpenIDConnectProvider', removeClientId, [PROVIDER_ARN, 'ClientID']],
  ['RemoveRoleFromInstanceProfile', removeRoleFromInstanceProfile, ['InstanceProfileName', 'RoleName']],
  ['SetDefaultPolicyVersion', setDefaultPolicyVersion, ['PolicyArn', 'VersionId']],
  ['SimulateCustomPolicy', simulateCustomPolicy, [...SIMULATION_PARAMETERS, ...PAGE_PARAMETERS]],
  [
    'SimulatePrincipalPolicy',
    simulatePrincipalPolicy,
    ['PolicySourceArn', ...SIMULATION_PARAMETERS, ...PAGE_PARAMETERS],
  ],
  ['TagInstanceProfile', tagInstanceProfile, ['InstanceProfileName', ...TAG_PARAMETERS]],
  ['TagOpenIDConnectProvider', tagOpenIdConnectProvider, [PROVIDER_ARN, ...TAG_PARAMETERS]],
  ['TagPolicy', tagPolicy, ['PolicyArn', ...TAG_PARAMETERS]],
  ['TagRole', tagRole, ['RoleName', ...TAG_PARAMETERS]],
  ['UntagInstanceProfile', untagInstanceProfile, ['InstanceProfileName', UNTAG_PARAMETER]],
  ['UntagOpenIDConnectProvider', untagOpenIdConnectProvider, [PROVIDER_ARN, UNTAG_PARAMETER]],
  ['UntagPolicy', untagPolicy, ['PolicyArn', UNTAG_PARAMETER]],
  ['UntagRole', untagRole, ['RoleName', UNTAG_PARAMETER]],
  ['UpdateAssumeRolePolicy', updateAssumeRolePolicy, ['RoleName', 'PolicyDocument']],
  ['UpdateOpenIDConnectProviderThumbprint', updateThumbprint, [PROVIDER_ARN, 'ThumbprintList.member.N']],
  ['UpdateRole', updateRole, ['RoleName', 'Description', 'MaxSessionDuration']],
  ['UpdateRoleDescription', updateRoleDescription, ['RoleName', 'Description']],
];

/** The operations that the simulated account answers, by AWS's own names. */
export const IAM_OPERATIONS: ReadonlyMap<string, QueryOperation> = new Map(
  ENTRIES.map(([name, run, parameters]) => [name, { run, parameters }]),
);
