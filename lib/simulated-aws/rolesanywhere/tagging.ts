import type { ContextValue } from '../../iam/types';
import { type Input, requiredObjects, requiredString, requiredStrings } from '../service/json-parameters';
import type { Call } from '../service/service';
import type { Tags } from '../state/services/iam-state';
import type { RolesAnywhereResource } from '../state/services/roles-anywhere-state';
import { ownTagContext, requirePermission } from './request/access';
import { type ResourceType, resourceId } from './request/arns';
import { type Output, resourceNotFound } from './request/operation';
import { KEY_RULE, readTags, requestTagContext, requireTagQuota } from './request/tags';

/** @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_TagResource.html */
export function tagResource(call: Call, input: Input): Output {
  requiredObjects(input, 'tags');
  const added = readTags(input);
  const { resource, keep } = requireTagged(call, input, 'rolesanywhere:TagResource', requestTagContext(added));
  keep(requireTagQuota(new Map([...resource.tags, ...added])));
  return {};
}

/** @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_UntagResource.html */
export function untagResource(call: Call, input: Input): Output {
  const keys = requiredStrings(input, 'tagKeys', KEY_RULE);
  const context = { 'aws:TagKeys': keys };
  const { resource, keep } = requireTagged(call, input, 'rolesanywhere:UntagResource', context);
  keep(new Map([...resource.tags].filter(([key]) => !keys.includes(key))));
  return {};
}

/** @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_ListTagsForResource.html */
export function listTagsForResource(call: Call, input: Input): Output {
  const { resource } = requireTagged(call, input, 'rolesanywhere:ListTagsForResource', {});
  return { tags: [...resource.tags].map(([key, value]) => ({ key, value })) };
}

interface Tagged {
  readonly resource: RolesAnywhereResource;
  readonly keep: (tags: Tags) => void;
}

function requireTagged(
  call: Call,
  input: Input,
  action: string,
  context: Readonly<Record<string, ContextValue>>,
): Tagged {
  const arn = requiredString(input, 'resourceArn', { minLength: 1, maxLength: 1011 });
  const [found] = mapsOf(call).flatMap(({ type, map }) => {
    const resource = map.get(resourceId(call.account, type, arn));
    return resource?.arn === arn ? [{ map, resource }] : [];
  });
  const ownTags = ownTagContext(found?.resource.tags ?? new Map());
  // Listing tags takes no resource in AWS's own list of actions.
  const resource = action === 'rolesanywhere:ListTagsForResource' ? '*' : arn;
  requirePermission(call, { action, resource, context: { ...ownTags, ...context } });
  if (found === undefined) throw resourceNotFound(`Resource ${arn} does not exist.`);
  const keep = (tags: Tags) => found.map.set(found.resource.id, { ...found.resource, tags });
  return { resource: found.resource, keep };
}

interface TaggedMap {
  readonly type: ResourceType;
  readonly map: Map<string, RolesAnywhereResource>;
}

function mapsOf({ account: { rolesAnywhere } }: Call): readonly TaggedMap[] {
  const { trustAnchors, profiles, crls, subjects } = rolesAnywhere;
  return Object.entries({ 'trust-anchor': trustAnchors, profile: profiles, crl: crls, subject: subjects }).map(
    ([type, map]) => ({ type: type as ResourceType, map: map as Map<string, RolesAnywhereResource> }),
  );
}
