import { readList, requireLength, validationError } from '../../service/parameters';
import type { Tags } from '../../state/services/iam-state';
import type { Form } from '../../wire/protocols/query-protocol';
import type { XmlContent } from '../../wire/xml/xml';
import { invalidInput, limitExceeded } from './errors';

/** Condition keys for the tags of an entity or a session, and of a request. */
const MAX_TAGS = 50;
const KEY_PATTERN = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u;
const VALUE_PATTERN = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;

/** Names of the parameters that hold tags. */
export const TAG_PARAMETERS: readonly string[] = ['Tags.member.N.Key', 'Tags.member.N.Value'];

/**
 * The tags of a request.
 *
 * @throws {AwsError} `ValidationError`, `InvalidInput`
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#id_tags_rules
 */
export function readTags(form: Form): Tags {
  const keys = readList(form, 'Tags', '.Key');
  const values = readList(form, 'Tags', '.Value');
  if (keys.length !== values.length) {
    throw validationError('Each tag must have a Key and a Value.');
  }
  requireLength(keys, 'Tags', MAX_TAGS);
  return requireTags(keys.map((key, index) => [key, values[index] ?? '']));
}

/** Keys and values that may be tags together. @throws {AwsError} `ValidationError`, `InvalidInput` */
export function requireTags(pairs: readonly (readonly [string, string])[]): Tags {
  for (const [key, value] of pairs) {
    requireTag(key, value);
  }
  if (new Set(pairs.map(([key]) => key.toLowerCase())).size < pairs.length) {
    throw invalidInput('Duplicate tag keys found. Please note that Tag keys are case insensitive.');
  }
  return new Map(pairs);
}

/** The keys whose tags a request takes away. @throws {AwsError} `ValidationError` */
export function readTagKeys(form: Form): readonly string[] {
  return requireLength(readList(form, 'TagKeys'), 'TagKeys', MAX_TAGS);
}

/** The tags after more are put; a key that differs in case alone is the same key. */
export function mergeTags(before: Tags, added: Tags, owner: string): Tags {
  const replaced = new Set([...added.keys()].map((key) => key.toLowerCase()));
  const merged = new Map([...[...before].filter(([key]) => !replaced.has(key.toLowerCase())), ...added]);
  requireTagLimit(merged, owner);
  return merged;
}

export function withoutTags(before: Tags, keys: readonly string[]): Tags {
  const removed = new Set(keys.map((key) => key.toLowerCase()));
  return new Map([...before].filter(([key]) => !removed.has(key.toLowerCase())));
}

/** @param owner as the quota's name has it, for example `Role` @throws {AwsError} `LimitExceeded` */
export function requireTagLimit(tags: Tags, owner: string): void {
  if (tags.size > MAX_TAGS) {
    throw limitExceeded(`Cannot exceed quota for TagsPer${owner}: ${MAX_TAGS}`);
  }
}

export function describeTags(tags: Tags): XmlContent {
  return { member: [...tags].map(([Key, Value]) => ({ Key, Value })) };
}

/** Condition keys of the tags that a resource has. */
export function resourceTagContext(tags: Tags): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...tags].flatMap(([key, value]) => [
      [`aws:ResourceTag/${key}`, value],
      [`iam:ResourceTag/${key}`, value],
    ]),
  );
}

/** Condition keys of the tags that a request sends. */
export function requestTagContext(tags: Tags): Readonly<Record<string, string | readonly string[]>> {
  if (tags.size === 0) {
    return {};
  }
  const values = Object.fromEntries([...tags].map(([key, value]) => [`aws:RequestTag/${key}`, value]));
  return { ...values, 'aws:TagKeys': [...tags.keys()] };
}

function requireTag(key: string, value: string): void {
  if (!KEY_PATTERN.test(key) || !VALUE_PATTERN.test(value)) {
    throw validationError(
      `1 validation error detected: Value '${key}' at 'tags' failed to satisfy constraint: keys have 1 to 128 and values 0 to 256 of the characters [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]`,
    );
  }
  if (key.toLowerCase().startsWith('aws:')) {
    throw invalidInput('System tags cannot be added/updated by requester.');
  }
}
