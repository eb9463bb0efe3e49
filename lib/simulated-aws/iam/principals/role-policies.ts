import { MOST_ATTACHED_POLICIES, MOST_OF_POLICY, sizeOfPolicy } from '../../../iam';
import { requireText } from '../../service/parameters';
import type { Call } from '../../service/service';
import type { Role } from '../../state/services/iam-state';
import type { Form } from '../../wire/protocols/query-protocol';
import type { XmlContent } from '../../wire/xml/xml';
import { describeDocument } from '../entities/descriptions';
import { attachedPolicies, findAttachablePolicy } from '../entities/managed-policy';
import { readPermissionsPolicy } from '../entities/policy-document';
import { boundaryContext, type Context, requirePolicyArn, requireRole } from '../request/access';
import { limitExceeded, noSuchEntity } from '../request/errors';
import { readPage } from '../request/pages';
import { PARAMETER_RULES } from '../request/parameter-rules';

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachRolePolicy.html */
export function attachRolePolicy(call: Call, form: Form): undefined {
  const arn = requirePolicyArn(form);
  const role = requireRole(call, form, attachmentContext(arn));
  findAttachablePolicy(call.account, arn);
  const attachedPolicyArns = [...new Set([...role.attachedPolicyArns, arn])];
  if (attachedPolicyArns.length > MOST_ATTACHED_POLICIES) {
    throw limitExceeded(`Cannot exceed quota for PoliciesPerRole: ${MOST_ATTACHED_POLICIES}`);
  }
  call.account.iam.roles.set(role.name, { ...role, attachedPolicyArns });
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_DetachRolePolicy.html */
export function detachRolePolicy(call: Call, form: Form): undefined {
  const arn = requirePolicyArn(form);
  const role = requireRole(call, form, attachmentContext(arn));
  if (!role.attachedPolicyArns.includes(arn)) {
    throw noSuchEntity(`Policy ${arn} was not found.`);
  }
  const attachedPolicyArns = role.attachedPolicyArns.filter((attached) => attached !== arn);
  call.account.iam.roles.set(role.name, { ...role, attachedPolicyArns });
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedRolePolicies.html */
export function listAttachedRolePolicies(call: Call, form: Form): XmlContent {
  return attachedPolicies(call, form, requireRole(call, form).attachedPolicyArns);
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutRolePolicy.html */
export function putRolePolicy(call: Call, form: Form): undefined {
  const name = requireText(form, 'PolicyName', PARAMETER_RULES);
  const role = requireRole(call, form, boundaryContext);
  const text = requireText(form, 'PolicyDocument', PARAMETER_RULES);
  requireInlineQuota(role, name, text);
  const inlinePolicies = new Map([...role.inlinePolicies, [name, readPermissionsPolicy(text, name)]]);
  call.account.iam.roles.set(role.name, { ...role, inlinePolicies });
}

/** Asked before the policy is read, as every limit of size. */
function requireInlineQuota(role: Role, name: string, text: string): void {
  const others = [...role.inlinePolicies].filter(([other]) => other !== name).map(([, document]) => document.text);
  const characters = [...others, text].reduce((sum, each) => sum + sizeOfPolicy(each, 'inline-of-role'), 0);
  if (characters > MOST_OF_POLICY['inline-of-role'].most) {
    throw limitExceeded(
      `Maximum policy size of ${MOST_OF_POLICY['inline-of-role'].most} bytes exceeded for role ${role.name}`,
    );
  }
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetRolePolicy.html */
export function getRolePolicy(call: Call, form: Form): XmlContent {
  const role = requireRole(call, form);
  const name = requireInlinePolicyName(role, form);
  return {
    RoleName: role.name,
    PolicyName: name,
    PolicyDocument: describeDocument(role.inlinePolicies.get(name)?.text ?? ''),
  };
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteRolePolicy.html */
export function deleteRolePolicy(call: Call, form: Form): undefined {
  const role = requireRole(call, form, boundaryContext);
  const name = requireInlinePolicyName(role, form);
  const inlinePolicies = new Map([...role.inlinePolicies].filter(([other]) => other !== name));
  call.account.iam.roles.set(role.name, { ...role, inlinePolicies });
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListRolePolicies.html */
export function listRolePolicies(call: Call, form: Form): XmlContent {
  const { items, end } = readPage(form, [...requireRole(call, form).inlinePolicies.keys()]);
  return { PolicyNames: { member: items }, ...end };
}

function requireInlinePolicyName({ inlinePolicies }: Role, form: Form): string {
  const name = requireText(form, 'PolicyName', PARAMETER_RULES);
  if (!inlinePolicies.has(name)) {
    throw noSuchEntity(`The role policy with name ${name} cannot be found.`);
  }
  return name;
}

function attachmentContext(policyArn: string): (role?: Role) => Context {
  return (role) => ({ 'iam:PolicyARN': policyArn, ...boundaryContext(role) });
}

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
