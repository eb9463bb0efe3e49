import { type CompiledStatement, compileStatement, type Match, type Question } from '../statements/compile-statement';
import type { AccessPolicies, DecidingStatement, Layer, Mismatch, Policy, Statement } from '../types';
import { resourceControlLevels, serviceControlLevels } from './control-policies';
import { requirePrincipals } from './required-principals';
import { findGrantor } from './routes';

/** The answer of a statement. */
export interface Answer extends DecidingStatement {
  readonly effect: 'Allow' | 'Deny';
  readonly outcome: Match | Mismatch;
}

/** By layer, since a layer decides how its statements may name principals. */
const compiledPolicies: Partial<Record<Layer, WeakMap<Policy, readonly CompiledStatement[]>>> = {};

/**
 * Asks every statement of every policy that has a say: the caller's own first, then the resource's, then the limits of both.
 * Statements answer and are reported in this order.
 *
 * @param wanted - `matching` leaves out the statements that do not apply
 * @throws {ToolkitError} `UnsupportedPolicy`
 */
export function askStatements(
  question: Question,
  policies: AccessPolicies,
  wanted: 'all' | 'matching',
): readonly Answer[] {
  const { request } = question;
  const answers: Answer[] = [];
  const ask = (layer: Layer, policy: Policy | undefined, level?: number): void => {
    if (policy === undefined) return;
    for (const { statement, test } of compile(policy, layer)) {
      const outcome = test(question);
      if (outcome.matched || wanted === 'all') answers.push(toAnswer({ layer, level, policy, statement, outcome }));
    }
  };
  const askAll = (layer: Layer, list: readonly Policy[] = [], level?: number): void => {
    for (const policy of list) ask(layer, policy, level);
  };
  const grantor = findGrantor(request).layer;
  askAll('identity', policies.identity);
  ask('boundary', policies.boundary);
  askAll('session', policies.session);
  ask(grantor, policies[grantor]);
  ask('endpoint', policies.endpoint);
  for (const [level, list] of serviceControlLevels(request, policies).entries()) askAll('scp', list, level);
  for (const [level, list] of resourceControlLevels(request, policies).entries()) askAll('rcp', list, level);
  return answers;
}

interface Asked extends Pick<Answer, 'layer' | 'outcome'> {
  readonly level: number | undefined;
  readonly policy: Policy;
  readonly statement: Statement;
}

function toAnswer({ layer, level, policy, statement, outcome }: Asked): Answer {
  const answer = { layer, policy: policy.name, statement: statement.id, effect: statement.effect, outcome };
  return level === undefined ? answer : { ...answer, level };
}

/** A policy is compiled once, and with it every condition is checked, also those of statements that do not match. */
function compile(policy: Policy, layer: Layer): readonly CompiledStatement[] {
  compiledPolicies[layer] ??= new WeakMap();
  const cache = compiledPolicies[layer];
  const known = cache.get(policy);
  if (known !== undefined) return known;
  const compiled = policy.statements.map((statement) => {
    requirePrincipals(policy, statement, layer);
    return compileStatement(statement, policy);
  });
  cache.set(policy, compiled);
  return compiled;
}
