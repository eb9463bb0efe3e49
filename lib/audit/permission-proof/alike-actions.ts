import { explain, type Policy } from '../../iam';
import { roleSession } from '../default-context';
import type { EnvironmentPolicies } from '../environment-policies';
import type { Question } from './question';
import type { StatementInPlay } from './statements-in-play';
import { allPolicies } from './witnesses';

type FindForQuestion = (question: Question) => readonly StatementInPlay[];

/**
 * Asks once for all actions that are alike: those of one service that the same statements of the environment name.
 *
 * What the statements say of a resource and of a caller does not depend on the action, so the answer is the same.
 */
export function onceForAlikeActions(policies: EnvironmentPolicies, find: FindForQuestion): FindForQuestion {
  const namesOf = naming(policies);
  const found = new Map<unknown, Map<string, readonly StatementInPlay[]>>();
  return (question) => {
    const { caller, action, sample } = question;
    const ofCaller = found.get(caller) ?? new Map<string, readonly StatementInPlay[]>();
    found.set(caller, ofCaller);
    const key = `${namesOf(action)} ${sample.isForeign} ${sample.shape} ${sample.arn}`;
    const known = ofCaller.get(key) ?? find(question);
    ofCaller.set(key, known);
    return known;
  };
}

/** The service of an action and the statements that name it, as one text. */
function naming(policies: EnvironmentPolicies): (action: string) => string {
  const everywhere = allPolicies(policies).map(onEverything);
  const { account } = policies;
  const principal = roleSession(policies);
  const known = new Map<string, string>();
  return (action) => {
    const request = { principal, action, resource: '*', resourceAccount: account, context: {} };
    const name = () => {
      const { statements } = explain(request, { identity: everywhere });
      const naming = statements.flatMap(({ matched }, index) => (matched ? [index] : []));
      return `${action.slice(0, action.indexOf(':'))} ${naming.join()}`;
    };
    const text = known.get(action) ?? name();
    known.set(action, text);
    return text;
  };
}

/** The same statements, of which only the actions still matter. */
function onEverything({ statements, ...policy }: Policy): Policy {
  return {
    ...policy,
    statements: statements.map(({ id, actions }) => {
      return { id, effect: 'Allow' as const, actions, resources: { negated: false, patterns: ['*'] }, conditions: [] };
    }),
  };
}
