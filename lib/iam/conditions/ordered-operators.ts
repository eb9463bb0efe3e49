import { type ConditionOperator, negate, type OperatorTable } from './condition-operator';

/** Something that has an order: `parse` gives its place, or `undefined` for a text that is none. */
interface Scale {
  readonly valueRule: string;
  readonly parse: (text: string) => number | undefined;
}

const NUMBER: Scale = { valueRule: 'a number', parse: tryParseNumber };
const DATE: Scale = {
  valueRule: 'a date in ISO 8601 form (2026-01-31T00:00:00Z) or in seconds since 1970',
  parse: tryParseDateMs,
};

/**
 * Numeric operators.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Numeric
 */
export const NUMERIC_OPERATORS: OperatorTable = comparisonsOf('Numeric', NUMBER);

/**
 * Date operators; a date is ISO 8601 in one of the W3C forms, or seconds since 1970.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Date
 */
export const DATE_OPERATORS: OperatorTable = comparisonsOf('Date', DATE);

const W3C_DATE = /^\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?)?)?$/;

function comparisonsOf(prefix: string, scale: Scale): OperatorTable {
  const equals = compare(scale, (request, policy) => request === policy);
  return {
    [`${prefix}Equals`]: equals,
    [`${prefix}NotEquals`]: negate(equals),
    [`${prefix}LessThan`]: compare(scale, (request, policy) => request < policy),
    [`${prefix}LessThanEquals`]: compare(scale, (request, policy) => request <= policy),
    [`${prefix}GreaterThan`]: compare(scale, (request, policy) => request > policy),
    [`${prefix}GreaterThanEquals`]: compare(scale, (request, policy) => request >= policy),
  };
}

function compare(scale: Scale, holds: (request: number, policy: number) => boolean): ConditionOperator {
  return {
    negated: false,
    valueRule: scale.valueRule,
    compile: (value) => {
      const policy = scale.parse(value);
      if (policy === undefined) return undefined;
      return (requestValue) => {
        const request = scale.parse(requestValue);
        return request !== undefined && holds(request, policy);
      };
    },
  };
}

function tryParseNumber(text: string): number | undefined {
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
}

/** Four digits are a year, as W3C writes it; any other bare number is seconds. */
function tryParseDateMs(text: string): number | undefined {
  const ms = W3C_DATE.test(text) ? Date.parse(text) : (tryParseNumber(text) ?? Number.NaN) * 1000;
  return Number.isNaN(ms) ? undefined : ms;
}
