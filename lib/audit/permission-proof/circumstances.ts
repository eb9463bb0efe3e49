import { ToolkitError } from '../../errors';
import type { Choice, Facet } from './facets';
import type { Restriction } from './proof';
import { choicesFor, type Question } from './question';

/** A circumstance to vary, and the forms to try. */
export interface Varied {
  readonly facet: Facet;
  readonly choices: readonly Choice[];
}

/** More combinations than any sensible policies make; an answer from a sample of them would be none. */
const MOST_COMBINATIONS = 100_000;

/** The forms that each circumstance takes for the question's resource. */
export function varied(facets: readonly Facet[], { sample }: Question): readonly Varied[] {
  return facets.map((facet) => ({ facet, choices: choicesFor(facet, sample) }));
}

/**
 * Visits every combination of the circumstances' forms, each by the indexes of its forms, and counts them.
 *
 * The list is the same one each time, and is changed after the visit.
 *
 * @throws {ToolkitError} `TooManyCircumstances`
 */
export function forEachCombination(
  circumstances: readonly Varied[],
  { action, sample }: Question,
  visit: (indexes: readonly number[]) => void,
): number {
  const sizes = circumstances.map(({ choices }) => choices.length);
  const count = sizes.reduce((product, size) => product * size, 1);
  if (count > MOST_COMBINATIONS) {
    throw new ToolkitError(
      'TooManyCircumstances',
      `'${action}' on '${sample.arn}' must depend on at most ${MOST_COMBINATIONS} combinations of conditions, got: ${count}`,
    );
  }
  const indexes = sizes.map(() => 0);
  for (let visited = 0; visited < count; visited++) {
    visit(indexes);
    advance(indexes, sizes);
  }
  return count;
}

/** The last circumstance changes fastest. */
function advance(indexes: number[], sizes: readonly number[]): void {
  for (let at = sizes.length - 1; at >= 0; at--) {
    const next = (indexes[at] ?? 0) + 1;
    indexes[at] = next === sizes[at] ? 0 : next;
    if (next !== sizes[at]) return;
  }
}

/** The forms at these indexes. */
export function choicesAt(circumstances: readonly Varied[], indexes: readonly number[]): readonly Choice[] {
  return circumstances.flatMap(({ choices }, at) => choices[indexes[at] ?? -1] ?? []);
}

/** Where a combination differs from the most pleasing one. */
export function whenOf(circumstances: readonly Varied[], indexes: readonly number[]): readonly Restriction[] {
  return circumstances.flatMap(({ facet, choices }, at) => {
    const index = indexes[at] ?? 0;
    const choice = choices[index];
    return choice === undefined || index === 0 ? [] : [{ facet: facet.id, only: [choice.name] }];
  });
}
