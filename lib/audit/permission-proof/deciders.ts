import { type Decision, evaluate, type Policy } from '../../iam';
import { decide, denies } from '../../iam/decision/decide';
import { routesOf } from '../../iam/decision/routes';
import { choicesAt } from './circumstances';
import type { Choice } from './facets';
import { createKeptOut, type Deciding, type KeptOut, OF_ANOTHER_OWNER } from './kept-out';
import type { Asked, Question } from './question';
import type { FindInPlay, StatementInPlay } from './statements-in-play';

/** Decides a question in circumstances, each of which is given by the index of its form. */
export interface Decide {
  (indexes: readonly number[]): Decision;
  /** A number for each form of each circumstance: forms with the same number decide alike. Missing where nobody can tell. */
  readonly likeness?: readonly (readonly number[])[];
  /** Whether a statement denies it, told without the whole decision. Missing where nobody can tell. */
  readonly isDenied?: (indexes: readonly number[]) => boolean;
}

type Ask = (question: Question, choices: readonly Choice[]) => Asked;

const NO_CIRCUMSTANCES: readonly Choice[] = [];

/**
 * Decides questions by the evaluator, which is asked once for all circumstances in which the same statements apply.
 *
 * Only the conditions of statements in play are open. Where one depends on two circumstances at once, or a resource on
 * any, or the evaluator refuses to answer, every combination is put to it.
 */
export function createDeciders(
  policies: readonly Policy[],
  ask: Ask,
  find: FindInPlay,
): (deciding: Deciding) => Decide {
  const keptOutOf = createKeptOut(policies);
  return (deciding) => {
    const { question, circumstances } = deciding;
    const put: Decide = (indexes) => {
      const { request, policies: asked } = ask(question, choicesAt(circumstances, indexes));
      return evaluate(request, asked);
    };
    const keptOut = keptOutOf(deciding);
    return keptOut === undefined ? put : onceForAlike(keptOut, combining(deciding, { ask, find, put }));
  };
}

/** Decides, where these statements are kept from applying, a bit each. */
interface Without {
  readonly decide: (statements: number, indexes: readonly number[]) => Decision;
  readonly isDenied?: (statements: number) => boolean;
}

/** Ways to learn more of a question. */
interface Inquiry {
  readonly ask: Ask;
  readonly find: FindInPlay;
  readonly put: Decide;
}

/** The answers of statements in play are known but for their conditions, so the evaluator only has to combine them. */
function combining({ question, circumstances, inPlay }: Deciding, { ask, find, put }: Inquiry): Without {
  const isOpen = inPlay.some(({ answer }) => answer === undefined);
  if (isOpen) return { decide: (_, indexes) => put(indexes) };
  const own = combineAnswers(ask(question, NO_CIRCUMSTANCES), inPlay, inPlay);
  const foreignOwner = circumstances.flatMap(({ choices }) => choices.filter(({ isForeign }) => isForeign)).slice(0, 1);
  if (foreignOwner.length === 0) return own;
  const asForeign = ask(question, foreignOwner);
  const foreign = combineAnswers(asForeign, find(asForeign), inPlay);
  const of = (statements: number) => ((statements & OF_ANOTHER_OWNER) === 0 ? own : foreign);
  return {
    decide: (statements) => of(statements).decide(statements),
    isDenied: (statements) => of(statements).isDenied(statements),
  };
}

/** Combines what these statements answer; those that are in play keep their bits, and of others no condition is open. */
function combineAnswers(
  { request, policies }: Asked,
  asked: readonly StatementInPlay[],
  inPlay: readonly StatementInPlay[],
) {
  const rows = asked.flatMap((one) => {
    const bit = inPlay.indexOf(one);
    return one.answer ? [{ answer: one.answer, mask: bit < 0 ? 0 : 1 << bit }] : [];
  });
  const denials = rows.filter(({ answer }) => denies(request, answer));
  const routes = routesOf(request, policies);
  return {
    isDenied: (keptOut: number): boolean => denials.some(({ mask }) => (keptOut & mask) === 0),
    decide: (keptOut: number): Decision => {
      const applying = rows.filter(({ mask }) => (keptOut & mask) === 0).map(({ answer }) => answer);
      return decide(request, applying, policies, routes).decision;
    },
  };
}

/** Decides once for all circumstances that keep the same statements out. */
function onceForAlike({ always, byForm }: KeptOut, without: Without): Decide {
  const known = new Map<number, Decision>();
  const keptOutIn = (indexes: readonly number[]): number => {
    let statements = always;
    for (let at = 0; at < indexes.length; at++) statements |= byForm[at]?.[indexes[at] ?? 0] ?? 0;
    return statements;
  };
  const decide = (indexes: readonly number[]): Decision => {
    const statements = keptOutIn(indexes);
    const decision = known.get(statements) ?? without.decide(statements, indexes);
    known.set(statements, decision);
    return decision;
  };
  const { isDenied } = without;
  return Object.assign(decide, {
    likeness: byForm,
    ...(isDenied && { isDenied: (indexes: readonly number[]) => isDenied(keptOutIn(indexes)) }),
  });
}
