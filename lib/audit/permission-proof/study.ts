import { type ContextValue, type DecidingStatement, type Decision, evaluate } from '../../iam';
import { combinations, type Varied, varied, whenOf } from './circumstances';
import type { ExpectedPermission, Requirement } from './expected';
import type { Choice, Facet } from './facets';
import type { Restriction } from './proof';
import type { Asked, Question } from './question';

/** The circumstances in which the answer is not the expected one. */
export interface Difference {
  readonly kind: 'more' | 'less';
  /** Where it differs from the most pleasing circumstances. */
  readonly when: readonly Restriction[];
  readonly decision: Decision;
  /** What should have refused it; empty when nothing of the kind is expected at all. */
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
  readonly facets: readonly Facet[];
  readonly expected: ExpectedPermission | undefined;
  readonly ask: (question: Question, choices: readonly Choice[]) => Asked;
}

/** One combination of circumstances, and what came of it. */
interface Answer {
  readonly choices: readonly Choice[];
  readonly decision: Decision;
  readonly violated: readonly Requirement[];
}

/**
 * Asks in every combination of circumstances, and compares each answer with the expected one.
 *
 * @throws {ToolkitError} `TooManyCircumstances`
 */
export function study({ question, facets, expected, ask }: StudyOptions): Study {
  const circumstances = varied(facets, question);
  const answers = combinations(circumstances, question).map((choices): Answer => {
    const { request, policies } = ask(question, choices);
    return { choices, decision: evaluate(request, policies), violated: violatedBy(circumstances, choices, expected) };
  });
  const allowed = answers.filter(({ decision }) => decision.result === 'allowed');
  const onlyIf = circumstances.flatMap((one, index) =>
    restrictionOf(one, new Set(allowed.map(({ choices }) => choices[index]))),
  );
  const first = allowed[0]?.decision;
  return {
    isEverAllowed: allowed.length > 0,
    onlyIf,
    context: contextOf(circumstances, allowed.at(-1)?.choices ?? [], onlyIf),
    by: first?.result === 'allowed' ? first.by : [],
    differences: differencesOf(answers, circumstances, expected),
    decisions: answers.length,
  };
}

/** Of each kind, the difference with the fewest circumstances to explain. */
function differencesOf(
  answers: readonly Answer[],
  varied: readonly Varied[],
  expected: ExpectedPermission | undefined,
): readonly Difference[] {
  const plainest = new Map<Difference['kind'], Difference>();
  for (const { choices, decision, violated } of answers) {
    const isAllowed = decision.result === 'allowed';
    if (isAllowed === (expected !== undefined && violated.length === 0)) continue;
    const found: Difference = { kind: isAllowed ? 'more' : 'less', when: whenOf(varied, choices), decision, violated };
    const known = plainest.get(found.kind);
    if (known === undefined || weightOf(found) < weightOf(known)) plainest.set(found.kind, found);
  }
  return [...plainest.values()];
}

/** A broken requirement weighs more than any number of circumstances. */
function weightOf({ violated, when }: Difference): number {
  return violated.length * 100 + when.length;
}

function violatedBy(
  varied: readonly Varied[],
  choices: readonly Choice[],
  expected: ExpectedPermission | undefined,
): readonly Requirement[] {
  const nameOf = (facet: string) => choices[varied.findIndex((one) => one.facet.id === facet)]?.name ?? '';
  return expected?.onlyIf.filter(({ facet, only }) => !only.includes(nameOf(facet))) ?? [];
}

function restrictionOf({ facet, choices }: Varied, allowed: ReadonlySet<Choice | undefined>): readonly Restriction[] {
  if (allowed.size === 0 || choices.every((choice) => allowed.has(choice))) return [];
  const only = choices.filter((choice) => allowed.has(choice)).map(({ name }) => name);
  return [{ facet: facet.id, only: [...new Set(only)] }];
}

function contextOf(varied: readonly Varied[], choices: readonly Choice[], onlyIf: readonly Restriction[]) {
  const decisive = new Set(onlyIf.map(({ facet }) => facet));
  return Object.assign(
    {},
    ...varied.map(({ facet }, index) => (decisive.has(facet.id) ? choices[index]?.context : {})),
  ) as Readonly<Record<string, ContextValue>>;
}
