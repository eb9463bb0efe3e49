import type { Catalogue } from '../../catalogue';
import type { EnvironmentPolicies } from '../policies/environment-policies';
import { likenessOfActions } from './alike-actions';
import { type Alike, type AlikeGroups, createGrouping } from './alike-groups';
import type { Caller } from './callers';
import { createDeciders } from './deciders';
import { facetsOf } from './derived-facets';
import { expectationsOf } from './expectations';
import type { ExpectedPermission } from './expected';
import type { Choice } from './facets';
import type { Footprint } from './footprint';
import { asker, type Question } from './question';
import { type Sample, samplesBy } from './samples';
import { scopeOf } from './scope';
import { findInPlay } from './statements-in-play';
import { createStudies } from './studies';
import type { Study } from './study';
import { viewsOf } from './views';
import { allPolicies } from './witnesses';

/** A resource that was tried, and what came of it. */
export interface Tried {
  readonly sample: Sample;
  readonly expected: ExpectedPermission | undefined;
  readonly study: Study;
  /** Whether the study holds for other resources too. */
  readonly isShared: boolean;
}

/** What one caller can do with one action, on each resource where it can do, or should, anything. */
export interface LookedInto {
  readonly caller: Caller;
  readonly action: string;
  /** Actions that are alike share it. */
  readonly tried: readonly Tried[];
}

interface LookInput {
  readonly policies: EnvironmentPolicies;
  readonly catalogue: Catalogue;
}

/** Whether a statement is in play does not depend on them. */
const NO_CIRCUMSTANCES: readonly Choice[] = [];

/** What was tried of each action, whoever the caller is. */
interface Look {
  readonly rows: readonly Pick<LookedInto, 'action' | 'tried'>[];
  /** How many questions there were. */
  readonly asked: number;
}

/**
 * Looks into what one caller can do: every action on every resource that it takes.
 *
 * Callers who look alike to every policy have the same answers, so they share one look. Actions of one service that the
 * same statements name, that take the same resources, and of which the same is expected are looked at as one.
 */
export function lookInto(input: LookInput, footprint: Footprint): (caller: Caller) => readonly LookedInto[] {
  const viewOf = viewsOf(allPolicies(input.policies));
  const look = createLook(input, footprint);
  const looks = new Map<string, Look>();
  return (caller) => {
    const view = viewOf(caller);
    const known = looks.get(view) ?? look(caller);
    looks.set(view, known);
    footprint.count(known.asked);
    return known.rows.map(({ action, tried }) => ({ caller, action, tried }));
  };
}

function createLook({ policies, catalogue }: LookInput, footprint: Footprint): (caller: Caller) => Look {
  const samplesOf = samplesBy(policies);
  const groupAlike = createGrouping(likenessOfActions(allPolicies(policies)));
  const expectations = expectationsOf(policies);
  const facets = facetsOf(policies);
  const ask = asker(policies);
  const find = findInPlay(policies);
  const studiesOf = createStudies({ facets, decider: createDeciders(allPolicies(policies), ask, find) });
  return (caller) => {
    const { kind } = caller;
    const expectedOf = (action: string, { isForeign, shape }: Sample) =>
      expectations.find(kind, action, isForeign ? 'anything else' : shape);
    const scope = scopeOf(caller, policies, (action, sample) => expectedOf(action, sample) !== undefined);
    const study = studiesOf();
    let asked = 0;
    const tryAlike = (alike: Alike): readonly Tried[] => {
      const [first] = alike;
      return scope.narrow(first.name, samplesOf(first)).flatMap((sample): readonly Tried[] => {
        const question: Question = { caller, action: first.name, sample };
        const inPlay = find(ask(question, NO_CIRCUMSTANCES));
        asked += alike.length;
        footprint.add(alike, sample, inPlay);
        const expected = expectedOf(first.name, sample);
        if (expected === undefined && !inPlay.some(({ effect }) => effect === 'Allow')) return [];
        const isShared = !inPlay.some(({ hasVariable }) => hasVariable);
        return [{ sample, expected, study: study(question, inPlay, expected), isShared }];
      });
    };
    const actions = scope.candidates(catalogue);
    const alike = groupAlike(actions, (action) => expectations.isNamed(kind, action));
    return { rows: rowsOf(alike, tryAlike), asked };
  };
}

/** Tries what is alike once, in the order of the first of each, and finds it of every action, in the order of the catalogue. */
function rowsOf({ actions, groupOf, groups }: AlikeGroups, tryAlike: (alike: Alike) => readonly Tried[]) {
  const triedBy = groups.map(tryAlike);
  return actions.flatMap(({ name: action }, index) => {
    const tried = triedBy[groupOf[index] ?? -1] ?? [];
    return tried.length === 0 ? [] : [{ action, tried }];
  });
}
