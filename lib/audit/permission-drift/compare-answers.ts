import type { DecidingStatement, Decision } from '../../iam';
import { forEachCombination, type Varied } from '../permission-proof/circumstances';
import type { Decide } from '../permission-proof/deciders';
import type { Restriction } from '../permission-proof/proof';
import type { Question } from '../permission-proof/question';
import type { Sample } from '../permission-proof/samples';
import type { DriftKind } from './drift';

/** How the answers to one question differ. */
export interface AnswerDrift {
  readonly kind: DriftKind;
  readonly when: readonly Restriction[];
  /** Where something else is allowed no more; for what has moved alone. */
  readonly whenLost?: readonly Restriction[];
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

/** Whether something was allowed in some circumstances or other, and whether it is now. */
interface Seen {
  was: boolean;
  is: boolean;
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
  const seen: Seen = { was: false, is: false };
  let more: Differing | undefined;
  let less: Differing | undefined;
  forEachCombination(circumstances, question, (indexes) => {
    const decision = after(indexes);
    const is = decision.result === 'allowed';
    const was = before(indexes).result === 'allowed';
    seen.was ||= was;
    seen.is ||= is;
    if (was === is) return;
    if (is) more = plainerOf(more, indexes, decision);
    else less = plainerOf(less, indexes, decision);
  });
  const differs = (isMore: boolean) => (indexes: readonly number[]) => {
    const is = after(indexes).result === 'allowed';
    return is === isMore && is !== (before(indexes).result === 'allowed');
  };
  const whenMore = more && wherever(more, circumstances, differs(true));
  const whenLess = less && wherever(less, circumstances, differs(false));
  return toDrift({ more, less, whenMore, whenLess }, seen);
}

function plainerOf(known: Differing | undefined, indexes: readonly number[], decision: Decision): Differing {
  const weight = indexes.filter((index) => index > 0).length;
  return known === undefined || weight < known.weight ? { indexes: [...indexes], weight, decision } : known;
}

/** The circumstances, each with every other form that differs in the same way: two names that are let in are two. */
function wherever(
  { indexes }: Differing,
  circumstances: readonly Varied[],
  differs: (indexes: readonly number[]) => boolean,
): readonly Restriction[] {
  return circumstances.flatMap(({ facet, choices }, at) => {
    if ((indexes[at] ?? 0) === 0) return [];
    const alike = choices.filter((_, index) => index > 0 && differs(indexes.with(at, index)));
    return [{ facet: facet.id, only: [...new Set(alike.map(({ name }) => name))] }];
  });
}

interface Differences {
  readonly more: Differing | undefined;
  readonly less: Differing | undefined;
  readonly whenMore: readonly Restriction[] | undefined;
  readonly whenLess: readonly Restriction[] | undefined;
}

function toDrift({ more, less, whenMore, whenLess }: Differences, { was, is }: Seen): AnswerDrift | undefined {
  const plainest = more ?? less;
  const when = whenMore ?? whenLess;
  if (plainest === undefined || when === undefined) return undefined;
  const { decision } = plainest;
  const by = decision.result === 'implicitly-denied' ? [] : decision.by;
  if (!was) return { kind: 'gained', when, by };
  if (!is) return { kind: 'lost', when, by };
  if (more === undefined) return { kind: 'narrowed', when, by };
  return whenLess === undefined ? { kind: 'widened', when, by } : { kind: 'moved', when, whenLost: whenLess, by };
}
