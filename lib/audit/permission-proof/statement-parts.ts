import { type AccessPolicies, explain, type Layer, type Policy, type Statement } from '../../iam';
import { findGrantor } from '../../iam/decision/routes';
import { type Admission, admissionOf } from '../../iam/match/principals';
import { compileActions, compileResources } from '../../iam/statements/elements';
import type { Asked } from './question';
import { createSameLists } from './same-lists';

/** A statement where it stands, and what its elements say; each is asked about a value once. */
export interface StatementParts {
  readonly layer: Layer;
  readonly policy: string;
  readonly statement: Statement;
  /** Takes the action in lower case. */
  readonly names: (action: string) => boolean;
  /** Whether a resource fits, for a statement without policy variables. */
  readonly covers: (resource: string) => boolean;
  readonly admissionOf: (asked: Asked) => Admission | undefined;
  /** The same statement about an action that it does not name: it admits nobody, and where its resource holds a variable is in play all the same. */
  readonly unnamed?: StatementParts;
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

/** Whether each statement is about the same resources whoever asks: one with a policy variable in it may be another one each time. */
export function haveFixedResources(policies: readonly Policy[]): boolean {
  const resources = policies.flatMap(({ statements }) => statements.flatMap((one) => one.resources?.patterns ?? []));
  return canBeTakenApart(policies) && !resources.some((pattern) => pattern.includes('${'));
}

/**
 * Finds the statements that the evaluator would ask, in its order; the same list for the same policies and layer.
 *
 * @throws {ToolkitError} `UnsupportedPolicy`, from the evaluator, which is shown each policy once
 */
export function createParts(): (asked: Asked) => readonly StatementParts[] {
  const lists = new Map<Layer, Map<AccessPolicies, readonly StatementParts[]>>();
  const join = createJoining();
  return (asked) => {
    const { layer } = findGrantor(asked.request);
    const ofLayer = lists.get(layer) ?? new Map<AccessPolicies, readonly StatementParts[]>();
    lists.set(layer, ofLayer);
    const found = ofLayer.get(asked.policies);
    if (found !== undefined) return found;
    const placed = policiesInOrder(asked.policies, layer);
    if (!placed.every(isKnown)) explain(asked.request, asked.policies);
    const parts = join(placed.map(partsOf));
    ofLayer.set(asked.policies, parts);
    return parts;
  };
}

/** The statements of several policies in one list: callers with the same policies have the same. */
function createJoining(): (lists: readonly (readonly StatementParts[])[]) => readonly StatementParts[] {
  const { empty, extend } = createSameLists<readonly StatementParts[]>();
  const known = new Map<readonly (readonly StatementParts[])[], readonly StatementParts[]>();
  return (lists) => {
    const key = lists.reduce(extend, empty);
    const joined = known.get(key) ?? key.flat();
    known.set(key, joined);
    return joined;
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
    const parts: StatementParts = {
      layer,
      policy: policy.name,
      statement,
      names: (action) => names(action, noValue),
      covers: (resource) => covers?.(resource, noValue) ?? true,
      admissionOf: ({ request, policies }) =>
        admissionOf(statement.principals, request, policies.boundary !== undefined),
    };
    return dependsOnVariable(statement) ? { ...parts, unnamed: { ...parts, admissionOf: () => undefined } } : parts;
  });
}

export function dependsOnVariable(statement: Statement | undefined): boolean {
  return statement?.resources?.patterns.some((pattern) => pattern.includes('${')) ?? false;
}

/** A statement with policy variables is in play whatever they are. */
function noValue(): undefined {
  return undefined;
}
