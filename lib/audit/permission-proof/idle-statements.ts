import { type DecidingStatement, evaluate, type Policy, parsePolicy, type Statement } from '../../iam';
import type { EnvironmentPolicies } from '../environment-policies';
import type { Footprint, Reach } from './footprint';
import { findIdlePrincipal } from './idle-principals';
import type { Finding } from './looks';
import { type PlacedPolicy, placedPolicies } from './placed-policies';
import type { ProofItem } from './proof';

/** What was seen while questions were put. */
export interface Observed {
  readonly footprint: Footprint;
  readonly findings: readonly Finding[];
}

/**
 * One item for each policy: each of its statements, actions and resources has a say about something that exists.
 *
 * What has none today is a mistake, or a permission that waits for something to match it.
 */
export function idleItems(policies: EnvironmentPolicies, observed: Observed): readonly ProofItem[] {
  return placedPolicies(policies).map((placed) => idleItem(placed, policies, observed));
}

function idleItem(
  { policy, layer }: PlacedPolicy,
  policies: EnvironmentPolicies,
  { footprint, findings }: Observed,
): ProofItem {
  const problems = policy.statements.flatMap((statement) => {
    const reach = footprint.reachOf(policy.name, statement.id);
    const idlePrincipal = findIdlePrincipal(statement, policy, findings);
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
  const idleAction = actions.negated
    ? undefined
    : actions.patterns.find((Action) => !fitsAny({ Action, Resource: '*' }, reach, 'actions'));
  if (idleAction !== undefined) return `the action '${idleAction}' does not exist, or takes none of the resources`;
  const idleResource = resources?.negated
    ? undefined
    : resources?.patterns.find((Resource) => !fitsAny({ Action: '*', Resource }, reach, 'resources'));
  return idleResource === undefined ? undefined : `the resource '${idleResource}' is taken by none of the actions`;
}

/** S3 refuses a bucket policy about anything but its bucket ("Policy has invalid resource"). */
function outsideOf({ resources }: Statement, policy: Policy, { bucket }: EnvironmentPolicies): string | undefined {
  if (policy !== bucket.policy) return undefined;
  const outside = resources?.patterns.find((one) => one !== bucket.arn && !one.startsWith(`${bucket.arn}/`));
  return outside === undefined ? undefined : `the resource '${outside}' lies outside the bucket, which S3 refuses`;
}

/** Whether a pattern, in a policy of its own, fits something that the statement had a say about. */
function fitsAny(
  pattern: { readonly Action: string; readonly Resource: string },
  reach: Reach,
  element: keyof Reach,
): boolean {
  const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...pattern }] };
  const identity = [parsePolicy(document, 'pattern')];
  const account = '111122223333';
  const principal = { kind: 'user', account, arn: `arn:aws:iam::${account}:user/x`, userId: 'AIDAX' } as const;
  return [...reach[element]].some((one) => {
    const asked = element === 'actions' ? { action: one, resource: '*' } : { action: 's3:GetObject', resource: one };
    const request = { principal, ...asked, resourceAccount: account, context: {} };
    return evaluate(request, { identity, key: LEAVES_IT_TO_IAM, resource: LEAVES_IT_TO_IAM }).result === 'allowed';
  });
}

const LEAVES_IT_TO_IAM = parsePolicy(
  {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: '*', Resource: '*' }],
  },
  'account',
);
