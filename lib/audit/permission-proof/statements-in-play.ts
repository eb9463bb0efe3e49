import { explain, type Policy, type Statement, type StatementExplanation } from '../../iam';
import type { EnvironmentPolicies } from '../environment-policies';
import type { Asked } from './question';
import { canBeTakenApart, createParts, type StatementParts } from './statement-parts';
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

export type FindInPlay = (asked: Asked) => readonly StatementInPlay[];

/**
 * Finds the statements that have a say about an action and a resource, whatever the circumstances.
 *
 * A statement whose resource depends on a policy variable always has: the variable may take any value.
 */
export function findInPlay(policies: EnvironmentPolicies): FindInPlay {
  const own = allPolicies(policies);
  return canBeTakenApart(own) ? findByParts(own) : findByExplaining(own);
}

/** Asks the evaluator about the whole of each statement. */
export function findByExplaining(policies: readonly Policy[]): FindInPlay {
  const own = new Map(
    policies.map(({ name, statements }) => [name, new Map(statements.map((one) => [one.id, one]))] as const),
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

/** Asks about each element of a statement once for each value; only the conditions are left open. */
function findByParts(policies: readonly Policy[]): FindInPlay {
  const own = new Set(policies.flatMap(({ statements }) => statements));
  const partsOf = createParts();
  const described = new Map<StatementParts, StatementInPlay>();
  const describe = (parts: StatementParts): StatementInPlay => {
    const known = described.get(parts) ?? inPlayAs(parts, own.has(parts.statement));
    described.set(parts, known);
    return known;
  };
  return (asked) => {
    const { action, resource } = asked.request;
    const found: StatementInPlay[] = [];
    for (const parts of partsOf(asked)) {
      const inPlay = describe(parts);
      const hasSay = inPlay.hasVariable || (parts.names(action) && parts.covers(resource) && parts.admits(asked));
      if (hasSay) found.push(inPlay);
    }
    return found;
  };
}

function inPlayAs({ layer, policy, statement }: StatementParts, isOwn: boolean): StatementInPlay {
  return {
    id: `${layer} ${policy} ${statement.id}`,
    policy,
    statement: isOwn ? statement : undefined,
    effect: statement.effect,
    hasVariable: isOwn && dependsOnVariable(statement),
  };
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

export function variablesIn(text: string): readonly string[] {
  return text.includes('${') ? [...text.matchAll(/\$\{([\w-]+:[^},]+)/g)].map(([, key = '']) => key.trim()) : [];
}
