import type { XmlContent } from '../../wire/xml/xml';
import {
  type EvalDecision,
  type MatchedStatement,
  missingContextValues,
  type SimulatedDecision,
  simulate,
} from './simulate';
import type { Simulation } from './simulation';

/**
 * The result of one action: the strictest decision over all resources, and the decision for each. Context keys that
 * were asked for in vain are told with each resource that was named, or with the result when none was.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html
 */
export function describeResult(simulation: Simulation, action: string): XmlContent {
  const decisions = simulation.resources.map((resource) => simulate(simulation, action, resource));
  const missing = missingContextValues(simulation);
  const namesResources = simulation.resources.some((resource) => resource !== '*');
  const strictest = strictestOf(decisions.map(({ decision }) => decision));
  const matched = decisions.filter(({ decision }) => decision === strictest).flatMap((one) => one.matched);
  return {
    EvalActionName: action,
    EvalResourceName: simulation.resources.length === 1 ? (simulation.resources[0] ?? '*') : '*',
    EvalDecision: strictest,
    MatchedStatements: { member: withoutRepeats(matched).map(describeStatement) },
    MissingContextValues: { member: namesResources ? [] : missing },
    ...describeBoundary(decisions.map(({ allowedByBoundary }) => allowedByBoundary)),
    ...(namesResources
      ? {
          EvalDecisionDetails: {},
          ResourceSpecificResults: { member: decisions.map((decision) => describeDecision(decision, missing)) },
        }
      : {}),
  };
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ResourceSpecificResult.html */
function describeDecision(
  { resource, decision, matched, allowedByBoundary }: SimulatedDecision,
  missing: readonly string[],
): XmlContent {
  return {
    EvalResourceName: resource,
    EvalResourceDecision: decision,
    MatchedStatements: { member: matched.map(describeStatement) },
    MissingContextValues: { member: missing },
    ...describeBoundary([allowedByBoundary]),
  };
}

/** @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_PermissionsBoundaryDecisionDetail.html */
function describeBoundary(allowed: readonly (boolean | undefined)[]): XmlContent {
  return allowed.includes(undefined)
    ? {}
    : { PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: !allowed.includes(false) } };
}

function describeStatement({ policy, span }: MatchedStatement): XmlContent {
  return {
    SourcePolicyId: policy.sourceId,
    SourcePolicyType: policy.type,
    ...(span === undefined ? {} : { StartPosition: { ...span.start }, EndPosition: { ...span.end } }),
  };
}

function strictestOf(decisions: readonly EvalDecision[]): EvalDecision {
  if (decisions.includes('explicitDeny')) return 'explicitDeny';
  return decisions.includes('implicitDeny') ? 'implicitDeny' : 'allowed';
}

function withoutRepeats(matched: readonly MatchedStatement[]): readonly MatchedStatement[] {
  const byPlace = new Map(matched.map((one) => [JSON.stringify([one.policy.parsed.name, one.span]), one]));
  return [...byPlace.values()];
}
