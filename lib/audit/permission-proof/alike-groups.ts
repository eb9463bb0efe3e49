import type { CatalogueAction } from '../../catalogue';
import type { LikenessOfActions } from '../../iam/statements/alike-actions';

/** Actions that are looked at as one; the first stands for all. */
export type Alike = readonly [CatalogueAction, ...(readonly CatalogueAction[])];

/** Actions in their order, and for each the place of its group in the list of groups. */
export interface AlikeGroups {
  readonly actions: readonly CatalogueAction[];
  readonly groupOf: readonly number[];
  readonly groups: readonly Alike[];
}

/** Groups actions that are alike; one of which something is expected by its name stands alone. */
type GroupAlike = (actions: readonly CatalogueAction[], isNamed: (action: string) => boolean) => AlikeGroups;

/** Actions are alike that some policies name alike, and that take the same resources. */
export function createGrouping(likenessOf: LikenessOfActions): GroupAlike {
  const known = new Map<readonly CatalogueAction[], readonly string[]>();
  return (actions, isNamed) => {
    const likenesses = known.get(actions) ?? actions.map((action) => `${likenessOf(action.name)}/${takenBy(action)}`);
    known.set(actions, likenesses);
    const placeOf = new Map<string, number>();
    const groups: [CatalogueAction, ...CatalogueAction[]][] = [];
    const groupOf = actions.map((action, index) => {
      const likeness = isNamed(action.name) ? action.name : (likenesses[index] ?? '');
      const place = placeOf.get(likeness) ?? groups.length;
      placeOf.set(likeness, place);
      const group = groups[place];
      if (group === undefined) groups.push([action]);
      else group.push(action);
      return place;
    });
    return { actions, groupOf, groups };
  };
}

const knownTypes = new Map<string, number>();
const takenTypes = new WeakMap<CatalogueAction, number>();

/** The resource types that an action takes, as one number. */
function takenBy(action: CatalogueAction): number {
  const known = takenTypes.get(action);
  if (known !== undefined) return known;
  const text = action.resourceTypes.map(({ arnPattern }) => arnPattern).join();
  const taken = knownTypes.get(text) ?? knownTypes.size;
  knownTypes.set(text, taken);
  takenTypes.set(action, taken);
  return taken;
}
