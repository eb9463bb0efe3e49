import type { Catalogue } from '../../catalogue';
import { type Caller, callersOf } from '../permission-proof/callers';
import { facetsOf } from '../permission-proof/derived-facets';
import type { Facet } from '../permission-proof/facets';
import type { Question } from '../permission-proof/question';
import { type Sample, samplesBy } from '../permission-proof/samples';
import { keysOf, type StatementInPlay } from '../permission-proof/statements-in-play';
import { allPolicies } from '../permission-proof/witnesses';
import type { EnvironmentPolicies } from '../policies/environment-policies';
import { type AnswerDrift, compareAnswers } from './compare-answers';
import type { PermissionDrift } from './drift';
import { groupDrifts } from './group-drifts';
import { mergePolicies } from './merge-policies';
import { type Side, sideOf } from './side';

export interface ComparisonInput {
  readonly before: EnvironmentPolicies;
  readonly after: EnvironmentPolicies;
  readonly catalogue: Catalogue;
}

/**
 * What two sets of policies for the same environment let happen differently, found by asking both and never by their text.
 *
 * The role is asked about every action of the catalogue, everybody else about bucket, key and role, in every combination
 * of the circumstances that a statement of either side asks about.
 *
 * @throws {ToolkitError} `TooManyCircumstances`; `UnsupportedPolicy`, from the evaluator
 */
export function comparePermissions({ before, after, catalogue }: ComparisonInput): readonly PermissionDrift[] {
  const merged = mergePolicies(before, after);
  const samplesOf = samplesBy(merged);
  const sides = [sideOf(before), sideOf(after)] as const;
  const facets = facetsOf(merged);
  const own = new Set(allPolicies(after).map(({ name }) => name));
  const drifts = callersOf(merged).flatMap((caller) => {
    const compareOnce = createComparisons(sides, facets);
    return catalogue.actions.flatMap((action) =>
      samplesWithinEither(sides, { caller, action: action.name, samples: () => samplesOf(action) }).flatMap(
        (sample) => {
          const drift = compareOnce({ caller, action: action.name, sample });
          return drift === undefined ? [] : [{ ...drift, caller: caller.title, action: action.name, sample }];
        },
      ),
    );
  });
  return groupDrifts(drifts.map((drift) => ({ ...drift, by: drift.by.filter(({ policy }) => own.has(policy)) })));
}

type Sides = readonly [Side, Side];

interface Asked {
  readonly caller: Caller;
  readonly action: string;
  readonly samples: () => readonly Sample[];
}

function samplesWithinEither([before, after]: Sides, { caller, action, samples }: Asked): readonly Sample[] {
  const wanted = new Set([...before.within(caller, action, samples), ...after.within(caller, action, samples)]);
  return wanted.size === 0 ? [] : samples().filter((sample) => wanted.has(sample));
}

/** Questions that the same statements of both sides have a say about have the same answers, so they share one comparison. */
function createComparisons([before, after]: Sides, facets: readonly Facet[]) {
  const made = new Map<string, AnswerDrift | undefined>();
  return (question: Question): AnswerDrift | undefined => {
    const of = (side: Side) => ({ side, question: { ...question, caller: side.callerOf(question.caller) } });
    const pair = { before: of(before), after: of(after) };
    const beforeInPlay = before.inPlay(pair.before.question);
    const afterInPlay = after.inPlay(pair.after.question);
    const inPlay = [...beforeInPlay, ...afterInPlay];
    if (!inPlay.some(({ effect }) => effect === 'Allow')) return undefined;
    const compare = () => compareAnswers(pair, decisiveOf(facets, inPlay));
    if (inPlay.some(({ hasVariable }) => hasVariable)) return compare();
    const likeness = likenessOf(question, beforeInPlay, afterInPlay);
    if (!made.has(likeness)) made.set(likeness, compare());
    return made.get(likeness);
  };
}

function decisiveOf(facets: readonly Facet[], inPlay: readonly StatementInPlay[]): readonly Facet[] {
  const keys = keysOf(inPlay);
  return facets.filter((facet) => facet.keys.some((key) => keys.has(key)));
}

/** What two questions must have in common to be answered alike: service, owner, kind of resource, statements. */
function likenessOf(
  { action, sample }: Question,
  before: readonly StatementInPlay[],
  after: readonly StatementInPlay[],
): string {
  const service = action.slice(0, action.indexOf(':'));
  const idsOf = (inPlay: readonly StatementInPlay[]) => inPlay.map(({ id }) => id);
  return JSON.stringify([service, sample.isForeign, sample.shape, idsOf(before), idsOf(after)]);
}
