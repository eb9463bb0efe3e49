import { AwsError } from '../wire/http/aws-error';
import type { Form } from '../wire/protocols/query-protocol';

/** The rules for a parameter of a Query API. */
export interface ParameterRule {
  readonly minLength?: number;
  readonly maxLength?: number;
  /** Matched against the whole value. */
  readonly pattern?: RegExp;
  /** The values that there are. */
  readonly oneOf?: readonly string[];
}

/** The rules of an API's parameters, by the name that the form gives them. */
export type ParameterRules = Readonly<Record<string, ParameterRule>>;

/** A text that must be there. @throws {AwsError} `ValidationError` */
export function requireText(form: Form, name: string, rules: ParameterRules): string {
  const value = tryReadText(form, name, rules);
  if (value === undefined) {
    throw constraintError('null', name, 'Member must not be null');
  }
  return value;
}

/** A text that may be left out. @throws {AwsError} `ValidationError` */
export function tryReadText(form: Form, name: string, rules: ParameterRules): string | undefined {
  const value = form.get(name);
  const rule = rules[name] ?? {};
  if (value === undefined) {
    return undefined;
  }
  if (value.length < (rule.minLength ?? 0)) {
    throw constraintError(`'${value}'`, name, `Member must have length greater than or equal to ${rule.minLength}`);
  }
  if (value.length > (rule.maxLength ?? Number.POSITIVE_INFINITY)) {
    throw constraintError(`'${value}'`, name, `Member must have length less than or equal to ${rule.maxLength}`);
  }
  if (rule.pattern !== undefined && !new RegExp(`^(?:${rule.pattern.source})$`, 'u').test(value)) {
    const pattern = rule.pattern.source.replaceAll('\\/', '/');
    throw constraintError(`'${value}'`, name, `Member must satisfy regular expression pattern: ${pattern}`);
  }
  if (rule.oneOf !== undefined && !rule.oneOf.includes(value)) {
    throw constraintError(`'${value}'`, name, `Member must satisfy enum value set: [${rule.oneOf.join(', ')}]`);
  }
  return value;
}

/** A whole number within limits. @throws {AwsError} `ValidationError` */
export function readInteger(
  form: Form,
  name: string,
  limits: { readonly min: number; readonly max: number; readonly byDefault: number },
): number {
  const text = form.get(name);
  if (text === undefined) {
    return limits.byDefault;
  }
  const value = Number(text);
  if (!/^-?\d{1,9}$/.test(text) || value < limits.min) {
    throw constraintError(`'${text}'`, name, `Member must have value greater than or equal to ${limits.min}`);
  }
  if (value > limits.max) {
    throw constraintError(`'${text}'`, name, `Member must have value less than or equal to ${limits.max}`);
  }
  return value;
}

/** The values of `Name.member.1`, `Name.member.2`, … in their order; `[]` when there are none. */
export function readList(form: Form, name: string, field = ''): readonly string[] {
  const values: string[] = [];
  for (let index = 1; ; index += 1) {
    const value = form.get(`${name}.member.${index}${field}`);
    if (value === undefined) {
      return values;
    }
    values.push(value);
  }
}

/** A list of no more than so many values. @throws {AwsError} `ValidationError` */
export function requireLength<T>(values: readonly T[], name: string, maxLength: number): readonly T[] {
  if (values.length > maxLength) {
    throw constraintError(`'[${values}]'`, name, `Member must have length less than or equal to ${maxLength}`);
  }
  return values;
}

export function validationError(message: string): AwsError {
  return new AwsError(400, 'ValidationError', message);
}

function constraintError(value: string, name: string, constraint: string): AwsError {
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  return validationError(
    `1 validation error detected: Value ${value} at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}
