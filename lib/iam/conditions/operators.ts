import { ARN_OPERATORS } from './arn-operators';
import { BINARY_OPERATOR } from './binary-operator';
import { BOOL_OPERATOR } from './bool-operator';
import type { ConditionOperator, OperatorTable } from './condition-operator';
import { IP_ADDRESS_OPERATORS } from './ip-address-operators';
import { DATE_OPERATORS, NUMERIC_OPERATORS } from './ordered-operators';
import { STRING_OPERATORS } from './string-operators';

/** Every operator that compares values, by AWS's name. */
const OPERATORS: OperatorTable = {
  ...STRING_OPERATORS,
  ...NUMERIC_OPERATORS,
  ...DATE_OPERATORS,
  ...BOOL_OPERATOR,
  ...BINARY_OPERATOR,
  ...IP_ADDRESS_OPERATORS,
  ...ARN_OPERATORS,
};

/** How many of the request's values must match: `ForAllValues`, `ForAnyValue`, or the one value of a plain operator. */
export type Quantifier = 'all' | 'any' | 'one';

/** An operator name of a policy, taken apart. */
export type OperatorName =
  | { readonly kind: 'presence'; readonly quantifier: Quantifier }
  | {
      readonly kind: 'comparison';
      readonly operator: ConditionOperator;
      readonly quantifier: Quantifier;
      readonly ifExists: boolean;
    };

const NAME = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/;

/**
 * Takes an operator name apart; `undefined` for a name that AWS does not document.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function tryParseOperatorName(name: string): OperatorName | undefined {
  const [, set, base = '', ifExists] = NAME.exec(name) ?? [];
  const quantifier = set === undefined ? 'one' : set === 'ForAllValues' ? 'all' : 'any';
  if (base === 'Null' && ifExists === undefined) return { kind: 'presence', quantifier };
  const operator = Object.hasOwn(OPERATORS, base) ? OPERATORS[base] : undefined;
  if (operator === undefined) return undefined;
  return { kind: 'comparison', operator, quantifier, ifExists: ifExists !== undefined };
}
