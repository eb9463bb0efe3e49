import { explain, type Statement, type StatementExplanation } from '../../iam';
import type { EnvironmentPolicies } from '../environment-policies';
import type { Asked } from './question';
import { allPolicies } from './witnesses';

/** A statement that applies to an action and a resource in some circumstances. */
export interface StatementInPlay {
  /** Layer, policy and statement. */
  readonly id: string;
  readonly policy: string;
  /** Missing for policies that are not the environment's. */
  readonly statement: Statement | undefined;
  readonly effect: Statement['effect'];
  /** Whether its resource depends on the circumstances. */
  readonly hasVariable: boolean;
}

/**
 * Finds the statements that have a say about an action and a resource, whatever the circumstances.
 *
 * A statement whose resource depends on a policy variable always has: the variable may take any value.
 */
export function findInPlay(policies: EnvironmentPolicies): (asked: Asked) => readonly StatementInPlay[] {
  const own = new Map(
    allPolicies(policies).map(({ name, statements }) => [name, new Map(statements.map((one) => [one.id, one]))]),
  );
  return ({ request, policies: asked }) =>
    explain(request, asked).statements.flatMap((explanation) => {
      const statement = own.get(explanation.policy)?.get(explanation.statement);
      const hasVariable = dependsOnVariable(statement);
      if (!hasSay(explanation) && !hasVariable) return [];
      const { layer, policy, effect } = explanation;
      return [{ id: `${layer} ${policy} ${explanation.statement}`, policy, statement, effect, hasVariable }];
    });
}

function hasSay(explanation: StatementExplanation): boolean {
  return explanation.matched || 'condition' in explanation;
}

function dependsOnVariable(statement: Statement | undefined): boolean {
  return statement?.resources?.patterns.some((pattern) => pattern.includes('${')) ?? false;
}

/** The condition keys that these statements ask about, in lower case. */
export function keysOf(inPlay: readonly StatementInPlay[]): ReadonlySet<string> {
  const keys = inPlay.flatMap(({ statement }) => [
    ...(statement?.conditions ?? []).flatMap(({ key, values }) => [key, ...values.flatMap(variablesIn)]),
    ...(statement?.resources?.patterns ?? []).flatMap(variablesIn),
  ]);
  return new Set(keys.map((key) => key.toLowerCase()));
}

function variablesIn(text: string): readonly string[] {
  return text.includes('${') ? [...text.matchAll(/\$\{([\w-]+:[^},]+)/g)].map(([, key = '']) => key.trim()) : [];
}
