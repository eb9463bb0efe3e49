import { parseTemplate, resolveTemplate } from '../match/policy-variables';
import { matchesPattern, parseWildcards, textOf } from '../match/wildcard';
import { type ConditionOperator, negate, type OperatorTable, type ValueTest } from './condition-operator';

interface StringComparison {
  readonly hasWildcards: boolean;
  readonly ignoresCase: boolean;
}

const equals = stringOperator({ hasWildcards: false, ignoresCase: false });
const equalsIgnoreCase = stringOperator({ hasWildcards: false, ignoresCase: true });
const like = stringOperator({ hasWildcards: true, ignoresCase: false });

/**
 * String operators; only the `Like` pair knows wildcards.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_String
 */
export const STRING_OPERATORS: OperatorTable = {
  StringEquals: equals,
  StringNotEquals: negate(equals),
  StringEqualsIgnoreCase: equalsIgnoreCase,
  StringNotEqualsIgnoreCase: negate(equalsIgnoreCase),
  StringLike: like,
  StringNotLike: negate(like),
};

function stringOperator(comparison: StringComparison): ConditionOperator {
  return {
    negated: false,
    valueRule: 'a string',
    compile: (value, hasVariables) =>
      hasVariables && value.includes('${') ? compareWithVariables(value, comparison) : compareText(value, comparison),
  };
}

function compareText(value: string, { hasWildcards, ignoresCase }: StringComparison): ValueTest {
  if (ignoresCase) {
    const lower = value.toLowerCase();
    return (requestValue) => requestValue.toLowerCase() === lower;
  }
  if (!hasWildcards) return (requestValue) => requestValue === value;
  const pattern = parseWildcards(value);
  return (requestValue) => matchesPattern(pattern, requestValue);
}

function compareWithVariables(value: string, { hasWildcards, ignoresCase }: StringComparison): ValueTest {
  const template = parseTemplate(value, { hasVariables: true, hasWildcards });
  return (requestValue, variables) => {
    const pattern = resolveTemplate(template, variables);
    if (pattern === undefined) return false;
    if (!ignoresCase) return matchesPattern(pattern, requestValue);
    return textOf(pattern).toLowerCase() === requestValue.toLowerCase();
  };
}
