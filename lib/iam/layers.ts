import { ToolkitError } from '../errors';
import { type CompiledStatement, compileStatement, type Match, type Question } from './compile-statement';
import { findGrantor } from './routes';
import type { AccessPolicies, DecidingStatement, Layer, Mismatch, Policy } from './types';

/** What a statement answered. */
export interface Answer extends DecidingStatement {
  readonly effect: 'Allow' | 'Deny';
  readonly outcome: Match | Mismatch;
}

/** The caller's own layers, in the order in which their statements are asked and reported. */
const CALLER_LAYERS: readonly Layer[] = ['identity', 'boundary', 'session'];
/** The layers whose policies name principals. */
const NAMING_LAYERS: ReadonlySet<Layer> = new Set(['resource', 'key']);

const compiledPolicies = {
  naming: new WeakMap<Policy, CompiledPolicy>(),
  plain: new WeakMap<Policy, CompiledPolicy>(),
};

type CompiledPolicy = readonly CompiledStatement[];

/**
 * Asks every statement of every policy that has a say: the caller's, and that of the key or of any other resource.
 *
 * @throws {ToolkitError} `UnsupportedPolicy`
 */
export function askStatements(question: Question, policies: AccessPolicies): readonly Answer[] {
  const layers = [...CALLER_LAYERS, findGrantor(question.request).layer];
  return layers.flatMap((layer) =>
    policiesOf(layer, policies).flatMap((policy) =>
      compile(policy, layer).map(({ statement, test }) => ({
        layer,
        policy: policy.name,
        statement: statement.id,
        effect: statement.effect,
        outcome: test(question),
      })),
    ),
  );
}

function policiesOf(layer: Layer, policies: AccessPolicies): readonly Policy[] {
  const given = policies[layer] ?? [];
  return 'statements' in given ? [given] : given;
}

/** A policy is compiled once, and with it every condition is checked, also those of statements that do not match. */
function compile(policy: Policy, layer: Layer): CompiledPolicy {
  const cache = NAMING_LAYERS.has(layer) ? compiledPolicies.naming : compiledPolicies.plain;
  const known = cache.get(policy);
  if (known !== undefined) return known;
  const compiled = policy.statements.map((statement) => {
    assertPrincipals(policy, statement, layer);
    return compileStatement(statement, policy);
  });
  cache.set(policy, compiled);
  return compiled;
}

function assertPrincipals(policy: Policy, statement: Policy['statements'][number], layer: Layer): void {
  const needsPrincipal = NAMING_LAYERS.has(layer);
  if (needsPrincipal === (statement.principals !== undefined)) return;
  throw new ToolkitError(
    'UnsupportedPolicy',
    `'${policy.name}', statement '${statement.id}': ${needsPrincipal ? 'must name' : 'must not name'} a principal in the ${layer} layer`,
  );
}
