import type { AccessRequest, Condition, Policy, StatementExplanation } from '../../iam';
import { compileCondition } from '../../iam/conditions/compile-condition';
import { indexContext } from '../../iam/request-context';

/** A condition that does not hold, and the values that the request has for its key. */
export interface FailingCondition {
  readonly condition: Condition;
  readonly received: readonly string[] | 'absent';
}

/** The answer of a statement; where conditions keep it from applying, each of them, not only the first. */
export type ExplainedStatement = StatementExplanation & { readonly failing?: readonly FailingCondition[] };

/** Finds every condition that keeps a statement from applying. @throws {ToolkitError} `UnsupportedPolicy` */
export function withFailingConditions(
  explanations: readonly StatementExplanation[],
  request: AccessRequest,
  policies: readonly Policy[],
): readonly ExplainedStatement[] {
  const context = indexContext(request);
  return explanations.map((explanation) => {
    if (explanation.matched || explanation.reason !== 'condition') return explanation;
    const policy = policies.find(({ name }) => name === explanation.policy);
    const statement = policy?.statements.find(({ id }) => id === explanation.statement);
    const scope = { subject: `'${explanation.policy}'`, hasVariables: policy?.version === '2012-10-17' };
    const failing = (statement?.conditions ?? [])
      .filter((condition) => !compileCondition(condition, scope)(context))
      .map((condition) => ({
        condition,
        received: context.valuesOf(condition.key.toLowerCase()) ?? ('absent' as const),
      }));
    return { ...explanation, failing };
  });
}
