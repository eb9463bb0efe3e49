import { SESSION_SECONDS } from '../../../iam';
import { readInteger, requireText, tryReadText } from '../../service/parameters';
import type { Call } from '../../service/service';
import type { IamState, Role } from '../../state/services/iam-state';
import type { Form } from '../../wire/protocols/query-protocol';
import type { XmlContent } from '../../wire/xml/xml';
import { describeRole } from '../entities/descriptions';
import { findAttachablePolicy } from '../entities/managed-policy';
import { readTrustPolicy } from '../entities/policy-document';
import { newUniqueId } from '../entities/unique-id';
import { entityArn, requirePermission, requirePolicyArn } from '../request/access';
import { entityAlreadyExists } from '../request/errors';
import { PARAMETER_RULES } from '../request/parameter-rules';
import { readTags, requestTagContext, requireTagLimit } from '../request/tags';

/** The settings of the new role besides its documents. */
type RequestedRole = Pick<Role, 'name' | 'path' | 'arn' | 'tags' | 'description' | 'permissionsBoundaryArn'>;

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
export function createRole(call: Call, form: Form): XmlContent {
  const { account } = call;
  const requested = readRequestedRole(call, form);
  requireCreation(call, form, requested);
  requireNewName(account.iam, requested.name);
  requireTagLimit(requested.tags, 'Role');
  if (requested.permissionsBoundaryArn !== undefined) {
    findAttachablePolicy(account, requested.permissionsBoundaryArn);
  }
  const role: Role = {
    ...requested,
    id: newUniqueId('role', account.randomBytes),
    createdAt: account.now(),
    trustPolicy: readTrustPolicy(account, requireText(form, 'AssumeRolePolicyDocument', PARAMETER_RULES)),
    maxSessionDurationSeconds: readInteger(form, 'MaxSessionDuration', SESSION_SECONDS),
    inlinePolicies: new Map(),
    attachedPolicyArns: [],
  };
  account.iam.roles.set(role.name, role);
  return { Role: describeRole(account.iam, role) };
}

function readRequestedRole({ account }: Call, form: Form): RequestedRole {
  const name = requireText(form, 'RoleName', PARAMETER_RULES);
  const path = tryReadText(form, 'Path', PARAMETER_RULES) ?? '/';
  const description = tryReadText(form, 'Description', PARAMETER_RULES);
  const permissionsBoundaryArn = form.has('PermissionsBoundary')
    ? requirePolicyArn(form, 'PermissionsBoundary')
    : undefined;
  return {
    name,
    path,
    arn: entityArn(account, 'role', path, name),
    tags: readTags(form),
    ...(description === undefined ? {} : { description }),
    ...(permissionsBoundaryArn === undefined ? {} : { permissionsBoundaryArn }),
  };
}

function requireCreation(call: Call, form: Form, { arn, tags, permissionsBoundaryArn }: RequestedRole): void {
  const context = requestTagContext(tags);
  const boundary = permissionsBoundaryArn === undefined ? {} : { 'iam:PermissionsBoundary': permissionsBoundaryArn };
  requirePermission(call, form, { resource: arn, context: { ...context, ...boundary } });
  if (tags.size > 0) {
    requirePermission(call, form, { action: 'iam:TagRole', resource: arn, context });
  }
}

/** Names that differ in case alone are the same name. */
function requireNewName({ roles }: IamState, name: string): void {
  if ([...roles.keys()].some((existing) => existing.toLowerCase() === name.toLowerCase())) {
    throw entityAlreadyExists(`Role with name ${name} already exists.`);
  }
}
