import { varied } from './circumstances';
import type { createDeciders } from './deciders';
import type { ExpectedPermission } from './expected';
import type { Facet } from './facets';
import { choicesFor, type Question } from './question';
import { keysOf, type StatementInPlay } from './statements-in-play';
import { type Study, study } from './study';

interface StudiesOptions {
  readonly facets: readonly Facet[];
  readonly decider: ReturnType<typeof createDeciders>;
}

type StudyOnce = (
  question: Question,
  inPlay: readonly StatementInPlay[],
  expected: ExpectedPermission | undefined,
) => Study;

/**
 * Studies of one caller. Questions that the same statements have a say about have the same answers, so they share one.
 *
 * A statement whose resource holds a policy variable may apply to one resource and not to the next: nothing is shared then.
 */
export function createStudies({ facets, decider }: StudiesOptions): StudyOnce {
  const made = new Map<ExpectedPermission | undefined, Map<string, Study>>();
  return (question, inPlay, expected) => {
    const make = () => {
      const circumstances = varied(decisiveOf(facets, inPlay, expected), question);
      const decide = decider({ question, circumstances, inPlay });
      return study({ question, circumstances, expected, decide });
    };
    if (inPlay.some(({ hasVariable }) => hasVariable)) return make();
    const same = made.get(expected) ?? new Map<string, Study>();
    made.set(expected, same);
    const key = likenessOf(question, inPlay, facets);
    const known = same.get(key) ?? make();
    same.set(key, known);
    return known;
  };
}

/** The circumstances that a statement asks about, or that are expected to matter. */
function decisiveOf(
  facets: readonly Facet[],
  inPlay: readonly StatementInPlay[],
  expected: ExpectedPermission | undefined,
): readonly Facet[] {
  const keys = keysOf(inPlay);
  return facets.filter(
    (facet) => facet.keys.some((key) => keys.has(key)) || expected?.onlyIf.some((one) => one.facet === facet.id),
  );
}

/** What two questions must have in common to be answered alike: service, owner, statements. */
function likenessOf(
  { action, sample }: Question,
  inPlay: readonly StatementInPlay[],
  facets: readonly Facet[],
): string {
  const service = action.slice(0, action.indexOf(':'));
  const owners = facets.map((facet) => choicesFor(facet, sample).length).join();
  return [service, sample.isForeign, owners, ...inPlay.map(({ id }) => id)].join(' ');
}
