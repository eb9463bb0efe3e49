import { requireText, tryReadText, validationError } from '../../service/parameters';
import type { Call } from '../../service/service';
import type { IamState } from '../../state/services/iam-state';
import type { Form } from '../../wire/protocols/query-protocol';
import type { XmlContent } from '../../wire/xml/xml';
import { describePolicy, rolesBoundedBy, rolesWithPolicy, usersWithPolicy } from '../entities/descriptions';
import { addManagedPolicy } from '../entities/managed-policy';
import { readManagedPolicy } from '../entities/policy-document';
import { entityArn, isOfAws, requirePermission, requirePolicy, requirePolicyArn } from '../request/access';
import { deleteConflict, entityAlreadyExists } from '../request/errors';
import { readPage } from '../request/pages';
import { PARAMETER_RULES, POLICY_PARAMETER_RULES } from '../request/parameter-rules';
import { readTags, requestTagContext, requireTagLimit } from '../request/tags';

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html */
export function createPolicy(call: Call, form: Form): XmlContent {
  const { account } = call;
  const name = requireText(form, 'PolicyName', PARAMETER_RULES);
  const path = tryReadText(form, 'Path', POLICY_PARAMETER_RULES) ?? '/';
  const description = tryReadText(form, 'Description', POLICY_PARAMETER_RULES);
  const arn = entityArn(account, 'policy', path, name);
  const tags = readTags(form);
  const context = requestTagContext(tags);
  requirePermission(call, form, { resource: arn, context });
  if (tags.size > 0) {
    requirePermission(call, form, { action: 'iam:TagPolicy', resource: arn, context });
  }
  requireNewPolicyName(account.iam, { name, arn });
  requireTagLimit(tags, 'Policy');
  const document = readManagedPolicy(requireText(form, 'PolicyDocument', PARAMETER_RULES), name);
  const policy = { arn, name, path, document, tags, ...(description === undefined ? {} : { description }) };
  return { Policy: describePolicy(account.iam, addManagedPolicy(account, policy)) };
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetPolicy.html */
export function getPolicy(call: Call, form: Form): XmlContent {
  return { Policy: describePolicy(call.account.iam, requirePolicy(call, form)) };
}

/**
 * Policies that AWS manages and that scanners ask about; nothing has one of them here.
 *
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
const UNUSED_AWS_POLICY = /^arn:[^:]+:iam::aws:policy\/(?:AWSCloudShellFullAccess|AWSSupportAccess|SecurityAudit)$/;

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListEntitiesForPolicy.html */
export function listEntitiesForPolicy(call: Call, form: Form): XmlContent {
  const { iam } = call.account;
  const arn = requirePolicyOrUnused(call, form);
  const usage = tryReadText(form, 'PolicyUsageFilter', PARAMETER_RULES);
  const filter = tryReadText(form, 'EntityFilter', PARAMETER_RULES);
  const attached = usage === 'PermissionsBoundary' ? [] : rolesWithPolicy(iam, arn);
  const bounded = usage === 'PermissionsPolicy' ? [] : rolesBoundedBy(iam, arn);
  const roles = filter === undefined || filter === 'Role' ? new Set([...attached, ...bounded]) : [];
  const users = (filter === undefined || filter === 'User') && usage !== 'PermissionsBoundary';
  const entities = [
    ...[...roles].map(({ name, id }) => ({ RoleName: name, RoleId: id })),
    ...(users ? usersWithPolicy(iam, arn) : []).map(({ name, id }) => ({ UserName: name, UserId: id })),
  ];
  const { items, end } = readPage(form, entities);
  return {
    PolicyGroups: {},
    PolicyUsers: { member: items.filter((entity) => 'UserName' in entity) },
    PolicyRoles: { member: items.filter((entity) => 'RoleName' in entity) },
    ...end,
  };
}

function requirePolicyOrUnused(call: Call, form: Form): string {
  const arn = requirePolicyArn(form);
  if (!UNUSED_AWS_POLICY.test(arn)) return requirePolicy(call, form).arn;
  requirePermission(call, form, { resource: arn });
  return arn;
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeletePolicy.html */
export function deletePolicy(call: Call, form: Form): undefined {
  const { iam } = call.account;
  const policy = requirePolicy(call, form);
  requireCustomerManaged(policy.arn);
  const { arn } = policy;
  if (rolesWithPolicy(iam, arn).length + usersWithPolicy(iam, arn).length + rolesBoundedBy(iam, arn).length > 0) {
    throw deleteConflict('Cannot delete a policy attached to entities.');
  }
  if (policy.versions.length > 1) {
    throw deleteConflict(
      "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
    );
  }
  iam.policies.delete(arn);
}

/** Nobody changes a policy that AWS manages. @throws {AwsError} `ValidationError` */
export function requireCustomerManaged(policyArn: string): void {
  if (isOfAws(policyArn)) {
    throw validationError(`Policy ${policyArn} is managed by AWS and cannot be changed.`);
  }
}

/** Names that differ in case alone are the same name, whatever their paths. */
function requireNewPolicyName({ policies }: IamState, added: { readonly name: string; readonly arn: string }): void {
  const owner = added.arn.slice(0, added.arn.indexOf(':policy/'));
  const isTaken = [...policies.values()].some(
    ({ name, arn }) => arn.startsWith(`${owner}:policy/`) && name.toLowerCase() === added.name.toLowerCase(),
  );
  if (isTaken) {
    throw entityAlreadyExists(`A policy called ${added.name} already exists. Duplicate names are not allowed.`);
  }
}
