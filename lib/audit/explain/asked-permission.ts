import { type Catalogue, type PolicyProblem, validatePolicy } from '../../catalogue';
import { ToolkitError } from '../../errors';

interface Asked {
  readonly action: string;
  readonly context: Readonly<Record<string, unknown>>;
}

/**
 * Holds an action and its resource to the rules for any policy that would name them.
 *
 * @throws {ToolkitError} `UnknownAction`, `BadResource`
 */
export function requireTaken(action: string, resource: string, catalogue: Catalogue): void {
  if (/[*?]/.test(action)) throw new ToolkitError('UnknownAction', `'--action' must be one action, got: ${action}`);
  const [problem] = problemsOf({ Action: action, Resource: resource }, catalogue);
  if (problem === undefined) return;
  const isAction = problem.rule !== 'resource-not-taken' && problem.pointer.includes('/Action');
  if (isAction) throw refusal('UnknownAction', "'--action':", problem);
  const message = problem.rule === 'resource-not-taken' ? `must be of a type that ${action} takes` : problem.message;
  throw refusal('BadResource', "'--resource'", { ...problem, message });
}

/**
 * Holds the condition keys of a request to those that AWS supplies for its action: a misspelt one would change nothing.
 *
 * @throws {ToolkitError} `UnknownConditionKey`
 */
export function requireCarried({ action, context }: Asked, resource: string, catalogue: Catalogue): void {
  for (const key of Object.keys(context)) {
    const [problem] = problemsOf(
      { Action: action, Resource: resource, Condition: { Null: { [key]: 'false' } } },
      catalogue,
    );
    if (problem !== undefined) throw refusal('UnknownConditionKey', "'--context':", problem);
  }
}

/** Problems of a policy with this one permission. */
function problemsOf(permission: Readonly<Record<string, unknown>>, catalogue: Catalogue): readonly PolicyProblem[] {
  const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...permission }] };
  return validatePolicy(document, { kind: 'identity', catalogue });
}

function refusal(code: string, subject: string, { message, got, fix }: PolicyProblem): ToolkitError {
  const remedy = fix === undefined ? '' : `\n${fix.replace(/^write/, 'Write')}`;
  return new ToolkitError(code, `${subject} ${message}, got: ${got}${remedy}`);
}
