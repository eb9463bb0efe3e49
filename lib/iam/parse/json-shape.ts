import { badPolicy, childOf, type PolicyLocation } from './policy-location';

export type JsonObject = Readonly<Record<string, unknown>>;

export function readObject(value: unknown, at: PolicyLocation): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw badPolicy(at, 'must be an object', value);
  return value as JsonObject;
}

export function requireKnownElements(object: JsonObject, known: readonly string[], at: PolicyLocation): void {
  const unknown = Object.keys(object).find((key) => !known.includes(key));
  if (unknown !== undefined) throw badPolicy(at, `elements are ${known.join(', ')} (case matters)`, unknown);
}

export function readString(value: unknown, at: PolicyLocation): string {
  if (typeof value !== 'string') throw badPolicy(at, 'must be a string', value);
  return value;
}

/** A string or a list of at least one, each with its place. */
export function readStrings(
  value: unknown,
  at: PolicyLocation,
): readonly { readonly text: string; readonly at: PolicyLocation }[] {
  if (!Array.isArray(value)) return [{ text: readString(value, at), at }];
  if (value.length === 0) throw badPolicy(at, 'must have at least one entry', value);
  return value.map((entry: unknown, index) => ({
    text: readString(entry, childOf(at, index)),
    at: childOf(at, index),
  }));
}

/** Exactly one of two elements that exclude each other; `undefined` when neither is there. */
export function readEitherElement(object: JsonObject, [plain, negated]: readonly [string, string], at: PolicyLocation) {
  if (object[plain] !== undefined && object[negated] !== undefined) {
    throw badPolicy(at, `'${plain}' and '${negated}' exclude each other`, [plain, negated]);
  }
  const name = object[negated] === undefined ? plain : negated;
  if (object[name] === undefined) return undefined;
  return { name, negated: name === negated, value: object[name], at: childOf(at, name) };
}
