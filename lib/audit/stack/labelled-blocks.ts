import { type Arguments, badStack, requireObject } from './arguments';

/** What stands at one label: its name, and an object of further labels or a block. */
type Labelled = readonly [name: string, given: unknown];

/**
 * What stands at a label. Terraform takes an object for a list of such objects, each with some of the names.
 *
 * @param at - how to call it in a message
 * @throws {ToolkitError} `BadStack`
 * @see https://developer.hashicorp.com/terraform/language/syntax/json#nested-block-mapping
 */
export function labelledIn(given: unknown, at: string): readonly Labelled[] {
  if (!Array.isArray(given) || given.length === 0) return Object.entries(requireObject(given, at));
  return given.flatMap((one) => Object.entries(requireObject(one, at)));
}

/**
 * A block that there is once, of which the parts may stand in several.
 *
 * @throws {ToolkitError} `BadStack`, also for a name in two of them
 */
export function joinedBlock(given: unknown, at: string): Arguments {
  const parts = labelledIn(given, at);
  requireOnce(
    parts.map(([name]) => name).filter((name) => name !== '//'),
    at,
  );
  return Object.fromEntries(parts);
}

/** The block of a resource or an output, as an object or as a list of one. */
export function soleBlock(given: unknown): unknown {
  return Array.isArray(given) && given.length === 1 ? given[0] : given;
}

/** @throws {ToolkitError} `BadStack`, for a name that is there twice */
export function requireOnce(names: readonly string[], at: string): void {
  const again = names.find((name, index) => names.indexOf(name) !== index);
  if (again !== undefined) throw badStack(at, 'must have each name once', again);
}
