import type { Condition, Policy, Statement } from '../../iam';
import { compileCondition } from '../../iam/conditions/compile-condition';
import type { RequestContext } from '../../iam/request-context';
import { KEYS_OF_CALLERS, USER_ID } from './derived-facets';
import { variablesIn } from './statements-in-play';

/** A condition of a statement, ready to be asked. */
export interface PreparedCondition {
  /** Every condition key that it reads, in lower case. */
  readonly keys: readonly string[];
  /** Whether one of them follows from who calls. */
  readonly readsCaller: boolean;
  /** @throws {ToolkitError} `UnsupportedPolicy` */
  readonly holds: (context: RequestContext) => boolean;
}

/** The conditions of the statements of some policies, each prepared once. */
export function preparedConditions(
  policies: readonly Policy[],
): (statement: Statement) => readonly PreparedCondition[] {
  const policyOf = new Map(
    policies.flatMap((policy) => policy.statements.map((statement) => [statement, policy] as const)),
  );
  return (statement) => {
    const policy = policyOf.get(statement);
    if (policy === undefined) throw new Error(`statement '${statement.id}' is of none of the policies`);
    const known = preparedIn.get(policy) ?? new Map<Statement, readonly PreparedCondition[]>();
    preparedIn.set(policy, known);
    const prepared =
      known.get(statement) ?? statement.conditions.map((condition) => prepare(condition, statement, policy));
    known.set(statement, prepared);
    return prepared;
  };
}

/** Keys of the context that a caller comes with. */
export const KEYS_OF_CONTEXT: ReadonlySet<string> = new Set([...KEYS_OF_CALLERS, USER_ID]);

const preparedIn = new WeakMap<Policy, Map<Statement, readonly PreparedCondition[]>>();

function prepare(condition: Condition, { id }: Statement, policy: Policy): PreparedCondition {
  const scope = { subject: `'${policy.name}', statement '${id}'`, hasVariables: policy.version === '2012-10-17' };
  const holds = compileCondition(condition, scope);
  const keys = [condition.key, ...condition.values.flatMap(variablesIn)].map((key) => key.toLowerCase());
  return { keys, readsCaller: keys.some((key) => KEYS_OF_CONTEXT.has(key)), holds };
}
