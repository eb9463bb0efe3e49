import { varied } from './circumstances';
import type { createDeciders } from './deciders';
import type { ExpectedPermission } from './expected';
import type { Facet } from './facets';
import { createIdentifiers } from './identifiers';
import { choicesFor, type Question } from './question';
import type { Sample } from './samples';
import { keysOf, type StatementInPlay } from './statements-in-play';
import { type Study, study } from './study';

interface StudiesOptions {
  readonly facets: readonly Facet[];
  readonly decider: ReturnType<typeof createDeciders>;
}

/** Studies of one caller. */
interface Studies {
  readonly study: (
    question: Question,
    inPlay: readonly StatementInPlay[],
    expected: ExpectedPermission | undefined,
  ) => Study;
  /** In how many circumstances something was decided so far. */
  readonly decisions: () => number;
}

/**
 * Studies of one caller after the other. Questions of one caller that the same statements have a say about have the same
 * answers, so they share one.
 *
 * A statement whose resource holds a policy variable may apply to one resource and not to the next: nothing is shared then.
 */
export function createStudies({ facets, decider }: StudiesOptions): () => Studies {
  const ownershipOf = ownerships(facets);
  const idOf = createIdentifiers();
  const idOfList = listIdentifiers(idOf);
  return () => {
    const made = new Map<string, Study>();
    let decisions = 0;
    const make: Studies['study'] = (question, inPlay, expected) => {
      const circumstances = varied(decisiveOf(facets, inPlay, expected), question);
      const decide = decider({ question, circumstances, inPlay });
      const one = study({ question, circumstances, expected, decide });
      decisions += one.decisions;
      return one;
    };
    return {
      study: (question, inPlay, expected) => {
        if (inPlay.some(({ hasVariable }) => hasVariable)) return make(question, inPlay, expected);
        const { action, sample } = question;
        const service = action.slice(0, action.indexOf(':'));
        const key = `${service} ${ownershipOf(sample)} ${expected && idOf(expected)} ${idOfList(inPlay)}`;
        const known = made.get(key) ?? make(question, inPlay, expected);
        made.set(key, known);
        return known;
      },
      decisions: () => decisions,
    };
  };
}

/** The same number for lists of the same statements. */
function listIdentifiers(idOf: (one: unknown) => number): (inPlay: readonly StatementInPlay[]) => number {
  const known = new Map<readonly StatementInPlay[], number>();
  return (inPlay) => {
    const id = known.get(inPlay) ?? idOf(inPlay.map((one) => one.id).join(' '));
    known.set(inPlay, id);
    return id;
  };
}

/** Whose a resource is, and whose it could be, as one number. */
function ownerships(facets: readonly Facet[]): (sample: Sample) => number {
  const known = new Map<Sample, number>();
  const idOf = createIdentifiers();
  return (sample) => {
    const ownership =
      known.get(sample) ?? idOf(`${sample.isForeign} ${facets.map((facet) => choicesFor(facet, sample).length)}`);
    known.set(sample, ownership);
    return ownership;
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
    (facet) =>
      facet.keys.some((key) => keys.has(key)) ||
      expected?.onlyIf.some((one) => one.facet === facet.id || one.where?.facet === facet.id),
  );
}
