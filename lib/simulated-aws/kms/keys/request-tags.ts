import { type Input, requiredObjects, requiredString } from '../../service/json-parameters';
import type { ConditionKeys } from '../access/key-access';
import { kmsError } from '../request/key-errors';

export type Tags = ReadonlyMap<string, string>;

const MAX_TAGS = 50;

/**
 * The `Tags` parameter.
 *
 * @throws {AwsError} `TagException`
 * @see https://docs.aws.amazon.com/kms/latest/APIReference/API_Tag.html
 */
export function requestTags(input: Input): Tags {
  const pairs = requiredObjects(input, 'Tags').map(
    (tag) => [requiredString(tag, 'TagKey'), requiredString(tag, 'TagValue')] as const,
  );
  const tags = new Map(pairs);
  if (tags.size < pairs.length) {
    throw kmsError('TagException', 'Duplicate tag keys');
  }
  for (const [key, value] of tags) {
    requireLegalTag(key, value);
  }
  return tags;
}

/** @throws {AwsError} `TagException`, for more tags than a key may have */
export function requireTagQuota(tags: Tags): void {
  if (tags.size > MAX_TAGS) {
    throw kmsError('TagException', 'Too many tags');
  }
}

/** Condition keys of a request that sets tags. */
export function requestTagKeys(tags: Tags): ConditionKeys {
  if (tags.size === 0) {
    return {};
  }
  const values = [...tags].map(([key, value]) => [`aws:RequestTag/${key}`, value] as const);
  return { 'aws:TagKeys': [...tags.keys()], ...Object.fromEntries(values) };
}

function requireLegalTag(key: string, value: string): void {
  if (/^aws:/i.test(key)) {
    throw kmsError('TagException', 'aws: prefixed tag key names are not allowed for external use.');
  }
  if (key.length < 1 || key.length > 128 || value.length > 256) {
    throw kmsError('TagException', `The tag key ${JSON.stringify(key)} or its value is too long or empty.`);
  }
}
