import type { Catalogue, CatalogueAction } from '../../catalogue';
import type { Policy } from '../../iam';
import { rememberLatest } from '../../iam/parse/remember-latest';
import { actionsOfPolicy, likenessOfActions } from '../../iam/statements/alike-actions';
import { onceForEach } from '../once-for-each';
import { type AlikeGroups, groupAlike, type Marks } from './alike-groups';

/** Actions to group, and what may tell them apart. */
interface Grouped {
  /** The policies that name them. */
  readonly policies: readonly Policy[];
  readonly marks: Marks;
  /** Follows from the policies whose actions `of` names; asked for where the groups are not known. */
  readonly actions: () => readonly CatalogueAction[];
  readonly of: readonly Policy[];
}

/** By how many actions they hold. */
const MOST_GROUPS = { entries: 300, weight: 200_000 };

const keptGroups = onceForEach((_: Catalogue) => rememberLatest<string, AlikeGroups>(MOST_GROUPS));

/** Groups follow from the actions that statements name: environments that differ in names alone share them. */
export function groupsOf({ policies, marks, actions, of }: Grouped, catalogue: Catalogue): AlikeGroups {
  const kept = keptGroups(catalogue);
  const key = [policies, of].map((list) => list.map(actionsOfPolicy).join()).join(' of ') + [...marks].join(' ');
  const groups = kept.get(key) ?? groupAlike(actions(), likenessOfActions(policies), marks);
  kept.set(key, groups, groups.actions.length);
  return groups;
}
