import type { OperatorTable } from './condition-operator';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * `BinaryEquals` compares bytes; both the policy and the request give them in base64.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_BinaryEquals
 */
export const BINARY_OPERATOR: OperatorTable = {
  BinaryEquals: {
    negated: false,
    valueRule: 'base64',
    compile: (value) => {
      if (!BASE64.test(value)) return undefined;
      const wanted = Buffer.from(value, 'base64');
      return (requestValue) => BASE64.test(requestValue) && Buffer.from(requestValue, 'base64').equals(wanted);
    },
  },
};
