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
/** Where alike forms are known, a combination takes no more than a look-up. */
const MOST_UNLIKE = 500_000;

/** The forms that each circumstance takes for the question's resource. */
export function varied(facets: readonly Facet[], { sample }: Question): readonly Varied[] {
  return facets.map((facet) => ({ facet, choices: choicesFor(facet, sample) }));
}

/** A form that stands for others which decide alike and are expected alike, and all of them, by their indexes. */
interface AlikeForms {
  readonly first: number;
  readonly all: readonly number[];
}

/** Forms with the same mark are one; without marks each is one of its own. */
export function alikeForms(
  { choices }: Varied,
  markOf: ((index: number) => string) | undefined,
): readonly AlikeForms[] {
  const groups = new Map<string, number[]>();
  for (const index of choices.keys()) {
    const mark = markOf?.(index) ?? String(index);
    const group = groups.get(mark);
    if (group === undefined) groups.set(mark, [index]);
    else group.push(index);
  }
  return [...groups.values()].map((all) => ({ first: all[0] ?? 0, all }));
}

/**
 * Visits every combination of forms that are not alike, each by the places of its forms in these lists.
 *
 * @param given - the forms, and whether it is known which of them are alike
 * @throws {ToolkitError} `TooManyCircumstances`
 */
export function forEachUnlike(
  given: { readonly forms: readonly (readonly AlikeForms[])[]; readonly isKnown: boolean },
  question: Question,
  visit: (places: readonly number[]) => void,
): void {
  const { forms, isKnown } = given;
  forEachOf(
    forms.map(({ length }) => length),
    { question, most: isKnown ? MOST_UNLIKE : MOST_COMBINATIONS },
    visit,
  );
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
  question: Question,
  visit: (indexes: readonly number[]) => void,
): number {
  return forEachOf(
    circumstances.map(({ choices }) => choices.length),
    { question, most: MOST_COMBINATIONS },
    visit,
  );
}

function forEachOf(
  sizes: readonly number[],
  { question: { action, sample }, most }: { readonly question: Question; readonly most: number },
  visit: (indexes: readonly number[]) => void,
): number {
  const count = sizes.reduce((product, size) => product * size, 1);
  if (count > most) {
    throw new ToolkitError(
      'TooManyCircumstances',
      `'${action}' on '${sample.arn}' must depend on at most ${most} combinations of conditions, got: ${count}`,
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
