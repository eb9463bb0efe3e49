import type { OperatorTable } from './condition-operator';

/**
 * `Bool` compares with `true` or `false`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Boolean
 */
export const BOOL_OPERATOR: OperatorTable = {
  Bool: {
    negated: false,
    valueRule: "'true' or 'false'",
    compile: (value) => {
      const wanted = value.toLowerCase();
      if (wanted !== 'true' && wanted !== 'false') return undefined;
      return (requestValue) => requestValue.toLowerCase() === wanted;
    },
  },
};
