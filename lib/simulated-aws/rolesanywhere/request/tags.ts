import type { ContextValue } from '../../../iam/types';
import { type Input, requiredObjects, requiredString } from '../../service/json-parameters';
import type { Call } from '../../service/service';
import type { Tags } from '../../state/services/iam-state';
import { AwsError } from '../../wire/http/aws-error';
import { requirePermission } from './access';
import { validationException } from './operation';

const MAX_TAGS = 50;
const CHARACTERS = /[ a-zA-Z0-9_.:/=+@-]*/;
export const KEY_RULE = { minLength: 1, maxLength: 128, pattern: CHARACTERS };
const VALUE_RULE = { maxLength: 256, pattern: CHARACTERS };

/**
 * The tags of a request, no more than a resource may have.
 *
 * @throws {AwsError} `ValidationException`, `TooManyTagsException`
 * @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_Tag.html
 */
export function readTags(input: Input): Tags {
  const pairs = (input.tags ?? undefined) === undefined ? [] : requiredObjects(input, 'tags');
  const tags = pairs.map(
    (tag) => [requiredString(tag, 'key', KEY_RULE), requiredString(tag, 'value', VALUE_RULE)] as const,
  );
  if (tags.some(([key]) => /^aws:/i.test(key))) throw validationException('Tag keys must not begin with aws:');
  return requireTagQuota(new Map(tags));
}

/** Condition keys of a request that sets tags. */
export function requestTagContext(tags: Tags): Readonly<Record<string, ContextValue>> {
  if (tags.size === 0) return {};
  const values = [...tags].map(([key, value]) => [`aws:RequestTag/${key}`, value] as const);
  return { 'aws:TagKeys': [...tags.keys()], ...Object.fromEntries(values) };
}

/** Tags on a new resource need a permission of their own. @throws {AwsError} `AccessDeniedException` */
export function requireTagging(call: Call, arn: string, tags: Tags): void {
  if (tags.size === 0) return;
  requirePermission(call, { action: 'rolesanywhere:TagResource', resource: arn, context: requestTagContext(tags) });
}

/** @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_TagResource.html */
export function requireTagQuota(tags: Tags): Tags {
  if (tags.size > MAX_TAGS) {
    throw new AwsError(400, 'TooManyTagsException', `A resource has at most ${MAX_TAGS} tags, got: ${tags.size}`);
  }
  return tags;
}
