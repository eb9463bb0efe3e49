import type { Policy } from '../types';
import { copyOf, isCopy } from './document-copy';
import type { PolicyKind } from './policy-kind';
import { rememberLatest } from './remember-latest';

export type ReadPolicy = (document: unknown, name: string, kind: PolicyKind | undefined) => Policy;

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
