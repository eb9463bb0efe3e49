import type { CatalogueAction, CatalogueResourceType } from './catalogue';

/** The actions of a service, with each text, list of keys and type of resource written once and called by its place. */
export interface PreparedActions {
  readonly texts: readonly string[];
  /** Condition keys, as places in `texts`. */
  readonly keyLists: readonly (readonly number[])[];
  /** Name and ARN pattern as places in `texts`, 1 when it is required, keys as a place in `keyLists`. */
  readonly types: readonly (readonly [number, number, number, number])[];
  /** Name without its service, access level as a place in `texts`, keys as a place in `keyLists`, places in `types`. */
  readonly actions: readonly (readonly [string, number, number, ...number[]])[];
}

export function encodeActions(service: string, actions: readonly CatalogueAction[]): PreparedActions {
  const texts = placesOf<string>();
  const keyLists = placesOf<readonly number[]>();
  const types = placesOf<readonly [number, number, number, number]>();
  const placeOfKeys = (keys: readonly string[]) => keyLists.placeOf(keys.map(texts.placeOf));
  const placeOfType = ({ name, arnPattern, isRequired, conditionKeys }: CatalogueResourceType) =>
    types.placeOf([texts.placeOf(name), texts.placeOf(arnPattern), Number(isRequired), placeOfKeys(conditionKeys)]);
  const encoded = actions.map(
    ({ name, accessLevel, conditionKeys, resourceTypes }) =>
      [
        name.slice(service.length + 1),
        texts.placeOf(accessLevel),
        placeOfKeys(conditionKeys),
        ...resourceTypes.map(placeOfType),
      ] as const,
  );
  return { texts: texts.all, keyLists: keyLists.all, types: types.all, actions: encoded };
}

export function decodeActions(service: string, prepared: PreparedActions): readonly CatalogueAction[] {
  const texts = itemsOf(prepared.texts);
  const keyLists = itemsOf(prepared.keyLists.map((places) => places.map(texts)));
  const types = itemsOf(
    prepared.types.map(([name, arnPattern, isRequired, keys]) => ({
      name: texts(name),
      arnPattern: texts(arnPattern),
      isRequired: isRequired === 1,
      conditionKeys: keyLists(keys),
    })),
  );
  return prepared.actions.map(([name, accessLevel, keys, ...places]) => ({
    service,
    name: `${service}:${name}`,
    accessLevel: texts(accessLevel),
    conditionKeys: keyLists(keys),
    resourceTypes: places.map(types),
  }));
}

/** Values in the order in which they were first placed. */
function placesOf<T>() {
  const all: T[] = [];
  const places = new Map<string, number>();
  const placeOf = (value: T): number => {
    const key = JSON.stringify(value);
    const place = places.get(key) ?? all.push(value) - 1;
    places.set(key, place);
    return place;
  };
  return { all, placeOf };
}

function itemsOf<T>(all: readonly T[]): (place: number) => T {
  return (place) => {
    const item = all[place];
    if (item === undefined) throw new RangeError(`the prepared catalogue has no place ${place}`);
    return item;
  };
}
