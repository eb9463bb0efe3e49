import type { Arguments } from '../arguments';
import { asList, asObject } from './configurations';
import type { ArgumentPath } from './planned-values';

/**
 * The expression of an argument of a document, where nobody can mistake which block of the configuration made it.
 *
 * A plan leaves `dynamic` blocks out of its configuration, and the provider sorts conditions and principals. So a block goes
 * by its place only in a list that both have in the same length, and else by its constants, if they are those of one alone.
 */
export function writtenAt(document: Arguments, expressions: Arguments, path: ArgumentPath): Arguments | undefined {
  let given: unknown = document;
  let written: unknown = expressions;
  for (const [at, step] of path.entries()) {
    if (isExpression(written)) break;
    if (typeof step === 'number') {
      written = blockOf(asList(given), step, asList(written), path[at - 1] === 'statement');
      given = asList(given)[step];
    } else {
      written = asObject(written)[step];
      given = asObject(given)[step];
    }
  }
  return isExpression(written) ? written : undefined;
}

function isExpression(value: unknown): value is Arguments {
  return 'references' in asObject(value) || 'constant_value' in asObject(value);
}

function blockOf(given: readonly unknown[], index: number, written: readonly unknown[], isOrdered: boolean): unknown {
  if (given.length === written.length && (isOrdered || given.length === 1)) return written[index];
  const made = written.filter((one) => hasConstantsOf(given[index], one));
  const [only] = made;
  return made.length === 1 && given.filter((one) => hasConstantsOf(one, only)).length === 1 ? only : undefined;
}

/** Whether a block has all the constants of a written one, which must have some. */
function hasConstantsOf(given: unknown, written: unknown): boolean {
  const constants = Object.entries(asObject(written)).filter(
    ([, one]) => 'constant_value' in asObject(one) && !('references' in asObject(one)),
  );
  return (
    constants.length > 0 &&
    constants.every(([name, one]) => asText(asObject(given)[name]) === asText(asObject(one).constant_value))
  );
}

/** The provider sorts lists, and writes everything as text. */
function asText(value: unknown): string {
  return JSON.stringify(Array.isArray(value) ? value.map(String).sort() : String(value));
}
