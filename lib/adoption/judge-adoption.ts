import { acceptance } from '../audit/waivers/acceptance';
import { toApplied, type WaiverEntry } from '../audit/waivers/waiver';
import type { Catalogue } from '../catalogue';
import { type Adoption, type AdoptionItem, NEEDS_ANSWER, VERDICTS } from './adoption';
import { judgeAccess } from './judgements/access';
import { judgeAccessPoints } from './judgements/access-points';
import { judgeBeside } from './judgements/beside';
import { judgeBucketSettings } from './judgements/bucket-settings';
import type { Judge, Sides } from './judgements/judgement';
import { judgeKeys } from './judgements/keys';
import { judgeLifecycle } from './judgements/lifecycle';
import { judgeObjects } from './judgements/objects';
import { judgePlace } from './judgements/place';
import { judgePresence } from './judgements/presence';
import { judgeReplication } from './judgements/replication';
import { judgeRole } from './judgements/role';
import { judgeStatements } from './judgements/statements';

const OF_BUCKET: readonly Judge[] = [
  ...[judgeBucketSettings, judgeStatements, judgeAccessPoints],
  ...[judgeLifecycle, judgeReplication, judgeBeside, judgeObjects],
];

export interface Judging {
  readonly catalogue: Catalogue;
  /** Losses that somebody answers for: `accept` of a file of waivers, with `loss`. */
  readonly accepted: readonly WaiverEntry[];
}

/** Every judgement, the worst first. */
export function judgeAdoption(sides: Sides, { catalogue, accepted }: Judging): readonly AdoptionItem[] {
  const { found, wanted } = sides;
  const isThere = found.bucket.region.answer.ok;
  const items = [
    ...judgePlace(sides),
    ...judgePresence(sides),
    ...(isThere ? OF_BUCKET.flatMap((judge) => judge(sides)) : []),
    ...judgeKeys(sides),
    ...judgeRole(sides),
    ...(isThere || wanted.adopt.length > 0 ? judgeAccess(sides, catalogue) : []),
  ];
  const entryOf = acceptance(accepted, sides.now.toISOString().slice(0, 10));
  const answered = items.map((one) => {
    const entry = NEEDS_ANSWER.includes(one.verdict) ? entryOf(one.id) : undefined;
    return entry === undefined ? one : { ...one, accepted: toApplied(entry) };
  });
  return answered.toSorted((one, other) => VERDICTS.indexOf(one.verdict) - VERDICTS.indexOf(other.verdict));
}

/** `fail` while something is in the way, or lost and nobody's to answer for. */
export function verdictOf(items: readonly AdoptionItem[]): Adoption['verdict'] {
  const isOpen = ({ verdict, accepted }: AdoptionItem) =>
    verdict === 'blocks' || (NEEDS_ANSWER.includes(verdict) && accepted === undefined);
  return items.some(isOpen) ? 'fail' : 'pass';
}
