import type { QueryOperation } from '../query-service';
import { listAccountAliases } from './account';
import { createRole } from './create-role';
import {
  listInstanceProfileTags,
  listPolicyTags,
  listRoleTags,
  tagInstanceProfile,
  tagPolicy,
  tagRole,
  untagInstanceProfile,
  untagPolicy,
  untagRole,
} from './entity-tags';
import {
  addRoleToInstanceProfile,
  createInstanceProfile,
  deleteInstanceProfile,
  getInstanceProfile,
  listInstanceProfiles,
  listInstanceProfilesForRole,
  removeRoleFromInstanceProfile,
} from './instance-profiles';
import { pageParameters } from './pages';
import { createPolicy, deletePolicy, getPolicy, listEntitiesForPolicy, listPolicies } from './policies';
import {
  createPolicyVersion,
  deletePolicyVersion,
  getPolicyVersion,
  listPolicyVersions,
  setDefaultPolicyVersion,
} from './policy-versions';
import { deleteRolePermissionsBoundary, putRolePermissionsBoundary } from './role-boundary';
import {
  attachRolePolicy,
  deleteRolePolicy,
  detachRolePolicy,
  getRolePolicy,
  listAttachedRolePolicies,
  listRolePolicies,
  putRolePolicy,
} from './role-policies';
import { deleteRole, getRole, listRoles, updateAssumeRolePolicy, updateRole, updateRoleDescription } from './roles';
import { tagParameters } from './tags';
import { getUser } from './users';

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
const untagParameter = 'TagKeys.member.N';

/** Every operation with all the parameters that it takes. */
const entries: readonly Entry[] = [
  ['AddRoleToInstanceProfile', addRoleToInstanceProfile, ['InstanceProfileName', 'RoleName']],
  ['AttachRolePolicy', attachRolePolicy, ['RoleName', 'PolicyArn']],
  ['CreateInstanceProfile', createInstanceProfile, ['InstanceProfileName', 'Path', ...tagParameters]],
  ['CreatePolicy', createPolicy, ['PolicyName', 'Path', 'PolicyDocument', 'Description', ...tagParameters]],
  ['CreatePolicyVersion', createPolicyVersion, ['PolicyArn', 'PolicyDocument', 'SetAsDefault']],
  ['CreateRole', createRole, [...createRoleParameters, ...tagParameters]],
  ['DeleteInstanceProfile', deleteInstanceProfile, ['InstanceProfileName']],
  ['DeletePolicy', deletePolicy, ['PolicyArn']],
  ['DeletePolicyVersion', deletePolicyVersion, ['PolicyArn', 'VersionId']],
  ['DeleteRole', deleteRole, ['RoleName']],
  ['DeleteRolePermissionsBoundary', deleteRolePermissionsBoundary, ['RoleName']],
  ['DeleteRolePolicy', deleteRolePolicy, ['RoleName', 'PolicyName']],
  ['DetachRolePolicy', detachRolePolicy, ['RoleName', 'PolicyArn']],
  ['GetInstanceProfile', getInstanceProfile, ['InstanceProfileName']],
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
  ['ListPolicies', listPolicies, ['Scope', 'PathPrefix', ...pageParameters]],
  ['ListPolicyTags', listPolicyTags, ['PolicyArn', ...pageParameters]],
  ['ListPolicyVersions', listPolicyVersions, ['PolicyArn', ...pageParameters]],
  ['ListRolePolicies', listRolePolicies, ['RoleName', ...pageParameters]],
  ['ListRoles', listRoles, ['PathPrefix', ...pageParameters]],
  ['ListRoleTags', listRoleTags, ['RoleName', ...pageParameters]],
  ['PutRolePermissionsBoundary', putRolePermissionsBoundary, ['RoleName', 'PermissionsBoundary']],
  ['PutRolePolicy', putRolePolicy, ['RoleName', 'PolicyName', 'PolicyDocument']],
  ['RemoveRoleFromInstanceProfile', removeRoleFromInstanceProfile, ['InstanceProfileName', 'RoleName']],
  ['SetDefaultPolicyVersion', setDefaultPolicyVersion, ['PolicyArn', 'VersionId']],
  ['TagInstanceProfile', tagInstanceProfile, ['InstanceProfileName', ...tagParameters]],
  ['TagPolicy', tagPolicy, ['PolicyArn', ...tagParameters]],
  ['TagRole', tagRole, ['RoleName', ...tagParameters]],
  ['UntagInstanceProfile', untagInstanceProfile, ['InstanceProfileName', untagParameter]],
  ['UntagPolicy', untagPolicy, ['PolicyArn', untagParameter]],
  ['UntagRole', untagRole, ['RoleName', untagParameter]],
  ['UpdateAssumeRolePolicy', updateAssumeRolePolicy, ['RoleName', 'PolicyDocument']],
  ['UpdateRole', updateRole, ['RoleName', 'Description', 'MaxSessionDuration']],
  ['UpdateRoleDescription', updateRoleDescription, ['RoleName', 'Description']],
];

/** The operations that the simulated account answers, by AWS's own names. */
export const iamOperations: ReadonlyMap<string, QueryOperation> = new Map(
  entries.map(([name, run, parameters]) => [name, { run, parameters }]),
);
