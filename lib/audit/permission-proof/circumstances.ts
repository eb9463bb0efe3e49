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
 * Every combination of the circumstances' forms.
 *
 * @throws {ToolkitError} `TooManyCircumstances`
 */
export function combinations(
  circumstances: readonly Varied[],
  { action, sample }: Question,
): readonly (readonly Choice[])[] {
  const count = circumstances.reduce((product, { choices }) => product * choices.length, 1);
  if (count > MOST_COMBINATIONS) {
    throw new ToolkitError(
      'TooManyCircumstances',
      `'${action}' on '${sample.arn}' must depend on at most ${MOST_COMBINATIONS} combinations of conditions, got: ${count}`,
    );
  }
  return circumstances.reduce<readonly (readonly Choice[])[]>(
    (rows, { choices }) => rows.flatMap((row) => choices.map((choice) => [...row, choice])),
    [[]],
  );
}

/** Where a combination differs from the most pleasing one. */
export function whenOf(circumstances: readonly Varied[], choices: readonly Choice[]): readonly Restriction[] {
  return circumstances.flatMap(({ facet, choices: [base] }, index) => {
    const choice = choices[index];
    return choice === undefined || choice === base ? [] : [{ facet: facet.id, only: [choice.name] }];
  });
}
