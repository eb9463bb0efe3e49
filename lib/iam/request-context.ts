import type { AccessRequest, ContextValue } from './types';

/** The condition keys of one request. Names are asked for in lower case, since their case does not matter. */
export interface RequestContext {
  /** The values of a key, one for a single-valued key; `undefined` when the key is absent or has no value at all. */
  readonly valuesOf: (key: string) => readonly string[] | undefined;
  /** The value that a policy variable takes; `undefined` when the key is absent. */
  readonly variable: (key: string) => string | undefined;
}

/**
 * Indexes the context of a request.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html
 */
export function indexContext(request: Pick<AccessRequest, 'context'>): RequestContext {
  // Most requests are decided by statements that look at no key.
  let byName: ReadonlyMap<string, readonly string[]> | undefined;
  const valuesOf = (key: string): readonly string[] | undefined => {
    byName ??= namesIn(request.context);
    const values = byName.get(key);
    return values?.length === 0 ? undefined : values;
  };
  return { valuesOf, variable: (key) => valuesOf(key)?.[0] };
}

function namesIn(context: AccessRequest['context']): ReadonlyMap<string, readonly string[]> {
  const byName = new Map<string, readonly string[]>();
  for (const key of Object.keys(context)) byName.set(key.toLowerCase(), toList(context[key] ?? []));
  return byName;
}

function toList(value: ContextValue): readonly string[] {
  return typeof value === 'string' ? [value] : value;
}
