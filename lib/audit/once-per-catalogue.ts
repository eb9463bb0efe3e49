import type { Catalogue } from '../catalogue';

/** Works something out once for each catalogue: what is in one does not change. */
export function oncePerCatalogue<Value extends object>(
  work: (catalogue: Catalogue) => Value,
): (catalogue: Catalogue) => Value {
  const made = new WeakMap<Catalogue, Value>();
  return (catalogue) => {
    const known = made.get(catalogue);
    if (known !== undefined) return known;
    const value = work(catalogue);
    made.set(catalogue, value);
    return value;
  };
}
