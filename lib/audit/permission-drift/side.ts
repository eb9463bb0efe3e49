import type { Decision } from '../../iam';
import { evaluate } from '../../iam';
import { type Caller, callersOf } from '../permission-proof/callers';
import type { Choice } from '../permission-proof/facets';
import { asker, type Question } from '../permission-proof/question';
import type { Sample } from '../permission-proof/samples';
import { type Scope, scopeOf } from '../permission-proof/scope';
import { findInPlay, type StatementInPlay } from '../permission-proof/statements-in-play';
import type { EnvironmentPolicies } from '../policies/environment-policies';

/** One of two sets of policies, ready to be asked. */
export interface Side {
  /** The same caller under the policies of this side. */
  readonly callerOf: (caller: Caller) => Caller;
  /** Leaves out the resources on which this side cannot let the caller do it. */
  readonly within: (caller: Caller, action: string, samples: () => readonly Sample[]) => readonly Sample[];
  readonly inPlay: (question: Question) => readonly StatementInPlay[];
  readonly decide: (question: Question, choices: readonly Choice[]) => Decision;
}

const IN_ORDINARY_CIRCUMSTANCES: readonly Choice[] = [];

export function sideOf(policies: EnvironmentPolicies): Side {
  const ask = asker(policies);
  const find = findInPlay(policies);
  const ofRole = callersOf(policies).filter(({ kind }) => kind.startsWith('role'));
  const scopes = new Map<Caller, Scope>();
  // Other callers come with policies of their own, whatever the environment's are.
  const callerOf = (caller: Caller) => ofRole.find(({ kind }) => kind === caller.kind) ?? caller;
  return {
    callerOf,
    within: (caller, action, samples) => {
      const scope = scopes.get(caller) ?? scopeOf(callerOf(caller), policies);
      scopes.set(caller, scope);
      return scope.concerns(action) ? scope.narrow(action, samples()) : [];
    },
    inPlay: (question) => find(ask(question, IN_ORDINARY_CIRCUMSTANCES)),
    decide: (question, choices) => {
      const { request, policies: asked } = ask(question, choices);
      return evaluate(request, asked);
    },
  };
}
