import type { Catalogue } from '../../catalogue';
import type { EnvironmentPolicies } from '../policies/environment-policies';
import type { Alike, AlikeGroups } from './alike-groups';
import { alikeSamplesBy, type PlacedSample } from './alike-samples';
import type { Caller } from './callers';
import { createDeciders } from './deciders';
import { expectationsOf } from './expectations';
import type { ExpectedPermission } from './expected';
import type { Choice, Facet } from './facets';
import type { Footprint } from './footprint';
import { createGroups } from './groups-of-callers';
import { facetsOfHost } from './host-facets';
import { asker, type Question } from './question';
import type { Sample } from './samples';
import { scopeOf } from './scope';
import { findInPlay } from './statements-in-play';
import { createStudies } from './studies';
import type { Study } from './study';
import { viewsOf } from './views';
import { allPolicies } from './witnesses';

/** A resource that was tried, and what came of it for it and those that are alike. */
export interface Tried extends PlacedSample {
  readonly expected: ExpectedPermission | undefined;
  readonly study: Study;
}

/** The access by one action, on each resource where there is any, or should be. */
export interface Row {
  readonly action: string;
  /** Actions that are alike share it. */
  readonly tried: readonly Tried[];
}

/** The findings about callers who look alike. */
interface Findings {
  readonly rows: readonly Row[];
  /** How many questions there were, in whatever circumstances. */
  readonly decisions: number;
}

/** The access of one caller; callers who look alike share the rows. */
export interface Look extends Findings {
  readonly caller: Caller;
}

interface LookInput {
  readonly policies: EnvironmentPolicies;
  readonly catalogue: Catalogue;
  readonly facets: readonly Facet[];
}

/** Whether a statement is in play does not depend on them. */
const NO_CIRCUMSTANCES: readonly Choice[] = [];

/**
 * Looks into what one caller can do: every action on every resource that it takes.
 *
 * Callers who look alike to every policy have the same answers, so they share one look. Actions of one service that the
 * same statements name, that take the same resources, and of which the same is expected are looked at as one.
 */
export function lookInto(input: LookInput, footprint: Footprint): (caller: Caller) => Look {
  const viewOf = viewsOf(allPolicies(input.policies));
  const look = createLook(input, footprint);
  const known = new Map<string, Findings>();
  return (caller) => {
    const view = viewOf(caller);
    const findings = known.get(view) ?? look(caller);
    known.set(view, findings);
    return { caller, ...findings };
  };
}

function createLook({ policies, catalogue, facets }: LookInput, footprint: Footprint): (caller: Caller) => Findings {
  const samplesOf = alikeSamplesBy(policies);
  const expectations = expectationsOf(policies);
  const groupsFor = createGroups({ policies, catalogue, expectations });
  const ask = asker(policies);
  const find = findInPlay(policies);
  const decider = createDeciders(allPolicies(policies), ask, find);
  const studiesOf = createStudies({ facets, decider });
  const studiesOfHost = createStudies({ facets: facetsOfHost(facets, policies), decider });
  return (caller) => {
    const { kind } = caller;
    const expectedOf = (action: string, { isForeign, shape }: Sample) =>
      expectations.find(kind, action, isForeign ? 'anything else' : shape);
    const scope = scopeOf(caller, policies, (action, sample) => {
      const expected = expectedOf(action, sample);
      return expected !== undefined && !expected.isOptional;
    });
    const studies = kind === 'host' ? studiesOfHost() : studiesOf();
    let asked = 0;
    const tryAlike = (alike: Alike): readonly Tried[] => {
      const [first] = alike;
      const tried = scope.narrow(first.name, samplesOf(first)).flatMap((sample): readonly Tried[] => {
        const question: Question = { caller, action: first.name, sample };
        const inPlay = find(ask(question, NO_CIRCUMSTANCES));
        asked += alike.length * sample.count;
        footprint.add(alike, sample, inPlay);
        const expected = expectedOf(first.name, sample);
        if (expected === undefined && !inPlay.some(({ effect }) => effect === 'Allow')) return [];
        const study = studies.study(question, inPlay, expected);
        // Of what is refused throughout, as expected, there is nothing to tell.
        const isTelling = study.isEverAllowed || study.differences.length > 0;
        return isTelling ? sample.told.map((one) => ({ ...one, expected, study })) : [];
      });
      return tried.sort((one, other) => one.place - other.place);
    };
    const rows = rowsOf(groupsFor(caller, scope), tryAlike);
    return { rows, decisions: asked + studies.decisions() };
  };
}

/** Tries what is alike once, in the order of the first of each, and finds it of every action, in the order of the catalogue. */
function rowsOf(
  { actions, groupOf, groups }: AlikeGroups,
  tryAlike: (alike: Alike) => readonly Tried[],
): readonly Row[] {
  const triedBy = groups.map(tryAlike);
  if (triedBy.every(({ length }) => length === 0)) return [];
  const rows: Row[] = [];
  for (const [index, place] of groupOf.entries()) {
    const tried = triedBy[place] ?? [];
    if (tried.length > 0) rows.push({ action: actions[index]?.name ?? '', tried });
  }
  return rows;
}
