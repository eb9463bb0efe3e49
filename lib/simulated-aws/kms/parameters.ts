import { notImplemented } from '../wire/aws-error';
import { kmsError, validationError } from './key-errors';

/** The parsed JSON body of a request. */
export type Input = Readonly<Record<string, unknown>>;

/** What a string must be like. */
interface StringRule {
  readonly maxLength?: number;
  /** Matched against the whole value. */
  readonly pattern?: RegExp;
}

/** @see https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateKey.html */
export const descriptionRule: StringRule = { maxLength: 8192 };
export const policyRule: StringRule = { maxLength: 131_072, pattern: /[\t\n\r\u0020-\u00FF]+/ };

/** @throws {AwsError} `ValidationException` when it is missing, `SerializationException` when it is no string */
export function requiredString(input: Input, name: string, rule: StringRule = {}): string {
  const value = optionalString(input, name, rule);
  if (value === undefined) {
    throw violation(name, 'Member must not be null');
  }
  return value;
}

/** @throws {AwsError} `ValidationException` when it breaks the rule, `SerializationException` when it is no string */
export function optionalString(
  input: Input,
  name: string,
  { maxLength = Number.POSITIVE_INFINITY, pattern }: StringRule = {},
): string | undefined {
  const value = input[name] ?? undefined;
  if (value === undefined) {
    return undefined;
  }
  const text = stringValue(value, name);
  if (text.length > maxLength) {
    throw violation(name, `Member must have length less than or equal to ${maxLength}`);
  }
  if (pattern !== undefined && !new RegExp(`^(?:${pattern.source})$`).test(text)) {
    throw violation(name, `Member must satisfy regular expression pattern: ${pattern.source}`);
  }
  return text;
}

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

export function requiredStrings(input: Input, name: string): readonly string[] {
  return requiredList(input, name).map((value) => stringValue(value, name));
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

/** Refuses a value that this account does not simulate, by its name. @throws {AwsError} `NotImplemented` */
export function onlySimulated(input: Input, name: string, simulated: unknown): void {
  const value = input[name] ?? simulated;
  if (value !== simulated) {
    throw notImplemented(`the value ${JSON.stringify(value)} of the KMS parameter "${name}"`);
  }
}

function requiredList(input: Input, name: string): readonly unknown[] {
  const value = input[name] ?? undefined;
  if (value === undefined) {
    throw violation(name, 'Member must not be null');
  }
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

function violation(name: string, rule: string): Error {
  const member = name.charAt(0).toLowerCase() + name.slice(1);
  return validationError(`1 validation error detected: Value at '${member}' failed to satisfy constraint: ${rule}`);
}

function wrongType(name: string): Error {
  return kmsError('SerializationException', `The parameter "${name}" has a value of the wrong type.`);
}
