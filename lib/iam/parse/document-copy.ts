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
export function copyOf(document: unknown): { readonly copy: unknown; readonly values: number } {
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
export function isCopy(copy: unknown, document: unknown): boolean {
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
