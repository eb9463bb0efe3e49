import { type Input, optionalBoolean, requiredString } from '../../service/json-parameters';
import type { Call } from '../../service/service';
import type { AccountState } from '../../state/account-state';
import type { RolesAnywhereResource } from '../../state/services/roles-anywhere-state';
import { requirePermission } from './access';
import { newResourceId, type ResourceType, resourceArn } from './arns';
import { readTags, requestTagContext, requireTagging } from './tags';

/** @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_CreateProfile.html */
const NAME_RULE = { minLength: 1, maxLength: 255, pattern: /[ a-zA-Z0-9-_]*/ };

export function readName(input: Input): string {
  return requiredString(input, 'name', NAME_RULE);
}

/** The members of every new resource. */
export function newResource(
  account: AccountState,
  type: ResourceType,
  id = newResourceId(account),
): RolesAnywhereResource {
  const createdAt = account.now();
  const arn = resourceArn(account, type, id);
  return { id, arn, isEnabled: true, createdAt, updatedAt: createdAt, tags: new Map() };
}

/**
 * Reads a new resource of any kind from its request, once the caller may make it. One that is not said to be enabled is
 * not: what AWS does with a profile then is not documented, with a trust anchor it is so.
 *
 * @throws {AwsError} `AccessDeniedException`, `ValidationException`, `TooManyTagsException`
 */
export function requestedResource(call: Call, input: Input, type: ResourceType, action: string): RolesAnywhereResource {
  const tags = readTags(input);
  const resource = { ...newResource(call.account, type), isEnabled: optionalBoolean(input, 'enabled'), tags };
  requirePermission(call, { action, context: requestTagContext(tags) });
  requireTagging(call, resource.arn, tags);
  return resource;
}
