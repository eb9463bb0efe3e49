import { NEGATIVE_CHECKS, POSITIVE_CHECKS } from '../../lib/verify/checks';

const IDS_OF_POSITIVES: readonly string[] = POSITIVE_CHECKS.map(({ id }) => id);
const IDS_OF_NEGATIVES: readonly string[] = NEGATIVE_CHECKS.map(({ id }) => id);

/** What a run is to be without, so that it asks these checks alone: a whole one takes a second. */
export function allBut(...asked: readonly string[]): readonly string[] {
  return [...IDS_OF_POSITIVES, ...IDS_OF_NEGATIVES].filter((id) => !asked.includes(id));
}

/** What a run is to be without, so that it asks what must be refused alone. */
export const ALL_BUT_NEGATIVES = IDS_OF_POSITIVES;

/** What a run is to be without, so that it asks what must work alone. */
export const ALL_BUT_POSITIVES = IDS_OF_NEGATIVES;
