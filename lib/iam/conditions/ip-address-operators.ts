import { isInRange, tryParseAddress, tryParseRange } from '../match/ip-address';
import { type ConditionOperator, negate, type OperatorTable } from './condition-operator';

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
export const IP_ADDRESS_OPERATORS: OperatorTable = { IpAddress: ipAddress, NotIpAddress: negate(ipAddress) };
