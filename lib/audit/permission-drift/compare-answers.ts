import type { DecidingStatement, Decision } from '../../iam';
import { choicesAt, forEachCombination, varied, whenOf } from '../permission-proof/circumstances';
import type { Facet } from '../permission-proof/facets';
import type { Restriction } from '../permission-proof/proof';
import type { Question } from '../permission-proof/question';
import type { Sample } from '../permission-proof/samples';
import type { DriftKind } from './drift';
import type { Side } from './side';

/** How the answers to one question differ. */
export interface AnswerDrift {
  readonly kind: DriftKind;
  readonly when: readonly Restriction[];
  readonly by: readonly DecidingStatement[];
}

/** One question that the two sides answer differently. */
export interface QuestionDrift extends AnswerDrift {
  readonly caller: string;
  readonly action: string;
  readonly sample: Sample;
}

/** A question, put to either side with the caller's policies there. */
export interface Pair {
  readonly before: { readonly side: Side; readonly question: Question };
  readonly after: { readonly side: Side; readonly question: Question };
}

interface Answer {
  readonly when: readonly Restriction[];
  readonly was: boolean;
  readonly is: boolean;
  readonly decision: Decision;
}

/**
 * Asks both sides in every combination of circumstances; `undefined` when they always agree.
 *
 * @throws {ToolkitError} `TooManyCircumstances`
 */
export function compareAnswers({ before, after }: Pair, facets: readonly Facet[]): AnswerDrift | undefined {
  const circumstances = varied(facets, after.question);
  const answers: Answer[] = [];
  forEachCombination(circumstances, after.question, (indexes) => {
    const choices = choicesAt(circumstances, indexes);
    const decision = after.side.decide(after.question, choices);
    const was = before.side.decide(before.question, choices).result === 'allowed';
    answers.push({ when: whenOf(circumstances, indexes), was, is: decision.result === 'allowed', decision });
  });
  const differing = answers.filter(({ was, is }) => was !== is);
  const [first, ...more] = differing;
  if (first === undefined) return undefined;
  const plainest = more.reduce((one, other) => (other.when.length < one.when.length ? other : one), first);
  const { decision, when } = plainest;
  return { kind: kindOf(answers), when, by: decision.result === 'implicitly-denied' ? [] : decision.by };
}

function kindOf(answers: readonly Answer[]): DriftKind {
  if (!answers.some(({ was }) => was)) return 'gained';
  if (!answers.some(({ is }) => is)) return 'lost';
  const isMore = answers.some(({ was, is }) => is && !was);
  const isLess = answers.some(({ was, is }) => was && !is);
  if (isMore && isLess) return 'moved';
  return isMore ? 'widened' : 'narrowed';
}
