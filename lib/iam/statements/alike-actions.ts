import { rememberLatest } from '../parse/remember-latest';
import type { Policy } from '../types';
import { compileActions } from './elements';

/** Service of an action and the statements that name it, as one text. */
export type LikenessOfActions = (action: string) => string;

/**
 * Tells which actions are alike to some policies: those of one service that the same statements name.
 *
 * A statement's answer about a resource, a caller and circumstances does not depend on the action, so one answer holds for all.
 */
export function likenessOfActions(policies: readonly Policy[]): LikenessOfActions {
  const namings = policies.map(namingOf);
  return (action) => {
    let likeness = action.slice(0, action.indexOf(':')).toLowerCase();
    for (const naming of namings) likeness += `|${naming(action)}`;
    return likeness;
  };
}

const namings = new WeakMap<Policy, LikenessOfActions>();
/** By the actions of the statements: the policies of most environments differ in names alone. */
const namingsByActions = rememberLatest<string, LikenessOfActions>({ entries: 100, weight: 1_000_000 });

/** The statements of a policy that name an action, as one text; found once for each policy and action. */
function namingOf(policy: Policy): LikenessOfActions {
  const known = namings.get(policy);
  if (known !== undefined) return known;
  const key = JSON.stringify(policy.statements.map(({ actions }) => actions));
  const naming = namingsByActions.get(key) ?? createNaming(policy);
  namingsByActions.set(key, naming, key.length);
  namings.set(policy, naming);
  return naming;
}

function createNaming({ statements }: Policy): LikenessOfActions {
  const tests = statements.map(({ actions }) => compileActions(actions));
  const known = new Map<string, string>();
  return (action) => {
    const found = known.get(action);
    if (found !== undefined) return found;
    const lower = action.toLowerCase();
    let naming = '';
    for (const [index, names] of tests.entries()) if (names(lower, noVariable)) naming += ` ${index}`;
    known.set(action, naming);
    return naming;
  };
}

/** Actions hold no policy variables. */
function noVariable(): undefined {
  return undefined;
}

/** Asks once for all actions that are alike, and gives the actions of which the answer is yes. */
export function filterAlike(
  actions: readonly string[],
  likenessOf: LikenessOfActions,
  holds: (action: string) => boolean,
): readonly string[] {
  const answers = new Map<string, boolean>();
  return actions.filter((action) => {
    const likeness = likenessOf(action);
    const answer = answers.get(likeness) ?? holds(action);
    answers.set(likeness, answer);
    return answer;
  });
}
