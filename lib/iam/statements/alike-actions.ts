import { hasWildcards } from '../match/wildcard';
import { rememberLatest } from '../parse/remember-latest';
import type { Policy } from '../types';
import { compileActions, type ElementTest } from './elements';

/** Service of an action and the statements that name it, as one text. */
export type LikenessOfActions = (action: string) => string;

/** By the actions of the statements: the policies of most environments differ in names alone. */
const known = rememberLatest<string, LikenessOfActions>({ entries: 100, weight: 1_000_000 });

/**
 * Tells which actions are alike to some policies: those of one service that the same statements name.
 *
 * A statement's answer about a resource, a caller and circumstances does not depend on the action, so one answer holds for all.
 */
export function likenessOfActions(policies: readonly Policy[]): LikenessOfActions {
  const key = policies.map(actionsOfPolicy).join();
  const likeness = known.get(key) ?? createLikeness(policies);
  known.set(key, likeness, key.length);
  return likeness;
}

const texts = new WeakMap<Policy, string>();

/** The actions of each statement of a policy, as one text. */
export function actionsOfPolicy(policy: Policy): string {
  const text = texts.get(policy) ?? JSON.stringify(policy.statements.map(({ actions }) => actions));
  texts.set(policy, text);
  return text;
}

function createLikeness(policies: readonly Policy[]): LikenessOfActions {
  const namingOf = createNaming(policies);
  const likenesses = new Map<string, string>();
  return (action) => {
    const found = likenesses.get(action);
    if (found !== undefined) return found;
    const lower = action.toLowerCase();
    const likeness = `${lower.slice(0, lower.indexOf(':'))}|${namingOf(lower)}`;
    likenesses.set(action, likeness);
    return likeness;
  };
}

/** The statements that name an action in lower case, as one text; most spell their actions out and need no matching. */
function createNaming(policies: readonly Policy[]): (action: string) => string {
  const spelledOut = new Map<string, string>();
  const open: { readonly place: string; readonly names: ElementTest }[] = [];
  for (const [index, { actions }] of policies.flatMap(({ statements }) => statements).entries()) {
    const place = ` ${index}`;
    if (actions.negated || actions.patterns.some(hasWildcards)) open.push({ place, names: compileActions(actions) });
    else
      for (const name of new Set(actions.patterns.map(toLower)))
        spelledOut.set(name, (spelledOut.get(name) ?? '') + place);
  }
  return (action) => {
    let naming = spelledOut.get(action) ?? '';
    for (const { place, names } of open) if (names(action, noVariable)) naming += place;
    return naming;
  };
}

function toLower(text: string): string {
  return text.toLowerCase();
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
