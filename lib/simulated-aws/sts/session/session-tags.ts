import { readTags, requireTagLimit } from '../../iam/request/tags';
import { readList, validationError } from '../../service/parameters';
import type { Tags } from '../../state/services/iam-state';
import type { Form } from '../../wire/protocols/query-protocol';

/** The tags of a session, and the keys of those that its own sessions inherit. */
export interface SessionTags {
  readonly tags: Tags;
  readonly transitiveTagKeys: readonly string[];
}

/** The tags that a request passes. @throws {AwsError} `ValidationError`, `InvalidInput`, `LimitExceeded` */
export function readSessionTags(form: Form): SessionTags {
  return requireSessionTags({ tags: readTags(form), transitiveTagKeys: readList(form, 'TransitiveTagKeys') });
}

/** @throws {AwsError} `ValidationError`, `LimitExceeded` */
export function requireSessionTags(passed: SessionTags): SessionTags {
  const stray = passed.transitiveTagKeys.find((key) => !passed.tags.has(key));
  if (stray !== undefined) {
    throw validationError(`The transitive tag key '${stray}' must be the key of a tag in the request.`);
  }
  requireTagLimit(passed.tags, 'Session');
  return passed;
}

/**
 * The tags of a session whose caller is itself a session: what it inherits stays as it is.
 *
 * @throws {AwsError} `ValidationError`, when a tag is passed under an inherited key
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html#id_session-tags_role-chaining
 */
export function withInheritedTags({ tags, transitiveTagKeys }: SessionTags, inherited: Tags = new Map()): SessionTags {
  const inheritedKeys = new Set([...inherited.keys()].map((key) => key.toLowerCase()));
  const repeated = [...tags.keys()].find((key) => inheritedKeys.has(key.toLowerCase()));
  if (repeated !== undefined) {
    throw validationError(`The session tag '${repeated}' is inherited as a transitive tag and cannot be passed again.`);
  }
  return {
    tags: new Map([...inherited, ...tags]),
    transitiveTagKeys: [...inherited.keys(), ...transitiveTagKeys],
  };
}
