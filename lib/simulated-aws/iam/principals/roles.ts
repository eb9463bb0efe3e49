import { SESSION_SECONDS } from '../../../iam';
import { readInteger, requireText, tryReadText } from '../../service/parameters';
import type { Call } from '../../service/service';
import type { Form } from '../../wire/protocols/query-protocol';
import type { XmlContent } from '../../wire/xml/xml';
import { describeRole, summarizeRole } from '../entities/descriptions';
import { readTrustPolicy } from '../entities/policy-document';
import { boundaryContext, entityArn, requirePermission, requireRole } from '../request/access';
import { deleteConflict } from '../request/errors';
import { readPage } from '../request/pages';
import { PARAMETER_RULES } from '../request/parameter-rules';

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRole.html */
export function getRole(call: Call, form: Form): XmlContent {
  return { Role: describeRole(call.account.iam, requireRole(call, form, boundaryContext)) };
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRoles.html */
export function listRoles(call: Call, form: Form): XmlContent {
  const { account } = call;
  const pathPrefix = tryReadText(form, 'PathPrefix', PARAMETER_RULES) ?? '/';
  requirePermission(call, form, { resource: entityArn(account, 'role', pathPrefix, '') });
  const roles = [...account.iam.roles.values()].filter(({ path }) => path.startsWith(pathPrefix));
  const { items, end } = readPage(form, roles);
  return { Roles: { member: items.map((role) => summarizeRole(account.iam, role)) }, ...end };
}

/** Without a duration it becomes an hour again. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRole.html */
export function updateRole(call: Call, form: Form): XmlContent {
  const role = requireRole(call, form, boundaryContext);
  const description = tryReadText(form, 'Description', PARAMETER_RULES);
  call.account.iam.roles.set(role.name, {
    ...role,
    ...(description === undefined ? {} : { description }),
    maxSessionDurationSeconds: readInteger(form, 'MaxSessionDuration', SESSION_SECONDS),
  });
  return {};
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateRoleDescription.html */
export function updateRoleDescription(call: Call, form: Form): XmlContent {
  const role = requireRole(call, form, boundaryContext);
  const updated = { ...role, description: requireText(form, 'Description', PARAMETER_RULES) };
  call.account.iam.roles.set(role.name, updated);
  return { Role: describeRole(call.account.iam, updated) };
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html */
export function updateAssumeRolePolicy(call: Call, form: Form): undefined {
  const role = requireRole(call, form, boundaryContext);
  const trustPolicy = readTrustPolicy(call.account, requireText(form, 'PolicyDocument', PARAMETER_RULES));
  call.account.iam.roles.set(role.name, { ...role, trustPolicy });
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRole.html */
export function deleteRole(call: Call, form: Form): undefined {
  const { iam } = call.account;
  const role = requireRole(call, form, boundaryContext);
  if ([...iam.instanceProfiles.values()].some(({ roleName }) => roleName === role.name)) {
    throw deleteConflict('Cannot delete entity, must remove roles from instance profile first.');
  }
  if (role.attachedPolicyArns.length > 0) {
    throw deleteConflict('Cannot delete entity, must detach all policies first.');
  }
  if (role.inlinePolicies.size > 0) {
    throw deleteConflict('Cannot delete entity, must delete policies first.');
  }
  iam.roles.delete(role.name);
}
