import type { DecidingStatement, Policy, Statement } from '../../iam';
import { compileActions, compileResources } from '../../iam/statements/elements';
import type { EnvironmentPolicies } from '../policies/environment-policies';
import type { Footprint, Reach } from './footprint';
import { createIdlePrincipals } from './idle-principals';
import type { Look } from './looks';
import { type PlacedPolicy, placedPolicies } from './placed-policies';
import type { ProofItem } from './proof';

/** Observations made while questions were asked. */
export interface Observed {
  readonly footprint: Footprint;
  readonly looks: readonly Look[];
}

/**
 * An item for each policy: each of its statements, actions and resources has a say about something that exists.
 *
 * A statement without effect today is a mistake, or a permission that waits for something to match it.
 */
export function idleItems(policies: EnvironmentPolicies, { footprint, looks }: Observed): readonly ProofItem[] {
  const findIdlePrincipal = createIdlePrincipals(looks);
  return placedPolicies(policies).map((placed) => idleItem(placed, policies, { footprint, findIdlePrincipal }));
}

interface Judged {
  readonly footprint: Footprint;
  readonly findIdlePrincipal: ReturnType<typeof createIdlePrincipals>;
}

function idleItem(
  { policy, layer }: PlacedPolicy,
  policies: EnvironmentPolicies,
  { footprint, findIdlePrincipal }: Judged,
): ProofItem {
  const problems = policy.statements.flatMap((statement) => {
    const reach = footprint.reachOf(policy.name, statement.id);
    const idlePrincipal = findIdlePrincipal(statement, policy);
    const problem =
      problemOf(statement, reach) ??
      outsideOf(statement, policy, policies) ??
      (idlePrincipal && `the principal '${idlePrincipal}' gets nothing out of it`);
    return problem === undefined ? [] : [{ statement: statement.id, problem }];
  });
  const by = problems.map(({ statement }): DecidingStatement => ({ layer, policy: policy.name, statement }));
  return {
    id: `in-use/${policy.name}`,
    kind: 'in-use',
    title: `Each statement, action and resource of '${policy.name}' has a say about something`,
    result: problems.length === 0 ? 'pass' : 'fail',
    evidence: {
      caller: 'any',
      actions: [],
      on: [],
      resource: '*',
      onlyIf: [],
      context: {},
      by,
      ...(problems.length > 0 && {
        problem: problems.map(({ statement, problem }) => `'${statement}' of '${policy.name}': ${problem}`).join('; '),
      }),
    },
  };
}

function problemOf({ actions, resources }: Statement, reach: Reach): string | undefined {
  if (reach.actions.size === 0) return 'the statement has no say about anything';
  const idleAction = actions.negated ? undefined : actions.patterns.find((one) => !fitsAny(one, reach, 'actions'));
  if (idleAction !== undefined) return `the action '${idleAction}' does not exist, or takes none of the resources`;
  const idleResource = resources?.negated
    ? undefined
    : resources?.patterns.find((one) => !fitsAny(one, reach, 'resources'));
  return idleResource === undefined ? undefined : `the resource '${idleResource}' is taken by none of the actions`;
}

/** S3 refuses a bucket policy about anything but its bucket ("Policy has invalid resource"). */
function outsideOf({ resources }: Statement, policy: Policy, { bucket }: EnvironmentPolicies): string | undefined {
  if (policy !== bucket.policy) return undefined;
  const outside = resources?.patterns.find((one) => one !== bucket.arn && !one.startsWith(`${bucket.arn}/`));
  return outside === undefined ? undefined : `the resource '${outside}' lies outside the bucket, which S3 refuses`;
}

/** Actions that fit a pattern, and resources that do; a policy variable that has no value fits nothing. */
const TESTS: Readonly<Record<keyof Reach, (pattern: string) => (one: string) => boolean>> = {
  actions: (pattern) => {
    const names = compileActions({ negated: false, patterns: [pattern] });
    return (action) => names(action.toLowerCase(), noValue);
  },
  resources: (pattern) => {
    const covers = compileResources({ negated: false, patterns: [pattern] }, true);
    return (resource) => covers(resource, noValue);
  },
};

/** Whether a pattern fits something that the statement had a say about. */
function fitsAny(pattern: string, reach: Reach, element: keyof Reach): boolean {
  const fits = TESTS[element](pattern);
  for (const one of reach[element]) if (fits(one)) return true;
  return false;
}

function noValue(): undefined {
  return undefined;
}
