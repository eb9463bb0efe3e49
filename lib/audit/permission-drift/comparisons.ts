import { varied } from '../permission-proof/circumstances';
import type { Facet } from '../permission-proof/facets';
import type { Question } from '../permission-proof/question';
import { keysOf, type StatementInPlay } from '../permission-proof/statements-in-play';
import { type AnswerDrift, compareAnswers } from './compare-answers';
import type { Side } from './side';

type Compare = (question: Question) => AnswerDrift | undefined;

/**
 * Compares what both sides answer to questions of one caller.
 *
 * Questions that the same statements of both sides have a say about have the same answers, so they share one comparison.
 */
export function createComparisons([before, after]: readonly [Side, Side], facets: readonly Facet[]): Compare {
  const made = new Map<string, AnswerDrift | undefined>();
  return (question) => {
    const inPlay = { before: before.inPlay(question), after: after.inPlay(question) };
    const all = [...inPlay.before, ...inPlay.after];
    if (!all.some(({ effect }) => effect === 'Allow')) return undefined;
    const compare = () => {
      const circumstances = varied(decisiveOf(facets, all), question);
      const decided = {
        before: before.decider(question, circumstances, inPlay.before),
        after: after.decider(question, circumstances, inPlay.after),
      };
      return compareAnswers(decided, circumstances, question);
    };
    if (all.some(({ hasVariable }) => hasVariable)) return compare();
    const likeness = likenessOf(question, inPlay.before, inPlay.after);
    if (!made.has(likeness)) made.set(likeness, compare());
    return made.get(likeness);
  };
}

function decisiveOf(facets: readonly Facet[], inPlay: readonly StatementInPlay[]): readonly Facet[] {
  const keys = keysOf(inPlay);
  return facets.filter((facet) => facet.keys.some((key) => keys.has(key)));
}

/** Everything that two questions must share to get the same answer: service, owner, kind of resource, statements. */
function likenessOf(
  { action, sample }: Question,
  before: readonly StatementInPlay[],
  after: readonly StatementInPlay[],
): string {
  const service = action.slice(0, action.indexOf(':'));
  const idsOf = (inPlay: readonly StatementInPlay[]) => inPlay.map(({ id }) => id);
  return JSON.stringify([service, sample.isForeign, sample.shape, idsOf(before), idsOf(after)]);
}
