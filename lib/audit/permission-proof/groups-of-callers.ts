import type { Catalogue } from '../../catalogue';
import type { EnvironmentPolicies } from '../policies/environment-policies';
import type { AlikeGroups, Marks } from './alike-groups';
import type { Caller, CallerKind } from './callers';
import type { Expectations } from './expectations';
import { groupsOf } from './kept-groups';
import type { Scope } from './scope';
import { haveFixedResources } from './statement-parts';
import { allPolicies, resourcePolicies } from './witnesses';

interface GroupsInput {
  readonly policies: EnvironmentPolicies;
  readonly catalogue: Catalogue;
  readonly expectations: Expectations;
}

/** Callers who are asked under the role's own policies. */
const UNDER_OWN_POLICIES: ReadonlySet<CallerKind> = new Set(['role', 'role-alone']);

/** Groups the actions that concern a caller: those that its policies name alike, and of which the same is expected. */
export function createGroups({
  policies,
  catalogue,
  expectations,
}: GroupsInput): (caller: Caller, scope: Scope) => AlikeGroups {
  const every = allPolicies(policies);
  const ofResources = resourcePolicies(policies);
  // Each action is asked about by itself where a resource may be another one for each caller.
  const isFixed = haveFixedResources(every);
  return ({ kind }, scope) => {
    const isOwn = UNDER_OWN_POLICIES.has(kind);
    const marks = expectations.marks(kind);
    return groupsOf(
      {
        policies: isOwn || !isFixed ? every : ofResources,
        marks: isFixed ? marks : apart(marks),
        actions: () => scope.candidates(catalogue),
        of: kind === 'role' ? policies.role.identity : [],
      },
      catalogue,
    );
  };
}

/** The same actions, each with a mark of its own. */
function apart(marks: Marks): Marks {
  return new Map([...marks.keys()].map((action) => [action, action]));
}
