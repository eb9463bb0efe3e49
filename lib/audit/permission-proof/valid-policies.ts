import { type Catalogue, type PolicyProblem, validatePolicy } from '../../catalogue';
import { type DecidingStatement, type Policy, type PolicyKind, printPolicy } from '../../iam';
import { onceForEach } from '../once-for-each';
import type { EnvironmentPolicies } from '../policies/environment-policies';
import { type PlacedPolicy, placedPolicies } from './placed-policies';
import type { Proof, ProofItem } from './proof';

/** An item for each policy: its actions exist, take the resources that it names, and carry the keys that it asks for. */
export function validityItems(policies: EnvironmentPolicies, catalogue: Catalogue): readonly ProofItem[] {
  return placedPolicies(policies).map((placed) => validityItem(placed, catalogue));
}

const knownToFit = onceForEach((_: Catalogue) => new WeakSet<Policy>());

/** Whether the proof has found already that everything in a policy, this very object, exists and fits. */
export function isKnownToFit(policy: Policy, catalogue: Catalogue): boolean {
  return knownToFit(catalogue).has(policy);
}

/** Takes a proof's word for the policies that it is about, where another environment of the same shape was proven. */
export function noteFitting(
  policies: EnvironmentPolicies,
  { items }: Pick<Proof, 'items'>,
  catalogue: Catalogue,
): void {
  const faulty = new Set(items.filter(({ result }) => result === 'fail').map(({ id }) => id));
  for (const { policy } of placedPolicies(policies)) {
    if (!faulty.has(idOf(policy))) knownToFit(catalogue).add(policy);
  }
}

function idOf({ name }: Policy): string {
  return `valid/${name}`;
}

const knownProblems = onceForEach((_: Catalogue) => new WeakMap<Policy, Map<PolicyKind, readonly PolicyProblem[]>>());

/** A policy that several environments share, or one whose neighbour changed, is looked through once. */
function problemsOf({ policy, kind }: PlacedPolicy, catalogue: Catalogue): readonly PolicyProblem[] {
  const byPolicy = knownProblems(catalogue);
  const byKind = byPolicy.get(policy) ?? new Map<PolicyKind, readonly PolicyProblem[]>();
  byPolicy.set(policy, byKind);
  const problems = byKind.get(kind) ?? validatePolicy(printPolicy(policy), { kind, catalogue });
  byKind.set(kind, problems);
  return problems;
}

function validityItem(placed: PlacedPolicy, catalogue: Catalogue): ProofItem {
  const { policy } = placed;
  const problems = problemsOf(placed, catalogue);
  if (problems.length === 0) knownToFit(catalogue).add(policy);
  return {
    id: idOf(policy),
    kind: 'valid',
    title: `Each action, resource and condition key of '${policy.name}' exists and fits the others`,
    result: problems.length === 0 ? 'pass' : 'fail',
    evidence: {
      caller: 'any',
      actions: [],
      on: [],
      resource: policy.name,
      onlyIf: [],
      context: {},
      by: problems.flatMap((problem) => blamed(problem, placed)),
      ...(problems.length > 0 && { problem: problems.map(describe).join('; ') }),
    },
  };
}

/** A problem points at `/Statement/<index>/…`. */
function blamed({ pointer }: PolicyProblem, { policy, layer }: PlacedPolicy): readonly DecidingStatement[] {
  const index = Number(/^\/Statement\/(\d+)/.exec(pointer)?.[1] ?? Number.NaN);
  const statement = policy.statements[index];
  return statement === undefined ? [] : [{ layer, policy: policy.name, statement: statement.id }];
}

function describe({ pointer, message, got, fix }: PolicyProblem): string {
  const remedy = fix === undefined ? '' : ` (${fix})`;
  return `'${pointer}' ${message}, got: ${JSON.stringify(got)}${remedy}`;
}
