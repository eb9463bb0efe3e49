import { tryReadText } from '../../service/parameters';
import type { Call } from '../../service/service';
import type { User } from '../../state/services/iam-state';
import type { Form } from '../../wire/protocols/query-protocol';
import type { XmlContent } from '../../wire/xml/xml';
import { describeTime, describeUser } from '../entities/descriptions';
import { attachedPolicies } from '../entities/managed-policy';
import { entityArn, requirePermission } from '../request/access';
import { noSuchEntity } from '../request/errors';
import { readPage } from '../request/pages';
import { PARAMETER_RULES } from '../request/parameter-rules';
import { requireUser } from './users';

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUsers.html */
export function listUsers(call: Call, form: Form): XmlContent {
  const { account } = call;
  const pathPrefix = tryReadText(form, 'PathPrefix', PARAMETER_RULES) ?? '/';
  requirePermission(call, form, { resource: entityArn(account, 'user', pathPrefix, '') });
  const users = [...account.iam.users.values()].filter(({ path }) => path.startsWith(pathPrefix));
  const { items, end } = readPage(form, users);
  return { Users: { member: items.map((user) => describeUser({ ...user, tags: new Map() })) }, ...end };
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedUserPolicies.html */
export function listAttachedUserPolicies(call: Call, form: Form): XmlContent {
  return attachedPolicies(call, form, requireUser(call, form).attachedPolicyArns);
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccessKeys.html */
export function listAccessKeys(call: Call, form: Form): XmlContent {
  const { name, createdAt } = requireUser(call, form);
  const keys = [...call.account.iam.accessKeys].filter(([, key]) => key.kind === 'user' && key.userName === name);
  const { items, end } = readPage(form, keys);
  const member = items.map(([AccessKeyId]) => ({
    UserName: name,
    AccessKeyId,
    Status: 'Active',
    CreateDate: describeTime(createdAt),
  }));
  return { AccessKeyMetadata: { member }, ...end };
}

/** Things that no user of the account has, by the element that would hold them. */
function emptyListOfUser(element: string) {
  return (call: Call, form: Form): XmlContent => {
    requireUser(call, form);
    return { [element]: {}, ...readPage(form, []).end };
  };
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupsForUser.html */
export const listGroupsForUser = emptyListOfUser('Groups');
/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADevices.html */
export const listMfaDevices = emptyListOfUser('MFADevices');
/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListUserPolicies.html */
export const listUserPolicies = emptyListOfUser('PolicyNames');
/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServiceSpecificCredentials.html */
export const listServiceSpecificCredentials = emptyListOfUser('ServiceSpecificCredentials');

/** No user has a password. @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetLoginProfile.html */
export function getLoginProfile(call: Call, form: Form): never {
  const { name }: User = requireUser(call, form);
  throw noSuchEntity(`Login Profile for User ${name} cannot be found.`);
}
