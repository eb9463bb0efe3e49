import { otherRegion } from '../../aws/other-region';

/** The regions whose endpoints a verification asks: that of the environment, and one where nothing may be allowed. */
export function regionsAsked(region: string): readonly [string, string] {
  return [region, otherRegion(region)];
}
