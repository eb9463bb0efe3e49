import type { AccessPolicies, AccessRequest, Policy } from '../types';
import { isReachedByResourceControl } from './rcp-services';

type Levels = readonly (readonly Policy[])[];

const NO_LEVELS: Levels = [];
const SERVICE_LINKED_ROLE = /^arn:[^:]*:iam::\d{12}:role\/aws-service-role\//;

/**
 * The service control policies that limit this caller, a list for each level of the organization.
 *
 * They limit users, role sessions and the root user of their own account. They do not limit principals of other
 * accounts that a resource's policy lets in, AWS services, service-linked roles, nor anyone of the management account.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html#not-restricted-by-scp
 */
export function serviceControlLevels({ principal }: AccessRequest, { scps }: AccessPolicies): Levels {
  if (scps === undefined || scps.isManagementAccount) return NO_LEVELS;
  const isLimited =
    'account' in principal && principal.account === scps.account && !isServiceLinkedRoleSession(principal);
  return isLimited ? scps.levels : NO_LEVELS;
}

/**
 * The resource control policies over this resource, a list for each level of the organization.
 *
 * They hold whoever asks, also from outside the organization, anonymously or as an AWS service; but not for resources
 * of the management account, services that do not take part, service-linked roles, the assuming of those by their
 * service, or `kms:RetireGrant`.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html#actions-not-restricted-by-rcps
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/resource-control-policies.html
 */
export function resourceControlLevels(request: AccessRequest, { rcps }: AccessPolicies): Levels {
  if (rcps === undefined || rcps.isManagementAccount || rcps.account !== request.resourceAccount) return NO_LEVELS;
  const isExempt =
    !isReachedByResourceControl(request.action) ||
    isServiceLinkedRoleSession(request.principal) ||
    SERVICE_LINKED_ROLE.test(request.resource) ||
    request.action.toLowerCase() === 'kms:retiregrant';
  return isExempt ? NO_LEVELS : rcps.levels;
}

function isServiceLinkedRoleSession(principal: AccessRequest['principal']): boolean {
  return principal.kind === 'role-session' && SERVICE_LINKED_ROLE.test(principal.roleArn);
}
