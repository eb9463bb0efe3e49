import { matchesPattern, type Pattern, parseWildcards } from '../iam/match/wildcard';
import type { CatalogueAction } from './catalogue';

/** Which actions of a statement carry which condition key. */
export interface KeyCarriers {
  /** Every key that one of the actions carries, first seen first. */
  readonly names: readonly string[];
  /** The actions that carry a key, by its name in any case. */
  readonly carriersOf: (key: string) => ReadonlySet<CatalogueAction>;
}

/** The names that a key goes by, in which `*` stands for the author's own part. */
export type FindNames = (key: string) => readonly string[];

/** Indexes the keys of actions, so that each condition of a policy costs a look-up. */
export function indexKeys(actions: readonly CatalogueAction[]): KeyCarriers {
  const byName = new Map<string, Set<CatalogueAction>>();
  for (const action of actions) for (const name of keysOf(action)) addTo(byName, name, action);
  const names = [...byName.keys()];
  const findNames = indexNames(names);
  const carriersOf = (key: string): ReadonlySet<CatalogueAction> => {
    const [first = new Set<CatalogueAction>(), ...others] = findNames(key).flatMap((name) => byName.get(name) ?? []);
    return others.length === 0 ? first : new Set([first, ...others].flatMap((carriers) => [...carriers]));
  };
  return { names, carriersOf };
}

export function indexNames(names: readonly string[]): FindNames {
  const open = names.filter((name) => name.includes('*')).map((name) => ({ name, pattern: toPattern(name) }));
  const closed = new Map<string, Set<string>>();
  for (const name of names) if (!name.includes('*')) addTo(closed, name.toLowerCase(), name);
  return (key) => {
    const wanted = key.toLowerCase();
    const matched = open.filter(({ pattern }) => matchesPattern(pattern, wanted)).map(({ name }) => name);
    return [...(closed.get(wanted) ?? []), ...matched];
  };
}

function addTo<T>(sets: Map<string, Set<T>>, name: string, member: T): void {
  const set = sets.get(name);
  if (set === undefined) sets.set(name, new Set([member]));
  else set.add(member);
}

export function keysOf({ conditionKeys, resourceTypes }: CatalogueAction): readonly string[] {
  return [...conditionKeys, ...resourceTypes.flatMap((type) => type.conditionKeys)];
}

function toPattern(name: string): Pattern {
  return parseWildcards(name.toLowerCase());
}
