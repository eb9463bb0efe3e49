import { type OperatorName, tryParseOperatorName } from '../conditions/operators';
import type { Condition } from '../types';
import { readObject } from './json-shape';
import { requireVariables } from './parse-element';
import { badPolicy, childOf, type PolicyLocation } from './policy-location';

/** Reads a `Condition` block. @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html */
export function parseConditions(value: unknown, hasVariables: boolean, at: PolicyLocation): readonly Condition[] {
  if (value === undefined) return [];
  return Object.entries(readObject(value, at)).flatMap(([operator, keys]) => {
    const operatorAt = childOf(at, operator);
    const name = tryParseOperatorName(operator);
    if (name === undefined) throw badPolicy(operatorAt, 'must be a condition operator (case matters)', operator);
    return Object.entries(readObject(keys, operatorAt)).map(([key, given]): Condition => {
      const keyAt = childOf(operatorAt, key);
      if (!/^[^:\s]+:\S/.test(key)) throw badPolicy(keyAt, 'must be a condition key, as in aws:SecureTransport', key);
      return { operator, key, values: readValues(given, { name, hasVariables }, keyAt) };
    });
  });
}

interface ValueScope {
  readonly name: OperatorName;
  readonly hasVariables: boolean;
}

function readValues(given: unknown, scope: ValueScope, at: PolicyLocation): readonly string[] {
  if (!Array.isArray(given)) return [readValue(given, scope, at)];
  return given.map((entry: unknown, index) => readValue(entry, scope, childOf(at, index)));
}

/** JSON numbers and booleans are values too, and mean their text. */
function readValue(given: unknown, { name, hasVariables }: ValueScope, at: PolicyLocation): string {
  if (typeof given !== 'string' && typeof given !== 'number' && typeof given !== 'boolean') {
    throw badPolicy(at, 'must be a string, a number or a boolean', given);
  }
  const value = String(given);
  if (name.kind === 'presence') {
    if (value !== 'true' && value !== 'false') throw badPolicy(at, "must be 'true' or 'false'", given);
    return value;
  }
  if (hasVariables) requireVariables(value, at);
  if (name.operator.compile(value, hasVariables) === undefined)
    throw badPolicy(at, `must be ${name.operator.valueRule}`, given);
  return value;
}
