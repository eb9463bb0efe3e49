import type { VariableValues } from '../match/policy-variables';

/** Whether one value of the request matches one value of the policy. */
export type ValueTest = (requestValue: string, variables: VariableValues) => boolean;

/** A condition operator that compares values; `Null`, which only asks for presence, is not one of these. */
export interface ConditionOperator {
  /** A negated operator holds when no value matches, and therefore also when the key is absent. */
  readonly negated: boolean;
  /** The form that a value in the policy must have, for the error message. */
  readonly valueRule: string;
  /** Prepares a value of the policy; `undefined` when the operator cannot take it. */
  readonly compile: (value: string, hasVariables: boolean) => ValueTest | undefined;
}

export type OperatorTable = Readonly<Record<string, ConditionOperator>>;

/** The same operator with the opposite sense. */
export function negate(operator: ConditionOperator): ConditionOperator {
  return { ...operator, negated: !operator.negated };
}
