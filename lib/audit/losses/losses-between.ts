import type { Place } from '../stack/place';
import { KEPT, LIFECYCLE_TYPE } from './comparisons';
import { type Holding, type Loss, lossOf } from './loss';

/** A resource before and after; one of the two is missing where it is made or goes. */
export interface Change {
  readonly before?: Holding;
  readonly after?: Holding;
  /** How it goes, in words, as in `the plan would delete it`; missing where it stays. */
  readonly goes?: string;
}

/** The losses of a change to one resource. A new lifecycle is compared with none at all. */
export function lossesOf({ before, after, goes }: Change, place: Partial<Place>): readonly Loss[] {
  const one = before ?? after;
  const kept = one && KEPT[one.type];
  if (one === undefined || kept === undefined) return [];
  if (goes !== undefined && kept.gone !== undefined) {
    const evidence = [{ at: one.address, value: goes }];
    return [{ address: one.address, what: 'gone', detail: `${goes}: ${kept.gone}`, isCertain: true, evidence }];
  }
  if (after === undefined || (before === undefined && one.type !== LIFECYCLE_TYPE)) return [];
  const settings = before?.settings ?? {};
  return kept.comparisons.flatMap(({ what, find }) => lossOf(one.address, what, find(settings, after.settings, place)));
}
