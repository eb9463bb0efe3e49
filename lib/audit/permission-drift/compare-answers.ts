import type { DecidingStatement, Decision } from '../../iam';
import { forEachCombination, type Varied, whenOf } from '../permission-proof/circumstances';
import type { Decide } from '../permission-proof/deciders';
import type { Restriction } from '../permission-proof/proof';
import type { Question } from '../permission-proof/question';
import type { Sample } from '../permission-proof/samples';
import type { DriftKind } from './drift';

/** How the answers to one question differ. */
export interface AnswerDrift {
  readonly kind: DriftKind;
  readonly when: readonly Restriction[];
  readonly by: readonly DecidingStatement[];
}

/** A question that the two sides answer differently. */
export interface QuestionDrift extends AnswerDrift {
  readonly caller: string;
  readonly action: string;
  readonly sample: Sample;
}

/** Both sides' answers in the same circumstances. */
interface Pair {
  readonly before: Decide;
  readonly after: Decide;
}

/** Whether something was allowed, and whether it is now, seen in some circumstances or other. */
interface Seen {
  was: boolean;
  is: boolean;
  isMore: boolean;
  isLess: boolean;
}

/** The circumstances of a differing answer, and how many of them are not the most pleasing ones. */
interface Differing {
  readonly indexes: readonly number[];
  readonly weight: number;
  readonly decision: Decision;
}

/**
 * Asks both sides in every combination of circumstances; `undefined` when they always agree.
 *
 * @throws {ToolkitError} `TooManyCircumstances`
 */
export function compareAnswers(
  { before, after }: Pair,
  circumstances: readonly Varied[],
  question: Question,
): AnswerDrift | undefined {
  const seen: Seen = { was: false, is: false, isMore: false, isLess: false };
  let plainest: Differing | undefined;
  forEachCombination(circumstances, question, (indexes) => {
    const decision = after(indexes);
    const is = decision.result === 'allowed';
    const was = before(indexes).result === 'allowed';
    seen.was ||= was;
    seen.is ||= is;
    if (was === is) return;
    seen.isMore ||= is;
    seen.isLess ||= was;
    const weight = indexes.filter((index) => index > 0).length;
    if (plainest === undefined || weight < plainest.weight) plainest = { indexes: [...indexes], weight, decision };
  });
  return plainest && toDrift(plainest, kindOf(seen), circumstances);
}

function toDrift({ indexes, decision }: Differing, kind: DriftKind, circumstances: readonly Varied[]): AnswerDrift {
  const by = decision.result === 'implicitly-denied' ? [] : decision.by;
  return { kind, when: whenOf(circumstances, indexes), by };
}

function kindOf({ was, is, isMore, isLess }: Seen): DriftKind {
  if (!was) return 'gained';
  if (!is) return 'lost';
  if (isMore && isLess) return 'moved';
  return isMore ? 'widened' : 'narrowed';
}
