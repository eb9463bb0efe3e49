import { evaluate, type Policy, type Principal, type Statement } from '../../iam';

/** Whether some statement of these policies names an action, whatever its effect, its resources and its conditions. */
export type NamesAction = (action: string) => boolean;

/** Most actions are in no policy, so those that are spelled out are looked up and only patterns are evaluated. */
export function namedActions(
  policies: readonly Policy[],
  { principal, account }: { readonly principal: Principal; readonly account: string },
): NamesAction {
  const statements = policies.flatMap((policy) => policy.statements);
  const spelledOut = new Set(statements.filter(isSpelledOut).flatMap(({ actions }) => actions.patterns.map(toLower)));
  const patterns = policies.map((policy) => allowingEverywhere(policy));
  const hasPatterns = patterns.some((policy) => policy.statements.length > 0);
  return (action) => {
    if (spelledOut.has(toLower(action))) return true;
    if (!hasPatterns) return false;
    const request = { principal, action, resource: '*', resourceAccount: account, context: {} };
    return evaluate(request, { identity: patterns }).result === 'allowed';
  };
}

function toLower(text: string): string {
  return text.toLowerCase();
}

function isSpelledOut({ actions }: Statement): boolean {
  return !actions.negated && actions.patterns.every((pattern) => !/[*?]/.test(pattern));
}

/** The statements with patterns, without resources, conditions and denials: they allow every action that they name. */
function allowingEverywhere({ statements, ...policy }: Policy): Policy {
  return {
    ...policy,
    statements: statements
      .filter((statement) => !isSpelledOut(statement))
      .map(({ id, actions }): Statement => {
        return { id, effect: 'Allow', actions, resources: { negated: false, patterns: ['*'] }, conditions: [] };
      }),
  };
}
