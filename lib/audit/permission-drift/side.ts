import type { Catalogue, CatalogueAction } from '../../catalogue';
import { type Caller, callersOf } from '../permission-proof/callers';
import type { Varied } from '../permission-proof/circumstances';
import { createDeciders, type Decide } from '../permission-proof/deciders';
import type { Choice } from '../permission-proof/facets';
import { asker, type Question } from '../permission-proof/question';
import type { Sample } from '../permission-proof/samples';
import { type Scope, scopeOf } from '../permission-proof/scope';
import { findInPlay, type StatementInPlay } from '../permission-proof/statements-in-play';
import { viewsOf } from '../permission-proof/views';
import { allPolicies } from '../permission-proof/witnesses';
import type { EnvironmentPolicies } from '../policies/environment-policies';

/** One of two sets of policies, ready to be asked; each caller is asked about under its policies on this side. */
export interface Side {
  /** Callers with the same view can do the same on this side. */
  readonly viewOf: (caller: Caller) => string;
  /** The actions that concern the caller on this side. */
  readonly actionsOf: (caller: Caller, catalogue: Catalogue) => readonly CatalogueAction[];
  /** Leaves out the resources on which this side cannot let the caller do it. */
  readonly within: (caller: Caller, action: string, samples: readonly Sample[]) => readonly Sample[];
  readonly inPlay: (question: Question) => readonly StatementInPlay[];
  readonly decider: (
    question: Question,
    circumstances: readonly Varied[],
    inPlay: readonly StatementInPlay[],
  ) => Decide;
}

const IN_ORDINARY_CIRCUMSTANCES: readonly Choice[] = [];

export function sideOf(policies: EnvironmentPolicies): Side {
  const ask = asker(policies);
  const find = findInPlay(policies);
  const decider = createDeciders(allPolicies(policies), ask, find);
  const ofRole = callersOf(policies).filter(({ kind }) => kind.startsWith('role'));
  // Other callers come with policies of their own, whatever the environment's are.
  const known = new Map<Caller, Caller>();
  const callerOf = (caller: Caller): Caller => {
    const own = ofRole.find(({ kind }) => kind === caller.kind);
    if (own === undefined) return caller;
    const here = known.get(caller) ?? { ...own, title: caller.title, principal: caller.principal };
    known.set(caller, here);
    return here;
  };
  const questionOf = (question: Question) => ({ ...question, caller: callerOf(question.caller) });
  const scopes = new Map<Caller, Scope>();
  const scopeFor = (caller: Caller): Scope => {
    const scope = scopes.get(caller) ?? scopeOf(callerOf(caller), policies);
    scopes.set(caller, scope);
    return scope;
  };
  const viewOf = viewsOf(allPolicies(policies));
  return {
    viewOf: (caller) => viewOf(callerOf(caller)),
    actionsOf: (caller, catalogue) => scopeFor(caller).candidates(catalogue),
    within: (caller, action, samples) => {
      const scope = scopeFor(caller);
      return scope.concerns(action) ? scope.narrow(action, samples) : [];
    },
    inPlay: (question) => find(ask(questionOf(question), IN_ORDINARY_CIRCUMSTANCES)),
    decider: (question, circumstances, inPlay) => decider({ question: questionOf(question), circumstances, inPlay }),
  };
}
