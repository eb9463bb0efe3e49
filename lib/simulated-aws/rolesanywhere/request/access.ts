import type { ContextValue } from '../../../iam/types';
import { resourceTagContext } from '../../iam/request/tags';
import { authorize } from '../../service/access';
import { type Input, requiredString } from '../../service/json-parameters';
import type { Call } from '../../service/service';
import type { RolesAnywhereResource } from '../../state/services/roles-anywhere-state';
import { type ResourceType, resourceArn, resourceId } from './arns';
import { resourceNotFound } from './operation';

type Context = Readonly<Record<string, ContextValue>>;

const REFUSAL = { status: 403, code: 'AccessDeniedException' };

/** The name of the service, as roles trust it and as `iam:PassedToService` has it. */
export const SERVICE_PRINCIPAL = 'rolesanywhere.amazonaws.com';

/** A permission that an operation needs. */
export interface Permission {
  readonly action: string;
  /** @default '*' */
  readonly resource?: string;
  readonly context?: Context;
}

/**
 * Lets the caller pass, or refuses.
 *
 * @throws {AwsError} `AccessDeniedException`
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementrolesanywhere.html
 */
export function requirePermission(call: Call, { action, resource = '*', context = {} }: Permission): void {
  authorize(call, { action, resource, resourceAccount: call.account.accountId, context }, REFUSAL);
}

/** Whoever puts roles into a profile passes them to the service. @throws {AwsError} `AccessDeniedException` */
export function requirePassRole(call: Call, roleArns: readonly string[]): void {
  for (const resource of roleArns) {
    const role = [...call.account.iam.roles.values()].find(({ arn }) => arn === resource);
    const context = { ...resourceTagContext(role?.tags ?? new Map()), 'iam:PassedToService': SERVICE_PRINCIPAL };
    requirePermission(call, { action: 'iam:PassRole', resource, context });
  }
}

/** A kind of resource, and where those of the account are. */
export interface Kind<Resource extends RolesAnywhereResource> {
  readonly type: ResourceType;
  /** The parameter that holds the id or the ARN of one. */
  readonly parameter: string;
  readonly of: (call: Pick<Call, 'account'>) => Map<string, Resource>;
}

/**
 * The resource that the request names, once the caller may do this to it.
 *
 * @throws {AwsError} `AccessDeniedException`, `ResourceNotFoundException`, `ValidationException`
 */
export function requireResource<Resource extends RolesAnywhereResource>(
  call: Call,
  input: Input,
  kind: Kind<Resource>,
  { action, context = {} }: Omit<Permission, 'resource'>,
): Resource {
  const { account } = call;
  const identifier = requiredString(input, kind.parameter, { minLength: 1, maxLength: 1011 });
  const id = resourceId(account, kind.type, identifier);
  const resource = kind.of(call).get(id);
  requirePermission(call, {
    action,
    resource: resource?.arn ?? resourceArn(account, kind.type, id),
    context: { ...ownTagContext(resource?.tags ?? new Map()), ...context },
  });
  if (resource === undefined) throw resourceNotFound(`There is no ${kind.type} with the id ${id}.`);
  return resource;
}

/** Condition keys of the tags that a resource of the service has. */
export function ownTagContext(tags: ReadonlyMap<string, string>): Context {
  return Object.fromEntries([...tags].map(([key, value]) => [`aws:ResourceTag/${key}`, value]));
}
