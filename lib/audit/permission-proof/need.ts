import type { Decision } from '../../iam';
import type { Varied } from './circumstances';
import type { ExpectedPermission } from './expected';
import { isKey } from './samples';

/** Actions that must be allowed, learned one combination of circumstances after the other. */
interface Need {
  /** Whether a form of a circumstance is among those in which requests come; `undefined` where any of them will do. */
  readonly isForm: (at: number, index: number) => boolean | undefined;
  /** Whether requests come in these forms. */
  readonly isNeeded: (indexes: readonly number[]) => boolean;
  /** Takes a combination that is needed. */
  readonly allowed: (indexes: readonly number[]) => void;
  readonly refused: (indexes: readonly number[], decision: Decision) => void;
  /** Combinations that are needed and were refused, the most pleasing first. */
  readonly unmet: () => readonly (readonly [indexes: readonly number[], decision: Decision])[];
}

const NO_NEED: Need = {
  isForm: () => undefined,
  isNeeded: () => false,
  allowed: () => undefined,
  refused: () => undefined,
  unmet: () => [],
};

/**
 * The combinations in which something must be allowed: those in which requests come. A policy may be stricter about all
 * others, and may choose among the forms of a circumstance that is for it to choose.
 */
export function needOf(circumstances: readonly Varied[], expected: ExpectedPermission | undefined): Need {
  if (expected === undefined || expected.isOptional) return NO_NEED;
  const forms = circumstances.map((one) => neededForms(one, expected));
  const isNeeded = (indexes: readonly number[]) => forms.every((needed, at) => needed?.[indexes[at] ?? -1] ?? true);
  const keyOf = (indexes: readonly number[]) => indexes.filter((_, at) => forms[at] !== undefined).join();
  const met = new Set<string>();
  const refused = new Map<string, readonly [readonly number[], Decision]>();
  return {
    isForm: (at, index) => forms[at]?.[index],
    isNeeded,
    allowed: (indexes) => {
      met.add(keyOf(indexes));
    },
    refused: (indexes, decision) => {
      const key = keyOf(indexes);
      if (!refused.has(key)) refused.set(key, [indexes.slice(), decision]);
    },
    unmet: () => [...refused].flatMap(([key, one]) => (met.has(key) ? [] : [one])),
  };
}

/** Whether each form of a circumstance is needed; `undefined` where any of them will do. */
function neededForms({ facet, choices }: Varied, { onlyIf, on }: ExpectedPermission): readonly boolean[] | undefined {
  const requirements = onlyIf.filter((one) => one.facet === facet.id && one.where === undefined);
  if (requirements.length > 0) {
    return choices.map(({ name }) => requirements.every(({ only, needed = only }) => needed.includes(name)));
  }
  const needed = (on.every(isKey) ? facet.neededByS3 : undefined) ?? facet.needed;
  return needed === 'any' ? undefined : choices.map(({ name }) => needed?.includes(name) ?? true);
}
