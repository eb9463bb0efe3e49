import type { ContextValue, DecidingStatement, Decision } from '../../iam';
import { alikeForms, forEachUnlike, type Varied, whenOf } from './circumstances';
import type { Decide } from './deciders';
import type { ExpectedPermission, Requirement } from './expected';
import { needOf } from './need';
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
  /** The statements that allow it in one circumstance or another. */
  readonly allowedBy: readonly DecidingStatement[];
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
  readonly allowing: ReadonlySet<Decision>;
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
  const { first, last, allowed, allowing, differences, decisions } = tally(options);
  const onlyIf = circumstances.flatMap((one, index) => restrictionOf(one, allowed[index] ?? new Set()));
  return {
    isEverAllowed: first !== undefined,
    onlyIf,
    context: contextOf(circumstances, last ?? [], onlyIf),
    by: first?.result === 'allowed' ? first.by : [],
    allowedBy: [...allowing].flatMap((one) => (one.result === 'allowed' ? one.by : [])),
    differences,
    decisions,
  };
}

function tally({ question, circumstances, expected, decide }: StudyOptions): Tally {
  const violations = violationsOf(circumstances, expected);
  const need = needOf(circumstances, expected);
  const { likeness } = decide;
  const forms = circumstances.map((one, at) =>
    alikeForms(
      one,
      likeness && ((index) => `${likeness[at]?.[index]} ${need.isForm(at, index)} ${violations.markOf(at, index)}`),
    ),
  );
  const allowed = circumstances.map(() => new Set<number>());
  const differing = plainestOf(circumstances);
  const indexes = circumstances.map(() => 0);
  const allowing = new Set<Decision>();
  let first: Decision | undefined;
  let last: readonly number[] | undefined;
  forEachUnlike({ forms, isKnown: likeness !== undefined }, question, (places) => {
    for (let at = 0; at < places.length; at++) indexes[at] = forms[at]?.[places[at] ?? 0]?.first ?? 0;
    const violated = violations.of(indexes);
    const isNeeded = violated.length === 0 && need.isNeeded(indexes);
    // Nothing is learned from how something is denied that need not be allowed.
    if (!isNeeded && decide.isDenied?.(indexes)) return;
    const decision = decide(indexes);
    const isAllowed = decision.result === 'allowed';
    if (isNeeded) (isAllowed ? need.allowed : need.refused)(indexes, decision);
    if (!isAllowed) return;
    first ??= decision;
    allowing.add(decision);
    last = places.map((place, at) => forms[at]?.[place]?.all.at(-1) ?? 0);
    for (let at = 0; at < places.length; at++) addAll(allowed[at], forms[at]?.[places[at] ?? 0]?.all);
    if (expected === undefined || violated.length > 0) differing.add('more', indexes, decision, violated);
  });
  for (const [refused, decision] of need.unmet()) differing.add('less', refused, decision, NOTHING_VIOLATED);
  const decisions = circumstances.reduce((product, { choices }) => product * choices.length, 1);
  return { first, last, allowed, allowing, differences: differing.found(), decisions };
}

function addAll(set: Set<number> | undefined, indexes: readonly number[] | undefined): void {
  for (const index of indexes ?? []) set?.add(index);
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

/** The requirements that a combination violates; a circumstance that is not varied has no form that would do. */
function violationsOf(circumstances: readonly Varied[], expected: ExpectedPermission | undefined) {
  const requirements = (expected?.onlyIf ?? []).map((requirement) => {
    const { facet, only, where } = requirement;
    const { at, named: isKept } = formsOf(circumstances, facet, only);
    return { requirement, at, isKept, where: where && formsOf(circumstances, where.facet, where.is) };
  });
  return {
    of: (indexes: readonly number[]): readonly Requirement[] => {
      let violated: Requirement[] | undefined;
      for (const { requirement, at, isKept, where } of requirements) {
        if (isKept[indexes[at] ?? -1] || (where && !where.named[indexes[where.at] ?? -1])) continue;
        violated ??= [];
        violated.push(requirement);
      }
      return violated ?? NOTHING_VIOLATED;
    },
    /** The same text for forms of a circumstance that keep and violate the same. */
    markOf: (at: number, index: number): string => {
      let mark = '';
      for (const { at: own, isKept, where } of requirements) {
        if (own === at) mark += ` ${isKept[index]}`;
        if (where?.at === at) mark += ` ${where.named[index]}`;
      }
      return mark;
    },
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
