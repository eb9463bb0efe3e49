import type { Policy } from '../types';
import type { PolicyKind } from './policy-kind';
import { rememberLatest } from './remember-latest';

/** An object of a document; a list is copied as a list, and anything else as it is. */
interface ObjectCopy {
  readonly names: readonly string[];
  readonly values: readonly unknown[];
}

/**
 * A copy to compare a document with later, and how many values it holds.
 *
 * @param document - one that was parsed, so that it ends: a list or an object in itself is no policy
 */
function copyOf(document: unknown): { readonly copy: unknown; readonly values: number } {
  let values = 0;
  const copyValue = (value: unknown): unknown => {
    values++;
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(copyValue);
    const names = Object.getOwnPropertyNames(value);
    const copy: ObjectCopy = { names, values: names.map((name) => copyValue((value as Fields)[name])) };
    return copy;
  };
  return { copy: copyValue(document), values };
}

type Fields = Readonly<Record<string, unknown>>;

/** Whether the document still is what was copied, in the same order; never for one that inherits from anything. */
function isCopy(copy: unknown, document: unknown): boolean {
  if (typeof document !== 'object' || document === null) return copy === document;
  if (typeof copy !== 'object' || copy === null) return false;
  if (Array.isArray(document)) return Array.isArray(copy) && isListCopy(copy, document);
  return !Array.isArray(copy) && isObjectCopy(copy as ObjectCopy, document as Fields);
}

function isListCopy(copy: readonly unknown[], list: readonly unknown[]): boolean {
  if (copy.length !== list.length || Object.getPrototypeOf(list) !== Array.prototype) return false;
  for (let index = 0; index < copy.length; index++) if (!isCopy(copy[index], list[index])) return false;
  return true;
}

function isObjectCopy({ names, values }: ObjectCopy, object: Fields): boolean {
  const own = Object.getOwnPropertyNames(object);
  if (own.length !== names.length || Object.getPrototypeOf(object) !== Object.prototype) return false;
  for (let index = 0; index < names.length; index++) {
    const name = names[index] as string;
    if (own[index] !== name || !isCopy(values[index], object[name])) return false;
  }
  return true;
}

type ReadPolicy = (document: unknown, name: string, kind: PolicyKind | undefined) => Policy;

/** A parsed object with a copy of it, since whoever has the object can change it. */
interface ReadObject {
  readonly name: string;
  readonly kind: PolicyKind | undefined;
  readonly copy: unknown;
  readonly policy: Policy;
}

const MOST_TEXTS = { entries: 500, weight: 2_000_000 };
const MOST_OBJECTS = { entries: 500, weight: 100_000 };

/**
 * Reads a document once, for as long as it stays the same: a text by its characters, an object by its identity and a copy.
 *
 * Nothing tells but the clock: what is given out is frozen, and a document that was changed or refused is read anew.
 */
export function readOnce(read: ReadPolicy): ReadPolicy {
  const texts = rememberLatest<string, Policy>(MOST_TEXTS);
  const objects = rememberLatest<object, ReadObject>(MOST_OBJECTS);
  const readText = (text: string, name: string, kind: PolicyKind | undefined): Policy => {
    const key = `${kind} ${name.length} ${name}${text}`;
    const known = texts.get(key);
    if (known !== undefined) return known;
    const policy = freezeDeeply(read(text, name, kind));
    texts.set(key, policy, key.length);
    return policy;
  };
  const readObject = (document: object, name: string, kind: PolicyKind | undefined): Policy => {
    const known = objects.get(document);
    if (known?.name === name && known.kind === kind && isCopy(known.copy, document)) return known.policy;
    const policy = freezeDeeply(read(document, name, kind));
    const { copy, values } = copyOf(document);
    objects.set(document, { name, kind, copy, policy }, values);
    return policy;
  };
  return (document, name, kind) => {
    if (typeof document === 'string') return readText(document, name, kind);
    if (typeof document === 'object' && document !== null) return readObject(document, name, kind);
    return read(document, name, kind);
  };
}

function freezeDeeply<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === 'object' && part !== null) freezeDeeply(part);
  return Object.freeze(value);
}
