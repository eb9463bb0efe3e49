import { type AccessPolicies, explain, type Layer, type Policy, type Statement } from '../../iam';
import { findGrantor } from '../../iam/decision/routes';
import { type Admission, admissionOf } from '../../iam/match/principals';
import { compileActions, compileResources } from '../../iam/statements/elements';
import type { Asked } from './question';

/** A statement where it stands, and what its elements say; each is asked about a value once. */
export interface StatementParts {
  readonly layer: Layer;
  readonly policy: string;
  readonly statement: Statement;
  readonly names: (action: string) => boolean;
  /** Whether a resource fits, for a statement without policy variables. */
  readonly covers: (resource: string) => boolean;
  readonly admissionOf: (asked: Asked) => Admission | undefined;
}

/**
 * Whether a statement has a say can be told element by element: no answer depends on which other elements match.
 *
 * It could where the evaluator refuses to answer at all, or where two statements go by one name.
 */
export function canBeTakenApart(policies: readonly Policy[]): boolean {
  const statements = policies.flatMap((policy) => policy.statements);
  const names = policies.flatMap(({ name, statements: own }) => own.map(({ id }) => `${name} ${id}`));
  return (
    new Set(names).size === names.length &&
    !statements.some(({ principals }) => principals?.byType.CanonicalUser !== undefined) &&
    !statements.some(({ conditions }) => conditions.some(({ operator }) => /^ForAnyValue:.*IfExists$/.test(operator)))
  );
}

/**
 * Finds the statements that the evaluator would ask, in its order; the same list for the same policies and layer.
 *
 * @throws {ToolkitError} `UnsupportedPolicy`, from the evaluator, which is shown each policy once
 */
export function createParts(): (asked: Asked) => readonly StatementParts[] {
  const lists = new Map<Layer, WeakMap<AccessPolicies, readonly StatementParts[]>>();
  return (asked) => {
    const { layer } = findGrantor(asked.request);
    const ofLayer = lists.get(layer) ?? new WeakMap<AccessPolicies, readonly StatementParts[]>();
    lists.set(layer, ofLayer);
    const found = ofLayer.get(asked.policies);
    if (found !== undefined) return found;
    const placed = policiesInOrder(asked.policies, layer);
    if (!placed.every(isKnown)) explain(asked.request, asked.policies);
    const parts = placed.flatMap(partsOf);
    ofLayer.set(asked.policies, parts);
    return parts;
  };
}

interface Placed {
  readonly policy: Policy;
  readonly layer: Layer;
}

/** Documents that the evaluator has seen already, in any environment. */
const knownParts = new WeakMap<Policy, Map<Layer, readonly StatementParts[]>>();

function isKnown({ policy, layer }: Placed): boolean {
  return knownParts.get(policy)?.has(layer) ?? false;
}

function partsOf({ policy, layer }: Placed): readonly StatementParts[] {
  const byLayer = knownParts.get(policy) ?? new Map<Layer, readonly StatementParts[]>();
  knownParts.set(policy, byLayer);
  const parts = byLayer.get(layer) ?? takeApart(policy, layer);
  byLayer.set(layer, parts);
  return parts;
}

function policiesInOrder(
  { identity, boundary, resource, key }: AccessPolicies,
  layer: 'resource' | 'key',
): readonly Placed[] {
  const granting = layer === 'key' ? key : resource;
  return [
    ...identity.map((policy) => ({ policy, layer: 'identity' as const })),
    ...(boundary ? [{ policy: boundary, layer: 'boundary' as const }] : []),
    ...(granting ? [{ policy: granting, layer }] : []),
  ];
}

function takeApart(policy: Policy, layer: Layer): readonly StatementParts[] {
  return policy.statements.map((statement) => {
    const names = compileActions(statement.actions);
    const covers = statement.resources && compileResources(statement.resources, policy.version === '2012-10-17');
    return {
      layer,
      policy: policy.name,
      statement,
      names: (action) => names(action.toLowerCase(), noValue),
      covers: (resource) => covers?.(resource, noValue) ?? true,
      admissionOf: ({ request, policies }) =>
        admissionOf(statement.principals, request, policies.boundary !== undefined),
    };
  });
}

/** A statement with policy variables is in play whatever they are. */
function noValue(): undefined {
  return undefined;
}
