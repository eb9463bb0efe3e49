/** One line of the table: a figure of ours, and how it stands to a peer or to an earlier version in the same run. */
export interface BenchRow {
  readonly title: string;
  /** The median of ours. */
  readonly value: number;
  readonly unit: string;
  /** Our advantage over the other in each round, above 1 where ours is better; empty where it was not measured. */
  readonly ratios: readonly number[];
  /** The other of the ratio: a peer's name, or the commit of an earlier version. */
  readonly beside?: string;
  readonly goal?: Goal;
}

/** A bound on the median ratio. */
export type Goal = { readonly atLeast: number } | { readonly atMost: number };

/** The middle one of the values; of an even number, the upper of the two; NaN of none. */
export function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Whether the goal is met; `undefined` where there is no goal or no ratio. */
export function isMet({ ratios, goal }: BenchRow): boolean | undefined {
  if (goal === undefined || ratios.length === 0) return undefined;
  const ratio = median(ratios);
  return 'atLeast' in goal ? ratio >= goal.atLeast : ratio <= goal.atMost;
}
