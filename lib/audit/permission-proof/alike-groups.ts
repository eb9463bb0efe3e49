import type { CatalogueAction } from '../../catalogue';
import type { LikenessOfActions } from '../../iam/statements/alike-actions';
import { takenBy } from './taken-types';

/** Actions that are looked at as one; the first stands for all. */
export type Alike = readonly [CatalogueAction, ...(readonly CatalogueAction[])];

/** Actions in their order, and for each the place of its group in the list of groups. */
export interface AlikeGroups {
  readonly actions: readonly CatalogueAction[];
  readonly groupOf: readonly number[];
  readonly groups: readonly Alike[];
}

/** By the name of an action a mark: actions with different marks are never alike. */
export type Marks = ReadonlyMap<string, string>;

/** Actions are alike that some policies name alike, that take the same resources, and that have the same mark. */
export function groupAlike(
  actions: readonly CatalogueAction[],
  likenessOf: LikenessOfActions,
  marks: Marks,
): AlikeGroups {
  const placeOf = new Map<string, number>();
  const groups: [CatalogueAction, ...CatalogueAction[]][] = [];
  const groupOf: number[] = [];
  for (const action of actions) {
    const likeness = `${likenessOf(action.name)}/${takenBy(action)} ${marks.get(action.name) ?? ''}`;
    const place = placeOf.get(likeness);
    if (place === undefined) {
      placeOf.set(likeness, groups.length);
      groupOf.push(groups.length);
      groups.push([action]);
    } else {
      groupOf.push(place);
      groups[place]?.push(action);
    }
  }
  return { actions, groupOf, groups };
}
