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
  const resources = statement.resources.map(({ text }) => text);
  if (statement.isNotAction || resources.length === 0) return [];
  const overlaps = rememberOverlaps();
  const fits = (action: CatalogueAction) => resources.some((resource) => takes(action, resource, overlaps));
  return entries
    .filter(({ actions }) => actions.length > 0 && !actions.some(fits))
    .map(({ entry, actions: [action] }) => ({
      pointer: entry.pointer,
      rule: 'resource-not-taken',
      message: `no resource of the statement is of a type that '${entry.text}' takes`,
      got: resources.join(', '),
      ...(action && { fix: describeTypes(action) }),
    }));
}

type Overlaps = (resource: string, arnPattern: string) => boolean;

function takes({ resourceTypes }: CatalogueAction, resource: string, overlaps: Overlaps): boolean {
  return resource === '*' || resourceTypes.some(({ arnPattern }) => overlaps(resource, arnPattern));
}

/** Actions share their types, and a wildcard has hundreds of actions. */
function rememberOverlaps(): Overlaps {
  const known = new Map<string, boolean>();
  return (resource, arnPattern) => {
    const key = `${resource} ${arnPattern}`;
    const answer = known.get(key) ?? overlapsArnPattern(resource, arnPattern);
    known.set(key, answer);
    return answer;
  };
}

/** Types of resources that are told with their ARNs; of more, the names have to do. */
const mostSpelledOut = 4;

function describeTypes({ name, resourceTypes }: CatalogueAction): string {
  if (resourceTypes.length === 0) return `${name} takes no resource: name '*', in a statement of its own`;
  const types = resourceTypes.map((type) => `${type.name} (${type.arnPattern})`);
  if (types.length <= mostSpelledOut) return `${name} takes ${types.join(' or ')}`;
  return `${name} takes an ARN of one of: ${resourceTypes.map((type) => type.name).join(', ')}`;
}
