import type { Catalogue, CatalogueAction } from '../../catalogue';
import { likenessOfActions } from '../../iam/statements/alike-actions';
import { groupAlike, type Marks } from '../permission-proof/alike-groups';
import { type Caller, callersOf } from '../permission-proof/callers';
import { facetsOf } from '../permission-proof/derived-facets';
import { facetsOfHost } from '../permission-proof/host-facets';
import { type Sample, samplesBy } from '../permission-proof/samples';
import { allPolicies } from '../permission-proof/witnesses';
import type { EnvironmentPolicies } from '../policies/environment-policies';
import type { QuestionDrift } from './compare-answers';
import { createComparisons } from './comparisons';
import type { PermissionDrift } from './drift';
import { groupDrifts } from './group-drifts';
import { mergePolicies } from './merge-policies';
import { saySame } from './same-policies';
import { type Side, sideOf } from './side';

export interface ComparisonInput {
  readonly before: EnvironmentPolicies;
  readonly after: EnvironmentPolicies;
  readonly catalogue: Catalogue;
}

/**
 * Differences in access between two sets of policies for the same environment, found by asking both and never by their text,
 * unless both say the very same.
 *
 * The role is asked about every action of the catalogue, everybody else about bucket, key and role, in every combination
 * of the circumstances that a statement of either side asks about.
 *
 * @throws {ToolkitError} `TooManyCircumstances`; `UnsupportedPolicy`, from the evaluator
 */
export function comparePermissions(input: ComparisonInput): readonly PermissionDrift[] {
  const { before, after } = input;
  if (saySame(before, after)) return [];
  const merged = mergePolicies(before, after);
  const compare = createComparison(input, merged);
  const own = new Set(allPolicies(after).map(({ name }) => name));
  const drifts = callersOf(merged).flatMap((caller) =>
    compare(caller).map((drift) => ({ ...drift, caller: caller.title })),
  );
  return groupDrifts(drifts.map((drift) => ({ ...drift, by: drift.by.filter(({ policy }) => own.has(policy)) })));
}

/** How the answers differ, whoever the caller is. */
type Drift = Omit<QuestionDrift, 'caller'>;

/** Callers who look alike to both sides, and actions that are alike to both, are compared once. */
function createComparison({ before, after, catalogue }: ComparisonInput, merged: EnvironmentPolicies) {
  const samplesOf = createSamples(merged, after);
  const sides = [sideOf(before), sideOf(after)] as const;
  const likenessOf = likenessOfActions([...allPolicies(before), ...allPolicies(after)]);
  const facets = facetsOf(merged);
  const ofHost = facetsOfHost(facets, merged);
  const compareCaller = (caller: Caller): readonly Drift[] => {
    const compare = createComparisons(sides, caller.kind === 'host' ? ofHost : facets);
    const { actions, groupOf, groups } = groupAlike(
      actionsOfEither(sides, caller, catalogue),
      likenessOf,
      NOTHING_MARKED,
    );
    const found = groups.map(([first]) => {
      const { name: action } = first;
      return withinEither(sides, { caller, action, samples: samplesOf(first) }).flatMap((sample) => {
        const drift = compare({ caller, action, sample });
        return drift === undefined ? [] : [{ ...drift, sample }];
      });
    });
    return actions.flatMap(({ name: action }, index) =>
      (found[groupOf[index] ?? -1] ?? []).map((drift) => ({ ...drift, action })),
    );
  };
  const known = new Map<string, readonly Drift[]>();
  return (caller: Caller): readonly Drift[] => {
    const view = sides.map((side) => side.viewOf(caller)).join(' / ');
    const drifts = known.get(view) ?? compareCaller(caller);
    known.set(view, drifts);
    return drifts;
  };
}

const NOTHING_MARKED: Marks = new Map();

/** Nobody knows whom a role trusts that exists already, so nothing is said of it. */
function createSamples(merged: EnvironmentPolicies, { role }: EnvironmentPolicies): ReturnType<typeof samplesBy> {
  const samplesOf = samplesBy(merged);
  if (role.trust !== undefined) return samplesOf;
  return (action) => samplesOf(action).filter(({ shape }) => shape !== 'the role');
}

type Sides = readonly [Side, Side];

/** In the order of the catalogue; the same list where both sides have the same. */
function actionsOfEither([before, after]: Sides, caller: Caller, catalogue: Catalogue): readonly CatalogueAction[] {
  const [was, is] = [before.actionsOf(caller, catalogue), after.actionsOf(caller, catalogue)];
  if (was === is) return is;
  const concerned = new Set([...was, ...is]);
  return catalogue.actions.filter((action) => concerned.has(action));
}

interface Asked {
  readonly caller: Caller;
  readonly action: string;
  readonly samples: readonly Sample[];
}

function withinEither([before, after]: Sides, { caller, action, samples }: Asked): readonly Sample[] {
  const wanted = new Set([...before.within(caller, action, samples), ...after.within(caller, action, samples)]);
  return samples.filter((sample) => wanted.has(sample));
}
