import type { Arguments } from '../arguments';
import { UnknownValue } from '../unknown-value';
import { asList, asObject } from './configurations';

const KNOWN_AFTER_APPLY = 'known after apply';

/** Steps to an argument, through blocks and lists. */
export type ArgumentPath = readonly (string | number)[];

/** Finds the text of an argument that a plan leaves open, or why nobody can tell it. */
export type TextOf = (path: ArgumentPath) => string | UnknownValue | undefined;

/** The values after the plan, with unknown leaves marked. */
export function readAfter({ after, after_unknown: unknown }: Arguments): unknown {
  return mergeUnknown(after, unknown, [], () => undefined);
}

/** The values of a plan, with every unknown leaf as the reference that it is, or as unknown. */
export function mergeUnknown(after: unknown, unknown: unknown, path: ArgumentPath, textOf: TextOf): unknown {
  if (unknown === true) return textOf(path) ?? new UnknownValue(KNOWN_AFTER_APPLY);
  // The provider's older resources say '' of a text that is not set.
  if (after === '') return null;
  if (typeof after === 'string') return asTemplate(after);
  if (Array.isArray(after) || (Array.isArray(unknown) && unknown.length > 0)) {
    const length = Math.max(asList(after).length, asList(unknown).length);
    return Array.from({ length }, (_, index) =>
      mergeUnknown(asList(after)[index], asList(unknown)[index], [...path, index], textOf),
    );
  }
  if (typeof after === 'object' && after !== null) {
    const names = [...new Set([...Object.keys(after), ...Object.keys(asObject(unknown))])];
    const entries = names.map((name) => [
      name,
      mergeUnknown(asObject(after)[name], asObject(unknown)[name], [...path, name], textOf),
    ]);
    return Object.fromEntries(entries);
  }
  return after;
}

/** In a plan text stands as it is; here it is written as a template. */
function asTemplate(text: string): string {
  return text.replaceAll('${', () => '$${').replaceAll('%{', () => '%%{');
}
