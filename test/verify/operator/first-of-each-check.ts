/** One defect for each check that catches any: a sample of a table. */
export function firstOfEachCheck<T extends { readonly caughtBy: string }>(defects: readonly T[]): readonly T[] {
  return [...new Map([...defects].reverse().map((defect) => [defect.caughtBy, defect])).values()].reverse();
}
