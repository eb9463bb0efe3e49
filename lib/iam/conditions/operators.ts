import { isInRange, tryParseAddress, tryParseRange } from '../match/ip-address';
import { ARN_OPERATORS } from './arn-operators';
import { type ConditionOperator, negate, type OperatorTable } from './condition-operator';
import { DATE_OPERATORS, NUMERIC_OPERATORS } from './ordered-operators';
import { STRING_OPERATORS } from './string-operators';

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * `BinaryEquals` compares bytes; both the policy and the request give them in base64.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_BinaryEquals
 */
const BINARY_OPERATOR: OperatorTable = {
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

/**
 * `Bool` compares with `true` or `false`.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_Boolean
 */
const BOOL_OPERATOR: OperatorTable = {
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

const ipAddress: ConditionOperator = {
  negated: false,
  valueRule: 'an IPv4 address, or an IPv4 or IPv6 range in CIDR form (203.0.113.0/24, 2001:db8::/32)',
  compile: (value) => {
    const range = tryParseRange(value);
    if (range === undefined) return undefined;
    return (requestValue) => {
      const address = tryParseAddress(requestValue);
      return address !== undefined && isInRange(address, range);
    };
  },
};

/**
 * IP address operators, for IPv4 and IPv6.
 *
 * A single IPv6 address needs its `/128`: AWS documents `/32` as the default prefix, without saying what that means for IPv6.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html#Conditions_IPAddress
 */
const IP_ADDRESS_OPERATORS: OperatorTable = { IpAddress: ipAddress, NotIpAddress: negate(ipAddress) };

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
type Quantifier = 'all' | 'any' | 'one';

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
