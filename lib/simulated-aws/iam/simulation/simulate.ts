import { evaluate } from '../../../iam';
import type { AccessPolicies, DecidingStatement, Decision, Policy } from '../../../iam/types';
import type { SimulatedPolicy } from './simulated-policy';
import { contextKeysOf, type Simulation } from './simulation';
import { type Span, statementSpans } from './statement-positions';

/** AWS's word for a decision. */
export type EvalDecision = 'allowed' | 'explicitDeny' | 'implicitDeny';

/** A statement that decided, and where it stands. */
export interface MatchedStatement {
  readonly policy: SimulatedPolicy;
  readonly span: Span | undefined;
}

/** The result for one action on one resource. */
export interface SimulatedDecision {
  readonly resource: string;
  readonly decision: EvalDecision;
  readonly matched: readonly MatchedStatement[];
  /** Absent where the caller has no boundary. */
  readonly allowedByBoundary?: boolean;
}

const WORDS: Readonly<Record<Decision['result'], EvalDecision>> = {
  allowed: 'allowed',
  'explicitly-denied': 'explicitDeny',
  'implicitly-denied': 'implicitDeny',
};

/** Decides one action on one resource. @throws {ToolkitError} `UnsupportedPolicy` */
export function simulate(simulation: Simulation, action: string, resource: string): SimulatedDecision {
  const { caller, identity, boundary, context } = simulation;
  const request = { principal: caller, action, resource, resourceAccount: caller.account, context };
  const decision = evaluate(request, {
    identity: identity.map(({ parsed }) => parsed),
    ...(boundary === undefined ? {} : { boundary: boundary.parsed }),
    ...grantorOf(simulation, action),
  });
  return {
    resource,
    decision: WORDS[decision.result],
    matched: 'by' in decision ? matchedStatements(simulation, decision.by) : [],
    ...(boundary === undefined
      ? {}
      : { allowedByBoundary: evaluate(request, boundaryAlone(simulation, action, boundary)).result === 'allowed' }),
  };
}

/** The context keys that the policies refer to and the request did not supply. */
export function missingContextValues({ identity, boundary, resourcePolicy, context }: Simulation): readonly string[] {
  const supplied = new Set(Object.keys(context).map((key) => key.toLowerCase()));
  const policies = [...identity, ...(boundary ? [boundary] : []), ...(resourcePolicy ? [resourcePolicy] : [])];
  return contextKeysOf(policies.map(({ parsed }) => parsed)).filter((key) => !supplied.has(key.toLowerCase()));
}

function boundaryAlone({ caller }: Simulation, action: string, boundary: SimulatedPolicy): AccessPolicies {
  return { identity: [boundary.parsed], ...asGrantor(action, leftToAccount(caller.account)) };
}

/**
 * Policies of resources are not looked up: one that is not in the request leaves everything to the caller's own policies.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
function grantorOf({ caller, resourcePolicy }: Simulation, action: string): Partial<AccessPolicies> {
  return asGrantor(action, resourcePolicy?.parsed ?? leftToAccount(caller.account));
}

function asGrantor(action: string, policy: Policy): Partial<AccessPolicies> {
  return action.toLowerCase().startsWith('kms:') ? { key: policy } : { resource: policy };
}

const LEFT_TO_ACCOUNT = 'left to the account';

/** The policy assumed for keys and roles, which always have one. */
function leftToAccount(account: string): Policy {
  return {
    name: LEFT_TO_ACCOUNT,
    version: '2012-10-17',
    statements: [
      {
        id: '0',
        effect: 'Allow',
        principals: { negated: false, anyone: false, byType: { AWS: [account] } },
        actions: { negated: false, patterns: ['kms:*', 'sts:*'] },
        resources: { negated: false, patterns: ['*'] },
        conditions: [],
      },
    ],
  };
}

function matchedStatements(
  { identity, boundary, resourcePolicy }: Simulation,
  deciding: readonly DecidingStatement[],
): readonly MatchedStatement[] {
  const policies = [...identity, ...(boundary ? [boundary] : []), ...(resourcePolicy ? [resourcePolicy] : [])];
  return deciding.flatMap(({ policy: name, statement }) => {
    const policy = policies.find(({ parsed }) => parsed.name === name);
    if (policy === undefined) return [];
    const index = policy.parsed.statements.findIndex(({ id }) => id === statement);
    return [{ policy, span: statementSpans(policy.text)[index] }];
  });
}
