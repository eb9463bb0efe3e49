import { completeArn } from '../iam/parse/parse-element';
import { overlapsArnPattern } from './arn-overlap';
import type { CatalogueAction } from './catalogue';
import type { KnownActions } from './known-actions';
import type { PolicyProblem } from './policy-problem';
import type { StatementFacts } from './statement-facts';

/**
 * Actions that a statement cannot be about, because no resource of it is of a type that the action takes.
 *
 * An action that takes no resource must have `*`. An entry with wildcards has a problem when none of its actions fits.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export function findResourceProblems(
  statement: StatementFacts,
  entries: readonly KnownActions[],
): readonly PolicyProblem[] {
  const resources = statement.resources.map(({ text }) => completeArn(text));
  if (statement.isNotAction || resources.length === 0) return [];
  const got = resources.join(', ');
  const isTaken = rememberTaken(resources);
  const isAny = resources.includes('*');
  const fits = ({ resourceTypes }: CatalogueAction) =>
    isAny || resourceTypes.some(({ arnPattern }) => isTaken(arnPattern));
  return entries
    .filter(({ actions }) => actions.length > 0 && !actions.some(fits))
    .map(({ entry, actions: [action] }) => ({
      pointer: entry.pointer,
      rule: 'resource-not-taken',
      message: `no resource of the statement is of a type that '${entry.text}' takes`,
      got,
      ...(action && { fix: describeTypes(action) }),
    }));
}

/** Whether one of the resources is of a type. Actions share their types, and a wildcard has thousands of actions. */
function rememberTaken(resources: readonly string[]): (arnPattern: string) => boolean {
  const known = new Map<string, boolean>();
  return (arnPattern) => {
    const answer = known.get(arnPattern) ?? resources.some((resource) => overlapsArnPattern(resource, arnPattern));
    known.set(arnPattern, answer);
    return answer;
  };
}

/** Types of resources that are told with their ARNs; of more, the names have to do. */
const MOST_SPELLED_OUT = 4;

function describeTypes({ name, resourceTypes }: CatalogueAction): string {
  if (resourceTypes.length === 0) return `${name} takes no resource: name '*', in a statement of its own`;
  const types = resourceTypes.map((type) => `${type.name} (${type.arnPattern})`);
  if (types.length <= MOST_SPELLED_OUT) return `${name} takes ${types.join(' or ')}`;
  return `${name} takes an ARN of one of: ${resourceTypes.map((type) => type.name).join(', ')}`;
}
