import type { S3RequestFacts } from './facts';
import type { Context } from './question';
import type { Target } from './target';

/** Condition keys and how their values are read; what is absent from the request is absent from the context. */
export interface ConditionKeys {
  /** As AWS lists them; `*` stands for the part that an author chooses. */
  readonly keys: readonly string[];
  readonly read: (facts: S3RequestFacts, target: Target) => Context;
}

export function fromHeader(key: string, header: string): ConditionKeys {
  return { keys: [key], read: ({ headers }) => present(key, headers[header]) };
}

export function fromQuery(key: string, parameter: string): ConditionKeys {
  return { keys: [key], read: ({ query }) => present(key, query[parameter]) };
}

export function present(key: string, value: string | undefined): Context {
  return value === undefined ? {} : { [key]: value };
}

/** One key for each tag, with what AWS puts before the tag's own key. */
export function tagContext(prefix: string, tags: Iterable<readonly [string, string]>): Context {
  return Object.fromEntries([...tags].map(([key, value]) => [`${prefix}${key}`, value]));
}
