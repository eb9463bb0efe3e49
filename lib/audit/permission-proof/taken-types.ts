import type { CatalogueAction } from '../../catalogue';

const knownTypes = new Map<string, number>();
const takenTypes = new WeakMap<CatalogueAction, number>();

/** The resource types that an action takes, as one number. */
export function takenBy(action: CatalogueAction): number {
  const known = takenTypes.get(action);
  if (known !== undefined) return known;
  const text = action.resourceTypes.map(({ arnPattern }) => arnPattern).join();
  const taken = knownTypes.get(text) ?? knownTypes.size;
  knownTypes.set(text, taken);
  takenTypes.set(action, taken);
  return taken;
}
