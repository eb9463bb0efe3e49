import type { Call } from '../../service/service';
import type { Form } from '../../wire/protocols/query-protocol';
import { findAttachablePolicy } from '../entities/managed-policy';
import { boundaryContext, requirePolicyArn, requireRole } from '../request/access';
import { noSuchEntity } from '../request/errors';

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePermissionsBoundary.html */
export function putRolePermissionsBoundary(call: Call, form: Form): undefined {
  const permissionsBoundaryArn = requirePolicyArn(form, 'PermissionsBoundary');
  const role = requireRole(call, form, () => ({ 'iam:PermissionsBoundary': permissionsBoundaryArn }));
  findAttachablePolicy(call.account, permissionsBoundaryArn);
  call.account.iam.roles.set(role.name, { ...role, permissionsBoundaryArn });
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePermissionsBoundary.html */
export function deleteRolePermissionsBoundary(call: Call, form: Form): undefined {
  const { permissionsBoundaryArn, ...role } = requireRole(call, form, boundaryContext);
  if (permissionsBoundaryArn === undefined) {
    throw noSuchEntity(`Role ${role.name} does not have a permissions boundary.`);
  }
  call.account.iam.roles.set(role.name, role);
}
