import { regionsAsked } from '../verify/check-kit/regions-asked';

/** The regions that a simulated account has to have for environments in these: theirs first, and those that a verification asks. */
export function accountRegions(regions: readonly string[]): readonly string[] {
  return [...new Set([...regions, ...regions.flatMap(regionsAsked)])];
}
