import { matchesArnComponents, splitArnPattern } from '../match/arn-pattern';
import { parseTemplate, resolveTemplate } from '../match/policy-variables';
import { parseWildcards } from '../match/wildcard';
import { type ConditionOperator, negate, type OperatorTable, type ValueTest } from './condition-operator';

const COMPONENTS = 6;

const arnLike: ConditionOperator = {
  negated: false,
  valueRule: 'an ARN of six components, wildcards allowed in each',
  compile: (value, hasVariables) =>
    hasVariables && value.includes('${') ? compareWithVariables(value) : compareText(value),
};

/**
 * ARN operators; `ArnEquals` and `ArnLike` are the same, wildcards included.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_ARN
 */
export const ARN_OPERATORS: OperatorTable = {
  ArnEquals: arnLike,
  ArnLike: arnLike,
  ArnNotEquals: negate(arnLike),
  ArnNotLike: negate(arnLike),
};

function compareText(value: string): ValueTest | undefined {
  const components = splitArnPattern(parseWildcards(value));
  if (components.length !== COMPONENTS) return undefined;
  return (requestValue) => matchesArnComponents(components, requestValue);
}

function compareWithVariables(value: string): ValueTest {
  const template = parseTemplate(value, { hasVariables: true, hasWildcards: true });
  return (requestValue, variables) => {
    const pattern = resolveTemplate(template, variables);
    return pattern !== undefined && matchesArnComponents(splitArnPattern(pattern), requestValue);
  };
}
