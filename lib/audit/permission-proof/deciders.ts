import { ToolkitError } from '../../errors';
import { type Decision, evaluate, type Policy } from '../../iam';
import { indexContext, type RequestContext } from '../../iam/request-context';
import type { Caller } from './callers';
import { choicesAt, type Varied } from './circumstances';
import { type PreparedCondition, preparedConditions } from './condition-tests';
import type { Choice } from './facets';
import type { Asked, Question } from './question';
import type { StatementInPlay } from './statements-in-play';

/** Decides a question in circumstances, each of which is given by the index of its form. */
export type Decide = (indexes: readonly number[]) => Decision;

/** A question, what is varied about it, and the statements that could have a say. */
interface Deciding {
  readonly question: Question;
  readonly circumstances: readonly Varied[];
  readonly inPlay: readonly StatementInPlay[];
}

type Ask = (question: Question, choices: readonly Choice[]) => Asked;

/** Bits of a number that stay whole numbers in `|`. */
const MOST_STATEMENTS = 30;

/**
 * Decides questions by the evaluator, which is asked once for all circumstances in which the same statements apply.
 *
 * Of statements in play only the conditions are open. Where one hangs on two circumstances at once, or a resource on
 * any, or the evaluator refuses to answer, every combination is put to it.
 */
export function createDeciders(policies: readonly Policy[], ask: Ask): (deciding: Deciding) => Decide {
  const conditionsOf = preparedConditions(policies);
  const contextIn = contexts(ask);
  return (deciding) => {
    const { question, circumstances } = deciding;
    const put: Decide = (indexes) => {
      const { request, policies: asked } = ask(question, choicesAt(circumstances, indexes));
      return evaluate(request, asked);
    };
    const keptOut = keptOutBy(deciding, conditionsOf, contextIn);
    return keptOut === undefined ? put : onceForAlike(put, keptOut);
  };
}

/** The context of a caller in one form of a circumstance, indexed once. */
function contexts(ask: Ask): (question: Question, choice: Choice) => RequestContext {
  const known = new Map<Caller, Map<Choice, RequestContext>>();
  return (question, choice) => {
    const ofCaller = known.get(question.caller) ?? new Map<Choice, RequestContext>();
    known.set(question.caller, ofCaller);
    const context = ofCaller.get(choice) ?? indexContext(ask(question, [choice]).request);
    ofCaller.set(choice, context);
    return context;
  };
}

/** For each form of each circumstance: the statements that it keeps from applying, a bit each. */
type KeptOut = readonly (readonly number[])[];

function onceForAlike(put: Decide, keptOut: KeptOut): Decide {
  const known = new Map<number, Decision>();
  return (indexes) => {
    let statements = 0;
    for (let at = 0; at < indexes.length; at++) statements |= keptOut[at]?.[indexes[at] ?? 0] ?? 0;
    const decision = known.get(statements) ?? put(indexes);
    known.set(statements, decision);
    return decision;
  };
}

function keptOutBy(
  { question, circumstances, inPlay }: Deciding,
  conditionsOf: ReturnType<typeof preparedConditions>,
  contextIn: ReturnType<typeof contexts>,
): KeptOut | undefined {
  const conditions = inPlay.map(({ statement }) => (statement === undefined ? [] : conditionsOf(statement)));
  const isSeparable = ({ keys }: PreparedCondition) =>
    circumstances.filter(({ facet }) => facet.keys.some((key) => keys.includes(key))).length < 2;
  const isKnown = inPlay.length < MOST_STATEMENTS && !inPlay.some(({ hasVariable }) => hasVariable);
  if (!isKnown || !conditions.every((own) => own.every(isSeparable))) return undefined;
  return unlessRefused(() =>
    circumstances.map(({ facet, choices }) => {
      const open = conditions.map((own) => own.filter(({ keys }) => facet.keys.some((key) => keys.includes(key))));
      return choices.map((choice) => {
        const context = contextIn(question, choice);
        const bits = open.map((own, bit) => (own.every(({ holds }) => holds(context)) ? 0 : 1 << bit));
        // Another owner's bucket has a policy of its own.
        return bits.reduce((all, bit) => all | bit, choice.isForeign ? 1 << MOST_STATEMENTS : 0);
      });
    }),
  );
}

function unlessRefused<Value>(work: () => Value): Value | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof ToolkitError) return undefined;
    throw error;
  }
}
