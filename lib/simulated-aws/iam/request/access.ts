import type { ContextValue } from '../../../iam/types';
import { authorize } from '../../service/access';
import { requireText } from '../../service/parameters';
import type { Call } from '../../service/service';
import type { AccountState } from '../../state/account-state';
import type { InstanceProfile, ManagedPolicy, Role } from '../../state/services/iam-state';
import type { Form } from '../../wire/protocols/query-protocol';
import { invalidInput, noSuchEntity } from './errors';
import { PARAMETER_RULES } from './parameter-rules';
import { resourceTagContext } from './tags';

export type Context = Readonly<Record<string, ContextValue>>;

/** A permission that an operation needs. */
export interface Permission {
  /** @default - the action that has the operation's name */
  readonly action?: string;
  readonly resource: string;
  readonly context?: Context;
}

/**
 * Lets the caller pass, or refuses.
 *
 * @throws {AwsError} `AccessDenied`
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
export function requirePermission(call: Call, form: Form, { action, resource, context = {} }: Permission): void {
  authorize(call, {
    action: action ?? `iam:${form.get('Action')}`,
    resource,
    resourceAccount: call.account.accountId,
    context,
  });
}

/** The role that the request names, once the caller may do this to it. @throws {AwsError} `AccessDenied`, `NoSuchEntity` */
export function requireRole(call: Call, form: Form, contextOf: (role?: Role) => Context = () => ({})): Role {
  const name = requireText(form, 'RoleName', PARAMETER_RULES);
  const role = call.account.iam.roles.get(name);
  requirePermission(call, form, {
    resource: role?.arn ?? entityArn(call.account, 'role', '/', name),
    context: { ...resourceTagContext(role?.tags ?? new Map()), ...contextOf(role) },
  });
  if (role === undefined) {
    throw noSuchEntity(`The role with name ${name} cannot be found.`);
  }
  return role;
}

/** The condition key for a role's boundary. */
export function boundaryContext(role?: Role): Context {
  const arn = role?.permissionsBoundaryArn;
  return arn === undefined ? {} : { 'iam:PermissionsBoundary': arn };
}

/** Whether a managed policy is AWS's own. */
export function isOfAws(policyArn: string): boolean {
  return /^arn:[^:]+:iam::aws:/.test(policyArn);
}

/** The ARN of a managed policy, whether it is there or not. @throws {AwsError} `ValidationError`, `InvalidInput` */
export function requirePolicyArn(form: Form, parameter = 'PolicyArn'): string {
  const arn = requireText(form, parameter, PARAMETER_RULES);
  if (!/^arn:[^:]+:iam::(?:\d{12}|aws):policy\/.+$/.test(arn)) {
    throw invalidInput(`ARN ${arn} is not valid.`);
  }
  return arn;
}

/** The managed policy that the request names, once the caller may do this to it. @throws {AwsError} `AccessDenied`, `NoSuchEntity` */
export function requirePolicy(call: Call, form: Form, context: Context = {}): ManagedPolicy {
  const arn = requirePolicyArn(form);
  const policy = call.account.iam.policies.get(arn);
  requirePermission(call, form, {
    resource: arn,
    context: { ...resourceTagContext(policy?.tags ?? new Map()), ...context },
  });
  if (policy === undefined) {
    throw noSuchEntity(`Policy ${arn} was not found.`);
  }
  return policy;
}

/** The instance profile that the request names, once the caller may do this to it. @throws {AwsError} `AccessDenied`, `NoSuchEntity` */
export function requireInstanceProfile(call: Call, form: Form, context: Context = {}): InstanceProfile {
  const name = requireText(form, 'InstanceProfileName', PARAMETER_RULES);
  const profile = call.account.iam.instanceProfiles.get(name);
  requirePermission(call, form, {
    resource: profile?.arn ?? entityArn(call.account, 'instance-profile', '/', name),
    context: { ...resourceTagContext(profile?.tags ?? new Map()), ...context },
  });
  if (profile === undefined) {
    throw noSuchEntity(`Instance Profile ${name} cannot be found.`);
  }
  return profile;
}

type Owner = Pick<AccountState, 'partition' | 'accountId'>;
type ResourceType = 'instance-profile' | 'oidc-provider' | 'policy' | 'role' | 'user';

/** The ARN of an entity of IAM; its path is part of it. */
export function entityArn({ partition, accountId }: Owner, type: ResourceType, path: string, name: string): string {
  return `arn:${partition}:iam::${accountId}:${type}${path}${name}`;
}
