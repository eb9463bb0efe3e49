import { type Decision, evaluate, type Policy } from '../../iam';
import { decide, denies } from '../../iam/decision/decide';
import { routesOf } from '../../iam/decision/routes';
import { indexContext, type RequestContext } from '../../iam/request-context';
import type { Caller } from './callers';
import { choicesAt, type Varied } from './circumstances';
import { type PreparedCondition, preparedConditions } from './condition-tests';
import type { Choice } from './facets';
import { type Asked, callerContext, type Question } from './question';
import type { FindInPlay, StatementInPlay } from './statements-in-play';
import { unlessRefused } from './unless-refused';

/** Decides a question in circumstances, each of which is given by the index of its form. */
export interface Decide {
  (indexes: readonly number[]): Decision;
  /** A number for each form of each circumstance: forms with the same number decide alike. Missing where nobody can tell. */
  readonly likeness?: readonly (readonly number[])[];
  /** Whether a statement denies it, told without the whole decision. Missing where nobody can tell. */
  readonly isDenied?: (indexes: readonly number[]) => boolean;
}

/** A question, what is varied about it, and the statements that could have a say. */
interface Deciding {
  readonly question: Question;
  readonly circumstances: readonly Varied[];
  readonly inPlay: readonly StatementInPlay[];
}

type Ask = (question: Question, choices: readonly Choice[]) => Asked;

/** Bits of a number that stay whole numbers in `|`. */
const MOST_STATEMENTS = 30;
/** The bit of another owner's resource, which has a policy of its own. */
const OF_ANOTHER_OWNER = 1 << MOST_STATEMENTS;

const NOTHING_SAID: Choice = { name: 'nothing', context: {} };
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
  const conditionsOf = preparedConditions(policies);
  const holdsIn = createTests();
  return (deciding) => {
    const { question, circumstances } = deciding;
    const put: Decide = (indexes) => {
      const { request, policies: asked } = ask(question, choicesAt(circumstances, indexes));
      return evaluate(request, asked);
    };
    const keptOut = keptOutBy(deciding, conditionsOf, holdsIn);
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

/** Whether a condition holds for a caller in one form of a circumstance, whatever the others are. */
type HoldsIn = (condition: PreparedCondition, caller: Caller, choice: Choice) => boolean;

/** Tests each condition once for each form: for all callers, unless it reads who calls. */
function createTests(): HoldsIn {
  const contextOf = createContexts();
  const known = new Map<PreparedCondition, Map<Choice, boolean>>();
  return (condition, caller, choice) => {
    if (condition.readsCaller) return condition.holds(contextOf(caller, choice));
    const ofCondition = known.get(condition) ?? new Map<Choice, boolean>();
    known.set(condition, ofCondition);
    const holds = ofCondition.get(choice) ?? condition.holds(contextOf(undefined, choice));
    ofCondition.set(choice, holds);
    return holds;
  };
}

/** The context of a caller, or of nobody, in one form of a circumstance, indexed once. */
function createContexts(): (caller: Caller | undefined, choice: Choice) => RequestContext {
  const known = new Map<Caller | undefined, Map<Choice, RequestContext>>();
  return (caller, choice) => {
    const ofCaller = known.get(caller) ?? new Map<Choice, RequestContext>();
    known.set(caller, ofCaller);
    const context =
      ofCaller.get(choice) ?? indexContext({ context: { ...(caller && callerContext(caller)), ...choice.context } });
    ofCaller.set(choice, context);
    return context;
  };
}

/** The statements that are kept from applying, a bit each: whatever the circumstances, and by each form of each of them. */
interface KeptOut {
  readonly always: number;
  readonly byForm: readonly (readonly number[])[];
}

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

function keptOutBy(
  { question, circumstances, inPlay }: Deciding,
  conditionsOf: ReturnType<typeof preparedConditions>,
  holdsIn: HoldsIn,
): KeptOut | undefined {
  if (inPlay.length >= MOST_STATEMENTS || inPlay.some(({ hasVariable }) => hasVariable)) return undefined;
  const tests = inPlay.flatMap(({ statement }, at) =>
    (statement === undefined ? [] : conditionsOf(statement)).map((condition) => ({
      condition,
      bit: 1 << at,
      readers: readersOf(condition, circumstances),
    })),
  );
  if (tests.some(({ readers }) => readers.length > 1)) return undefined;
  const keptOutIn = (choice: Choice, reader?: number) => {
    let statements = 0;
    for (const { condition, bit, readers } of tests) {
      if (readers[0] !== reader || (statements & bit) !== 0) continue;
      if (!holdsIn(condition, question.caller, choice)) statements |= bit;
    }
    return statements;
  };
  return unlessRefused(() => ({
    always: keptOutIn(NOTHING_SAID),
    byForm: circumstances.map(({ choices }, at) =>
      choices.map((choice) => keptOutIn(choice, at) | (choice.isForeign ? OF_ANOTHER_OWNER : 0)),
    ),
  }));
}

/** The circumstances that a condition reads, by their places. */
function readersOf({ keys }: PreparedCondition, circumstances: readonly Varied[]): readonly number[] {
  const readers: number[] = [];
  for (const [at, { facet }] of circumstances.entries()) {
    if (facet.keys.some((key) => keys.includes(key))) readers.push(at);
  }
  return readers;
}
