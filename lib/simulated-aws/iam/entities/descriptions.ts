import { shownText } from '../../state/pinned-principals';
import type {
  Entity,
  IamState,
  InstanceProfile,
  ManagedPolicy,
  PolicyVersion,
  Role,
  User,
} from '../../state/services/iam-state';
import type { XmlContent } from '../../wire/xml/xml';
import { describeTags } from '../request/tags';

/** A time as the Query protocol writes it. */
export function describeTime(date: Date): string {
  return date.toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** Documents go over the wire percent-encoded. */
export function describeDocument(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16)}`);
}

/** A role as lists show it. */
export function summarizeRole(state: IamState, role: Role): XmlContent {
  return {
    ...describeEntity(role, 'Role'),
    AssumeRolePolicyDocument: describeDocument(shownText(role.trustPolicy, state)),
    Description: role.description,
    MaxSessionDuration: role.maxSessionDurationSeconds,
  };
}

/** A role in full. */
export function describeRole(state: IamState, role: Role): XmlContent {
  const boundary = role.permissionsBoundaryArn;
  return {
    ...summarizeRole(state, role),
    ...(boundary === undefined
      ? {}
      : {
          PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: boundary },
        }),
    ...(role.tags.size === 0 ? {} : { Tags: describeTags(role.tags) }),
    RoleLastUsed: {},
  };
}

export function describeUser(user: User): XmlContent {
  return { ...describeEntity(user, 'User'), ...(user.tags.size === 0 ? {} : { Tags: describeTags(user.tags) }) };
}

export function describeInstanceProfile(state: IamState, profile: InstanceProfile): XmlContent {
  const role = state.roles.get(profile.roleName ?? '');
  return {
    ...describeEntity(profile, 'InstanceProfile'),
    Roles: { member: role === undefined ? [] : [summarizeRole(state, role)] },
    ...(profile.tags.size === 0 ? {} : { Tags: describeTags(profile.tags) }),
  };
}

/** A managed policy as lists show it. */
export function summarizePolicy(state: IamState, policy: ManagedPolicy): XmlContent {
  return {
    ...describeEntity(policy, 'Policy'),
    DefaultVersionId: policy.defaultVersionId,
    AttachmentCount: attachmentCount(state, policy.arn),
    PermissionsBoundaryUsageCount: rolesBoundedBy(state, policy.arn).length,
    IsAttachable: true,
    UpdateDate: describeTime(policy.updatedAt),
  };
}

/** A managed policy in full. */
export function describePolicy(state: IamState, policy: ManagedPolicy): XmlContent {
  return {
    ...summarizePolicy(state, policy),
    Description: policy.description,
    ...(policy.tags.size === 0 ? {} : { Tags: describeTags(policy.tags) }),
  };
}

/** A version without its document. */
export function summarizeVersion(policy: ManagedPolicy, version: PolicyVersion): XmlContent {
  return {
    VersionId: version.versionId,
    IsDefaultVersion: version.versionId === policy.defaultVersionId,
    CreateDate: describeTime(version.createdAt),
  };
}

export function rolesWithPolicy(state: IamState, policyArn: string): readonly Role[] {
  return [...state.roles.values()].filter((role) => role.attachedPolicyArns.includes(policyArn));
}

export function usersWithPolicy(state: IamState, policyArn: string): readonly User[] {
  return [...state.users.values()].filter((user) => user.attachedPolicyArns.includes(policyArn));
}

export function rolesBoundedBy(state: IamState, policyArn: string): readonly Role[] {
  return [...state.roles.values()].filter((role) => role.permissionsBoundaryArn === policyArn);
}

function attachmentCount(state: IamState, policyArn: string): number {
  return rolesWithPolicy(state, policyArn).length + usersWithPolicy(state, policyArn).length;
}

function describeEntity(entity: Entity, type: string): XmlContent {
  return {
    Path: entity.path,
    [`${type}Name`]: entity.name,
    [`${type}Id`]: entity.id,
    Arn: entity.arn,
    CreateDate: describeTime(entity.createdAt),
  };
}
