// The way of a question:
//   evaluate, explain  take the request and the policies; parse-policy has made these from text before
//   layers             brings each policy into its layer, and asks its statements
//   compile-statement  one statement as a test: principal, action, resource, conditions; made once
//   routes             which of the layers may grant it: the identity, the resource, or both
//   decide             a denial first, then every layer that must allow; out come the decision and who decided

import { decide } from './decision/decide';
import { type Answer, askStatements } from './decision/layers';
import { indexContext } from './request-context';
import { compileStatement } from './statements/compile-statement';
import type { AccessPolicies, AccessRequest, Decision, Explanation, Policy, StatementExplanation } from './types';

export { bucketStatementProblem } from './attachment/bucket-statement';
export {
  DELETION_DAYS,
  MOST_ATTACHED_POLICIES,
  MOST_OF_ALIAS,
  MOST_OF_NAME,
  MOST_OF_PATH,
  NAME_PATTERN,
  PATH_PATTERN,
  POLICY_PATH_PATTERN,
  ROTATION_DAYS,
  SESSION_SECONDS,
} from './attachment/figures';
export { iamStatementProblems } from './attachment/iam-statement';
export { type Attachment, MOST_OF_POLICY, sizeOfPolicy } from './attachment/policy-size';
export { sourceIdentityOf } from './condition-keys/source-identity';
export { bucketConditionProblem } from './conditions/bucket-condition-keys';
export { isPublicPolicy } from './decision/public-policy';
export { type ParsePolicyOptions, parsePolicy } from './parse/parse-policy';
export type { PolicyKind } from './parse/policy-kind';
export { type PolicyDocument, printPolicy } from './parse/print-policy';
export type * from './types';
export { takingUnknownKeys } from './unknown-keys';
export { unnamedStatement } from './unnamed-statement';

/**
 * Decides whether a request is allowed, as AWS documents it.
 *
 * @throws {ToolkitError} `UnsupportedPolicy`, when a policy holds something whose meaning is not known here; it is never guessed
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate(request: AccessRequest, policies: AccessPolicies): Decision {
  return decide(request, ask(request, policies, 'matching'), policies).decision;
}

/**
 * The same decision, with what every statement answered: that it applies, or the first element that does not match.
 *
 * @throws {ToolkitError} `UnsupportedPolicy`
 */
export function explain(request: AccessRequest, policies: AccessPolicies): Explanation {
  const answers = ask(request, policies, 'all');
  const { decision, deciding } = decide(request, answers, policies);
  const deciders = new Set(deciding);
  return { decision, statements: answers.map((answer) => explainStatement(answer, deciders.has(answer))) };
}

/**
 * Refuses a policy that no question can be put to, before it is kept somewhere.
 *
 * @throws {ToolkitError} `UnsupportedPolicy`
 */
export function requireUnderstood(policy: Policy): void {
  for (const statement of policy.statements) compileStatement(statement, policy);
}

/** Property by property: a proof explains some 100,000 statements, and rest and spread would take half of its time. */
function explainStatement(answer: Answer, decides: boolean): StatementExplanation {
  const { layer, policy, statement, effect, level, outcome } = answer;
  const explanation = outcome.matched
    ? { layer, policy, statement, effect, matched: true as const, decides }
    : outcome.reason === 'condition'
      ? { layer, policy, statement, effect, ...outcome }
      : { layer, policy, statement, effect, matched: false as const, reason: outcome.reason };
  return level === undefined ? explanation : { ...explanation, level };
}

function ask(request: AccessRequest, policies: AccessPolicies, wanted: 'all' | 'matching'): readonly Answer[] {
  const question = {
    request,
    action: request.action.toLowerCase(),
    context: indexContext(request),
    hasBoundary: policies.boundary !== undefined,
  };
  return askStatements(question, policies, wanted);
}
