import type { EvidenceItem } from '../report/audit-report';
import type { Arguments } from '../stack/arguments';
import type { Place } from '../stack/place';

/** A resource at one time, as far as data depends on it. */
export interface Holding {
  readonly address: string;
  readonly type: string;
  readonly settings: Arguments;
}

/** Something that a change ends, or ends sooner. */
export interface Loss {
  readonly address: string;
  /** A stable word, as in `noncurrent-versions`; address and word are what somebody accepts. */
  readonly what: string;
  /** The loss, in days or objects. */
  readonly detail: string;
  /** Whether it can be told at all; else it is a doubt. */
  readonly isCertain: boolean;
  readonly evidence: readonly EvidenceItem[];
}

/** A thing that was otherwise before. */
export interface Difference {
  readonly path: string;
  readonly was: string;
  readonly is: string;
  readonly detail: string;
  /** False where one of the two is not known. */
  readonly isCertain: boolean;
}

/** A kind of loss. */
export interface Comparison {
  readonly what: string;
  readonly find: (before: Arguments, after: Arguments, place: Partial<Place>) => readonly Difference[];
}

export function lossOf(address: string, what: string, differences: readonly Difference[]): readonly Loss[] {
  if (differences.length === 0) return [];
  return [
    {
      address,
      what,
      detail: differences.map(({ detail }) => detail).join('; '),
      isCertain: differences.some(({ isCertain }) => isCertain),
      evidence: differences.flatMap(({ path, was, is }) => [
        { at: `${address}: ${path} before`, value: was },
        { at: `${address}: ${path} after`, value: is },
      ]),
    },
  ];
}
