import { AwsError } from '../wire/http/aws-error';

/** The parsed JSON body of a request, or a member of it. */
export type Input = Readonly<Record<string, unknown>>;

/** The rules for a string. */
export interface StringRule {
  readonly minLength?: number;
  readonly maxLength?: number;
  /** Matched against the whole value. */
  readonly pattern?: RegExp;
  /** The values that there are. */
  readonly oneOf?: readonly string[];
}

/** @throws {AwsError} `ValidationException` when it is missing, `SerializationException` when it is no string */
export function requiredString(input: Input, name: string, rule: StringRule = {}): string {
  return required(optionalString(input, name, rule), name);
}

/** @throws {AwsError} `ValidationException` when it breaks the rule, `SerializationException` when it is no string */
export function optionalString(input: Input, name: string, rule: StringRule = {}): string | undefined {
  const value = input[name] ?? undefined;
  return value === undefined ? undefined : requireRule(stringValue(value, name), name, rule);
}

/** @throws {AwsError} `ValidationException` when it is missing, `SerializationException` when it is no boolean */
export function requiredBoolean(input: Input, name: string): boolean {
  required(input[name] ?? undefined, name);
  return optionalBoolean(input, name);
}

/** @returns `false` when it is left out @throws {AwsError} `SerializationException` */
export function optionalBoolean(input: Input, name: string): boolean {
  const value = input[name] ?? false;
  if (typeof value !== 'boolean') {
    throw wrongType(name);
  }
  return value;
}

/** @throws {AwsError} `ValidationException` outside of the range */
export function optionalInteger(
  input: Input,
  name: string,
  range: { readonly min: number; readonly max: number },
): number | undefined {
  const value = input[name] ?? undefined;
  if (value === undefined) {
    return undefined;
  }
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    throw wrongType(name);
  }
  if (value < range.min) {
    throw violation(name, `Member must have value greater than or equal to ${range.min}`);
  }
  if (value > range.max) {
    throw violation(name, `Member must have value less than or equal to ${range.max}`);
  }
  return value;
}

/** Bytes, sent as Base64. @throws {AwsError} `ValidationException` outside of 1 to `maxBytes` */
export function requiredBytes(input: Input, name: string, maxBytes: number): Buffer {
  const bytes = Buffer.from(requiredString(input, name), 'base64');
  if (bytes.length < 1) {
    throw violation(name, 'Member must have length greater than or equal to 1');
  }
  if (bytes.length > maxBytes) {
    throw violation(name, `Member must have length less than or equal to ${maxBytes}`);
  }
  return bytes;
}

export function stringMap(input: Input, name: string): Readonly<Record<string, string>> {
  const entries = Object.entries(objectValue(input[name] ?? {}, name));
  return Object.fromEntries(entries.map(([key, value]) => [key, stringValue(value, name)]));
}

/** @param rule of each member */
export function requiredStrings(input: Input, name: string, rule: StringRule = {}): readonly string[] {
  return requiredList(input, name).map((value) => requireRule(stringValue(value, name), name, rule));
}

export function optionalStrings(input: Input, name: string): readonly string[] {
  return (input[name] ?? undefined) === undefined ? [] : requiredStrings(input, name);
}

/** `{}` when it is left out. */
export function optionalObject(input: Input, name: string): Input {
  return objectValue(input[name] ?? {}, name);
}

export function requiredObjects(input: Input, name: string): readonly Input[] {
  return requiredList(input, name).map((value) => objectValue(value, name));
}

/** The value of a parameter that must be there. @throws {AwsError} `ValidationException` */
function required<T>(value: T | undefined, name: string): T {
  if (value === undefined) {
    throw violation(name, 'Member must not be null');
  }
  return value;
}

function requireRule(text: string, name: string, { minLength = 0, maxLength, pattern, oneOf }: StringRule): string {
  if (text.length < minLength) {
    throw violation(name, `Member must have length greater than or equal to ${minLength}`);
  }
  if (maxLength !== undefined && text.length > maxLength) {
    throw violation(name, `Member must have length less than or equal to ${maxLength}`);
  }
  if (pattern !== undefined && !new RegExp(`^(?:${pattern.source})$`).test(text)) {
    throw violation(name, `Member must satisfy regular expression pattern: ${pattern.source}`);
  }
  if (oneOf !== undefined && !oneOf.includes(text)) {
    throw violation(name, `Member must satisfy enum value set: [${oneOf.join(', ')}]`);
  }
  return text;
}

function requiredList(input: Input, name: string): readonly unknown[] {
  const value = required(input[name] ?? undefined, name);
  if (!Array.isArray(value)) {
    throw wrongType(name);
  }
  return value;
}

function stringValue(value: unknown, name: string): string {
  if (typeof value !== 'string') {
    throw wrongType(name);
  }
  return value;
}

function objectValue(value: unknown, name: string): Input {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wrongType(name);
  }
  return value as Input;
}

function violation(name: string, rule: string): AwsError {
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  const message = `1 validation error detected: Value at '${member}' failed to satisfy constraint: ${rule}`;
  return new AwsError(400, 'ValidationException', message);
}

function wrongType(name: string): AwsError {
  return new AwsError(400, 'SerializationException', `The parameter "${name}" has a value of the wrong type.`);
}
