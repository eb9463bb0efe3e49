import { requireText, tryReadText } from '../../service/parameters';
import type { Call } from '../../service/service';
import type { AccountState } from '../../state/account-state';
import type { IamState, InstanceProfile, Role } from '../../state/services/iam-state';
import type { Form } from '../../wire/protocols/query-protocol';
import type { XmlContent } from '../../wire/xml/xml';
import { describeInstanceProfile } from '../entities/descriptions';
import { newUniqueId } from '../entities/unique-id';
import { entityArn, requireInstanceProfile, requirePermission, requireRole } from '../request/access';
import { deleteConflict, entityAlreadyExists, limitExceeded, noSuchEntity } from '../request/errors';
import { readPage } from '../request/pages';
import { PARAMETER_RULES } from '../request/parameter-rules';
import { readTags, requestTagContext, requireTagLimit, resourceTagContext } from '../request/tags';

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateInstanceProfile.html */
export function createInstanceProfile(call: Call, form: Form): XmlContent {
  const { account } = call;
  const name = requireText(form, 'InstanceProfileName', PARAMETER_RULES);
  const path = tryReadText(form, 'Path', PARAMETER_RULES) ?? '/';
  const arn = entityArn(account, 'instance-profile', path, name);
  const tags = readTags(form);
  const context = requestTagContext(tags);
  requirePermission(call, form, { resource: arn, context });
  if (tags.size > 0) {
    requirePermission(call, form, { action: 'iam:TagInstanceProfile', resource: arn, context });
  }
  requireNewProfileName(account.iam, name);
  requireTagLimit(tags, 'InstanceProfile');
  const id = newUniqueId('instance-profile', account.randomBytes);
  const profile: InstanceProfile = { name, path, arn, id, createdAt: account.now(), tags };
  account.iam.instanceProfiles.set(name, profile);
  return { InstanceProfile: describeInstanceProfile(account.iam, profile) };
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetInstanceProfile.html */
export function getInstanceProfile(call: Call, form: Form): XmlContent {
  return { InstanceProfile: describeInstanceProfile(call.account.iam, requireInstanceProfile(call, form)) };
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfiles.html */
export function listInstanceProfiles(call: Call, form: Form): XmlContent {
  const pathPrefix = tryReadText(form, 'PathPrefix', PARAMETER_RULES) ?? '/';
  requirePermission(call, form, { resource: entityArn(call.account, 'instance-profile', pathPrefix, '') });
  return describePage(call, form, ({ path }) => path.startsWith(pathPrefix));
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListInstanceProfilesForRole.html */
export function listInstanceProfilesForRole(call: Call, form: Form): XmlContent {
  const role = requireRole(call, form);
  return describePage(call, form, ({ roleName }) => roleName === role.name);
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_AddRoleToInstanceProfile.html */
export function addRoleToInstanceProfile(call: Call, form: Form): undefined {
  const { account } = call;
  const profile = requireInstanceProfile(call, form);
  const role = findRole(account.iam, form);
  requirePermission(call, form, {
    action: 'iam:PassRole',
    resource: role.arn,
    context: { ...resourceTagContext(role.tags), 'iam:PassedToService': ec2ServicePrincipal(account) },
  });
  if (profile.roleName !== undefined) {
    throw limitExceeded('Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1');
  }
  account.iam.instanceProfiles.set(profile.name, { ...profile, roleName: role.name });
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_RemoveRoleFromInstanceProfile.html */
export function removeRoleFromInstanceProfile(call: Call, form: Form): undefined {
  const { roleName, ...profile } = requireInstanceProfile(call, form);
  const role = findRole(call.account.iam, form);
  if (roleName !== role.name) {
    throw noSuchEntity(`The role with name ${role.name} cannot be found in instance profile ${profile.name}.`);
  }
  call.account.iam.instanceProfiles.set(profile.name, profile);
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteInstanceProfile.html */
export function deleteInstanceProfile(call: Call, form: Form): undefined {
  const profile = requireInstanceProfile(call, form);
  if (profile.roleName !== undefined) {
    throw deleteConflict('Cannot delete entity, must remove roles from instance profile first.');
  }
  call.account.iam.instanceProfiles.delete(profile.name);
}

function describePage(call: Call, form: Form, isListed: (profile: InstanceProfile) => boolean): XmlContent {
  const { iam } = call.account;
  const { items, end } = readPage(form, [...iam.instanceProfiles.values()].filter(isListed));
  return { InstanceProfiles: { member: items.map((profile) => describeInstanceProfile(iam, profile)) }, ...end };
}

function findRole({ roles }: IamState, form: Form): Role {
  const name = requireText(form, 'RoleName', PARAMETER_RULES);
  const role = roles.get(name);
  if (role === undefined) {
    throw noSuchEntity(`The role with name ${name} cannot be found.`);
  }
  return role;
}

/** Names that differ in case alone are the same name. */
function requireNewProfileName({ instanceProfiles }: IamState, name: string): void {
  if ([...instanceProfiles.keys()].some((existing) => existing.toLowerCase() === name.toLowerCase())) {
    throw entityAlreadyExists(`Instance Profile ${name} already exists.`);
  }
}

/**
 * The service principal of EC2, which instance profiles pass roles to.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services
 */
export function ec2ServicePrincipal({ partition }: Pick<AccountState, 'partition'>): string {
  return partition === 'aws-cn' ? 'ec2.amazonaws.com.cn' : 'ec2.amazonaws.com';
}
