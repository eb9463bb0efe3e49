import type { Catalogue, CatalogueAction } from '../../catalogue';
import type { EnvironmentPolicies } from '../policies/environment-policies';
import { likenessOfActions } from './alike-actions';
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

/**
 * Looks into what one caller can do: every action on every resource that it takes.
 *
 * Actions of one service that the same statements name, that take the same resources, and of which the same is expected
 * have the same answers, so they are looked at as one.
 */
export function lookInto(
  { policies, catalogue }: LookInput,
  footprint: Footprint,
): (caller: Caller) => readonly LookedInto[] {
  const samplesOf = samplesBy(policies);
  const likenessOf = likenessOfActions(allPolicies(policies));
  const expectations = expectationsOf(policies);
  const facets = facetsOf(policies);
  const ask = asker(policies);
  const decider = createDeciders(allPolicies(policies), ask);
  const find = findInPlay(policies);
  const studiesOf = createStudies({ facets, decider });
  return (caller) => {
    const expectedOf = (action: string, { isForeign, shape }: Sample) =>
      expectations.find(caller.kind, action, isForeign ? 'anything else' : shape);
    const scope = scopeOf(caller, policies, (action, sample) => expectedOf(action, sample) !== undefined);
    const study = studiesOf();
    const likenessFor = (action: CatalogueAction) => {
      const { name } = action;
      return `${likenessOf(name)} ${takenBy(action)} ${expectations.isNamed(caller.kind, name) ? name : ''}`;
    };
    const tryAlike = ([first, ...more]: Alike) => {
      const names = [first, ...more].map(({ name }) => name);
      return scope.narrow(first.name, samplesOf(first)).flatMap((sample): readonly Tried[] => {
        const question: Question = { caller, action: first.name, sample };
        const inPlay = find(ask(question, NO_CIRCUMSTANCES));
        footprint.add(names, sample, inPlay);
        const expected = expectedOf(first.name, sample);
        if (expected === undefined && !inPlay.some(({ effect }) => effect === 'Allow')) return [];
        const isShared = !inPlay.some(({ hasVariable }) => hasVariable);
        return [{ sample, expected, study: study(question, inPlay, expected), isShared }];
      });
    };
    const actions = scope.candidates(catalogue).filter(({ name }) => scope.concerns(name));
    return findingsOf(caller, actions, likenessFor, tryAlike);
  };
}

const takenTypes = new WeakMap<CatalogueAction, string>();

/** The resource types that an action takes, as one text. */
function takenBy(action: CatalogueAction): string {
  const taken = takenTypes.get(action) ?? action.resourceTypes.map(({ arnPattern }) => arnPattern).join();
  takenTypes.set(action, taken);
  return taken;
}

type Alike = readonly [CatalogueAction, ...(readonly CatalogueAction[])];

/** Tries what is alike once, in the order of the first of each, and finds it of every action, in the order of the catalogue. */
function findingsOf(
  caller: Caller,
  actions: readonly CatalogueAction[],
  likenessOf: (action: CatalogueAction) => string,
  tryAlike: (alike: Alike) => readonly Tried[],
): readonly LookedInto[] {
  const rows = actions.map((action) => ({ action, likeness: likenessOf(action) }));
  const groups = new Map<string, [CatalogueAction, ...CatalogueAction[]]>();
  for (const { action, likeness } of rows) {
    const group = groups.get(likeness);
    if (group === undefined) groups.set(likeness, [action]);
    else group.push(action);
  }
  const tried = new Map([...groups].map(([likeness, alike]) => [likeness, tryAlike(alike)]));
  return rows
    .map(({ action, likeness }) => ({ caller, action: action.name, tried: tried.get(likeness) ?? [] }))
    .filter((finding) => finding.tried.length > 0);
}
