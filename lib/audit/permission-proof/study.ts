import type { ContextValue, DecidingStatement, Decision } from '../../iam';
import { forEachCombination, type Varied, whenOf } from './circumstances';
import type { Decide } from './deciders';
import type { ExpectedPermission, Requirement } from './expected';
import type { Restriction } from './proof';
import type { Question } from './question';

/** The circumstances in which the answer is not the expected one. */
export interface Difference {
  readonly kind: 'more' | 'less';
  /** Where it differs from the most pleasing circumstances. */
  readonly when: readonly Restriction[];
  readonly decision: Decision;
  /** The statements that should have refused it; empty when no refusal of the kind is expected. */
  readonly violated: readonly Requirement[];
}

/** In which circumstances a caller may do something to one resource: found by asking in all of them. */
export interface Study {
  readonly isEverAllowed: boolean;
  readonly onlyIf: readonly Restriction[];
  /** The least favourable circumstances that are still allowed, as condition keys. */
  readonly context: Readonly<Record<string, ContextValue>>;
  readonly by: readonly DecidingStatement[];
  readonly differences: readonly Difference[];
  readonly decisions: number;
}

export interface StudyOptions {
  readonly question: Question;
  /** The circumstances that have a say; every combination of their forms is tried. */
  readonly circumstances: readonly Varied[];
  readonly expected: ExpectedPermission | undefined;
  readonly decide: Decide;
}

/** The result of all combinations. */
interface Tally {
  readonly first: Decision | undefined;
  /** The last combination that is still allowed. */
  readonly last: readonly number[] | undefined;
  /** The forms of each circumstance in which something is allowed. */
  readonly allowed: readonly ReadonlySet<number>[];
  readonly differences: readonly Difference[];
  readonly decisions: number;
}

/**
 * Asks in every combination of circumstances, and compares each answer with the expected one.
 *
 * @throws {ToolkitError} `TooManyCircumstances`
 */
export function study(options: StudyOptions): Study {
  const { circumstances } = options;
  const { first, last, allowed, differences, decisions } = tally(options);
  const onlyIf = circumstances.flatMap((one, index) => restrictionOf(one, allowed[index] ?? new Set()));
  return {
    isEverAllowed: first !== undefined,
    onlyIf,
    context: contextOf(circumstances, last ?? [], onlyIf),
    by: first?.result === 'allowed' ? first.by : [],
    differences,
    decisions,
  };
}

function tally({ question, circumstances, expected, decide }: StudyOptions): Tally {
  const violatedBy = violations(circumstances, expected);
  const allowed = circumstances.map(() => new Set<number>());
  const differing = plainestOf(circumstances);
  let first: Decision | undefined;
  let last: readonly number[] | undefined;
  const decisions = forEachCombination(circumstances, question, (indexes) => {
    const decision = decide(indexes);
    const isAllowed = decision.result === 'allowed';
    if (isAllowed) {
      first ??= decision;
      last = indexes.slice();
      for (let at = 0; at < indexes.length; at++) allowed[at]?.add(indexes[at] ?? 0);
    }
    const violated = violatedBy(indexes);
    if (isAllowed === (expected !== undefined && violated.length === 0)) return;
    if (!isAllowed && expected?.isOptional) return;
    differing.add(isAllowed ? 'more' : 'less', indexes, decision, violated);
  });
  return { first, last, allowed, differences: differing.found(), decisions };
}

/** The difference of each kind that has the fewest circumstances to explain. */
function plainestOf(circumstances: readonly Varied[]) {
  const plainest = new Map<Difference['kind'], Difference & { readonly weight: number }>();
  return {
    add: (
      kind: Difference['kind'],
      indexes: readonly number[],
      decision: Decision,
      violated: readonly Requirement[],
    ): void => {
      // A broken requirement weighs more than any number of circumstances.
      const weight = violated.length * 100 + indexes.filter((index) => index > 0).length;
      const known = plainest.get(kind);
      if (known !== undefined && known.weight <= weight) return;
      plainest.set(kind, { kind, when: whenOf(circumstances, indexes), decision, violated, weight });
    },
    found: (): readonly Difference[] => [...plainest.values()],
  };
}

const NOTHING_VIOLATED: readonly Requirement[] = [];

/** Finds the requirements that a combination violates; a circumstance that is not varied has no form that would do. */
function violations(
  circumstances: readonly Varied[],
  expected: ExpectedPermission | undefined,
): (indexes: readonly number[]) => readonly Requirement[] {
  const requirements = (expected?.onlyIf ?? []).map((requirement) => {
    const { facet, only, where } = requirement;
    const { at, named: isKept } = formsOf(circumstances, facet, only);
    return { requirement, at, isKept, where: where && formsOf(circumstances, where.facet, where.is) };
  });
  return (indexes) => {
    let violated: Requirement[] | undefined;
    for (const { requirement, at, isKept, where } of requirements) {
      if (isKept[indexes[at] ?? -1] || (where && !where.named[indexes[where.at] ?? -1])) continue;
      violated ??= [];
      violated.push(requirement);
    }
    return violated ?? NOTHING_VIOLATED;
  };
}

/** Which forms of a circumstance are named. */
function formsOf(circumstances: readonly Varied[], id: string, names: readonly string[]) {
  const at = circumstances.findIndex(({ facet }) => facet.id === id);
  return { at, named: circumstances[at]?.choices.map(({ name }) => names.includes(name)) ?? [] };
}

function restrictionOf({ facet, choices }: Varied, allowed: ReadonlySet<number>): readonly Restriction[] {
  if (allowed.size === 0 || allowed.size === choices.length) return [];
  const only = choices.filter((_, index) => allowed.has(index)).map(({ name }) => name);
  return [{ facet: facet.id, only: [...new Set(only)] }];
}

function contextOf(varied: readonly Varied[], indexes: readonly number[], onlyIf: readonly Restriction[]) {
  const decisive = new Set(onlyIf.map(({ facet }) => facet));
  return Object.assign(
    {},
    ...varied.map(({ facet, choices }, at) => (decisive.has(facet.id) ? choices[indexes[at] ?? -1]?.context : {})),
  ) as Readonly<Record<string, ContextValue>>;
}
