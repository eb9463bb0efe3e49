import type { QueryOperation } from '../service/query-service';
import {
  listInstanceProfileTags,
  listOpenIdConnectProviderTags,
  listPolicyTags,
  listRoleTags,
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
import { listAccountAliases } from './principals/account';
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
import { deleteRolePermissionsBoundary, putRolePermissionsBoundary } from './principals/role-boundary';
import {
  attachRolePolicy,
  deleteRolePolicy,
  detachRolePolicy,
  getRolePolicy,
  listAttachedRolePolicies,
  listRolePolicies,
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
import { getUser } from './principals/users';
import { pageParameters } from './request/pages';
import { tagParameters } from './request/tags';
import {
  getContextKeysForCustomPolicy,
  getContextKeysForPrincipalPolicy,
  simulateCustomPolicy,
  simulatePrincipalPolicy,
} from './simulation/operations';
import { simulationParameters } from './simulation/read-simulation';

type Entry = readonly [name: string, run: QueryOperation['run'], parameters: readonly string[]];

const createRoleParameters = [
  'RoleName',
  'Path',
  'AssumeRolePolicyDocument',
  'Description',
  'MaxSessionDuration',
  'PermissionsBoundary',
];
const filterParameters = ['PolicyArn', 'EntityFilter', 'PolicyUsageFilter'];
const providerArn = 'OpenIDConnectProviderArn';
const inputPolicies = 'PolicyInputList.member.N';
const untagParameter = 'TagKeys.member.N';

/** Every operation with all the parameters that it takes. */
const entries: readonly Entry[] = [
  ['AddClientIDToOpenIDConnectProvider', addClientId, [providerArn, 'ClientID']],
  ['AddRoleToInstanceProfile', addRoleToInstanceProfile, ['InstanceProfileName', 'RoleName']],
  ['AttachRolePolicy', attachRolePolicy, ['RoleName', 'PolicyArn']],
  ['CreateInstanceProfile', createInstanceProfile, ['InstanceProfileName', 'Path', ...tagParameters]],
  [
    'CreateOpenIDConnectProvider',
    createOpenIdConnectProvider,
    ['Url', 'ClientIDList.member.N', 'ThumbprintList.member.N', ...tagParameters],
  ],
  ['CreatePolicy', createPolicy, ['PolicyName', 'Path', 'PolicyDocument', 'Description', ...tagParameters]],
  ['CreatePolicyVersion', createPolicyVersion, ['PolicyArn', 'PolicyDocument', 'SetAsDefault']],
  ['CreateRole', createRole, [...createRoleParameters, ...tagParameters]],
  ['DeleteInstanceProfile', deleteInstanceProfile, ['InstanceProfileName']],
  ['DeleteOpenIDConnectProvider', deleteOpenIdConnectProvider, [providerArn]],
  ['DeletePolicy', deletePolicy, ['PolicyArn']],
  ['DeletePolicyVersion', deletePolicyVersion, ['PolicyArn', 'VersionId']],
  ['DeleteRole', deleteRole, ['RoleName']],
  ['DeleteRolePermissionsBoundary', deleteRolePermissionsBoundary, ['RoleName']],
  ['DeleteRolePolicy', deleteRolePolicy, ['RoleName', 'PolicyName']],
  ['DetachRolePolicy', detachRolePolicy, ['RoleName', 'PolicyArn']],
  ['GetContextKeysForCustomPolicy', getContextKeysForCustomPolicy, [inputPolicies]],
  ['GetContextKeysForPrincipalPolicy', getContextKeysForPrincipalPolicy, ['PolicySourceArn', inputPolicies]],
  ['GetInstanceProfile', getInstanceProfile, ['InstanceProfileName']],
  ['GetOpenIDConnectProvider', getOpenIdConnectProvider, [providerArn]],
  ['GetPolicy', getPolicy, ['PolicyArn']],
  ['GetPolicyVersion', getPolicyVersion, ['PolicyArn', 'VersionId']],
  ['GetRole', getRole, ['RoleName']],
  ['GetRolePolicy', getRolePolicy, ['RoleName', 'PolicyName']],
  ['GetUser', getUser, ['UserName']],
  ['ListAccountAliases', listAccountAliases, pageParameters],
  ['ListAttachedRolePolicies', listAttachedRolePolicies, ['RoleName', 'PathPrefix', ...pageParameters]],
  ['ListEntitiesForPolicy', listEntitiesForPolicy, [...filterParameters, ...pageParameters]],
  ['ListInstanceProfiles', listInstanceProfiles, ['PathPrefix', ...pageParameters]],
  ['ListInstanceProfilesForRole', listInstanceProfilesForRole, ['RoleName', ...pageParameters]],
  ['ListInstanceProfileTags', listInstanceProfileTags, ['InstanceProfileName', ...pageParameters]],
  ['ListOpenIDConnectProviders', listOpenIdConnectProviders, []],
  ['ListOpenIDConnectProviderTags', listOpenIdConnectProviderTags, [providerArn, ...pageParameters]],
  ['ListPolicies', listPolicies, ['Scope', 'PathPrefix', 'OnlyAttached', 'PolicyUsageFilter', ...pageParameters]],
  ['ListPolicyTags', listPolicyTags, ['PolicyArn', ...pageParameters]],
  ['ListPolicyVersions', listPolicyVersions, ['PolicyArn', ...pageParameters]],
  ['ListRolePolicies', listRolePolicies, ['RoleName', ...pageParameters]],
  ['ListRoles', listRoles, ['PathPrefix', ...pageParameters]],
  ['ListRoleTags', listRoleTags, ['RoleName', ...pageParameters]],
  ['PutRolePermissionsBoundary', putRolePermissionsBoundary, ['RoleName', 'PermissionsBoundary']],
  ['PutRolePolicy', putRolePolicy, ['RoleName', 'PolicyName', 'PolicyDocument']],
  ['RemoveClientIDFromOpenIDConnectProvider', removeClientId, [providerArn, 'ClientID']],
  ['RemoveRoleFromInstanceProfile', removeRoleFromInstanceProfile, ['InstanceProfileName', 'RoleName']],
  ['SetDefaultPolicyVersion', setDefaultPolicyVersion, ['PolicyArn', 'VersionId']],
  ['SimulateCustomPolicy', simulateCustomPolicy, [...simulationParameters, ...pageParameters]],
  ['SimulatePrincipalPolicy', simulatePrincipalPolicy, ['PolicySourceArn', ...simulationParameters, ...pageParameters]],
  ['TagInstanceProfile', tagInstanceProfile, ['InstanceProfileName', ...tagParameters]],
  ['TagOpenIDConnectProvider', tagOpenIdConnectProvider, [providerArn, ...tagParameters]],
  ['TagPolicy', tagPolicy, ['PolicyArn', ...tagParameters]],
  ['TagRole', tagRole, ['RoleName', ...tagParameters]],
  ['UntagInstanceProfile', untagInstanceProfile, ['InstanceProfileName', untagParameter]],
  ['UntagOpenIDConnectProvider', untagOpenIdConnectProvider, [providerArn, untagParameter]],
  ['UntagPolicy', untagPolicy, ['PolicyArn', untagParameter]],
  ['UntagRole', untagRole, ['RoleName', untagParameter]],
  ['UpdateAssumeRolePolicy', updateAssumeRolePolicy, ['RoleName', 'PolicyDocument']],
  ['UpdateOpenIDConnectProviderThumbprint', updateThumbprint, [providerArn, 'ThumbprintList.member.N']],
  ['UpdateRole', updateRole, ['RoleName', 'Description', 'MaxSessionDuration']],
  ['UpdateRoleDescription', updateRoleDescription, ['RoleName', 'Description']],
];

/** The operations that the simulated account answers, by AWS's own names. */
export const iamOperations: ReadonlyMap<string, QueryOperation> = new Map(
  entries.map(([name, run, parameters]) => [name, { run, parameters }]),
);
