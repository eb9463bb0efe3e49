import type { Policy } from '../../iam';
import { indexContext, type RequestContext } from '../../iam/request-context';
import type { Caller } from './callers';
import type { Varied } from './circumstances';
import { type PreparedCondition, preparedConditions } from './condition-tests';
import type { Choice } from './facets';
import { callerContext, type Question } from './question';
import type { StatementInPlay } from './statements-in-play';
import { unlessRefused } from './unless-refused';

/** A question, what is varied about it, and the statements that could have a say. */
export interface Deciding {
  readonly question: Question;
  readonly circumstances: readonly Varied[];
  readonly inPlay: readonly StatementInPlay[];
}

/** The statements that are kept from applying, a bit each: whatever the circumstances, and by each form of each of them. */
export interface KeptOut {
  readonly always: number;
  readonly byForm: readonly (readonly number[])[];
}

/** Bits of a number that stay whole numbers in `|`. */
const MOST_STATEMENTS = 30;
/** The bit of another owner's resource, which has a policy of its own. */
export const OF_ANOTHER_OWNER = 1 << MOST_STATEMENTS;

const NOTHING_SAID: Choice = { name: 'nothing', context: {} };

/**
 * Finds the statements that conditions keep out, for each form of each circumstance by itself.
 *
 * @returns undefined where a condition depends on two circumstances at once, or a resource on any, and where the evaluator
 *   refuses to answer
 */
export function createKeptOut(policies: readonly Policy[]): (deciding: Deciding) => KeptOut | undefined {
  const conditionsOf = preparedConditions(policies);
  const holdsIn = createTests();
  return (deciding) => keptOutBy(deciding, conditionsOf, holdsIn);
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
