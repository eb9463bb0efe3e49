import { ToolkitError } from '../../errors';
import type { DecidingStatement, Decision } from '../../iam';
import type { Choice, Facet } from '../permission-proof/facets';
import type { Restriction } from '../permission-proof/proof';
import { choicesFor, type Question } from '../permission-proof/question';
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

/** More combinations than any sensible policies make; a comparison of a sample of them would miss a difference. */
const MOST_COMBINATIONS = 100_000;

/**
 * Asks both sides in every combination of circumstances; `undefined` when they always agree.
 *
 * @throws {ToolkitError} `TooManyCircumstances`
 */
export function compareAnswers({ before, after }: Pair, facets: readonly Facet[]): AnswerDrift | undefined {
  const varied = facets.map((facet) => ({ facet, choices: choicesFor(facet, after.question.sample) }));
  const answers = combinations(varied, after.question).map((choices): Answer => {
    const decision = after.side.decide(after.question, choices);
    const was = before.side.decide(before.question, choices).result === 'allowed';
    return { when: whenOf(varied, choices), was, is: decision.result === 'allowed', decision };
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

interface Varied {
  readonly facet: Facet;
  readonly choices: readonly Choice[];
}

function combinations(varied: readonly Varied[], { action, sample }: Question): readonly (readonly Choice[])[] {
  const count = varied.reduce((product, { choices }) => product * choices.length, 1);
  if (count > MOST_COMBINATIONS) {
    throw new ToolkitError(
      'TooManyCircumstances',
      `'${action}' on '${sample.arn}' must depend on at most ${MOST_COMBINATIONS} combinations of conditions, got: ${count}`,
    );
  }
  return varied.reduce<readonly (readonly Choice[])[]>(
    (rows, { choices }) => rows.flatMap((row) => choices.map((choice) => [...row, choice])),
    [[]],
  );
}

function whenOf(varied: readonly Varied[], choices: readonly Choice[]): readonly Restriction[] {
  return varied.flatMap(({ facet, choices: [ordinary] }, index) => {
    const choice = choices[index];
    return choice === undefined || choice === ordinary ? [] : [{ facet: facet.id, only: [choice.name] }];
  });
}
