import { type Catalogue, type PolicyProblem, validatePolicy } from '../../catalogue';
import { type DecidingStatement, printPolicy } from '../../iam';
import type { EnvironmentPolicies } from '../environment-policies';
import { type PlacedPolicy, placedPolicies } from './placed-policies';
import type { ProofItem } from './proof';

/** One item for each policy: its actions exist, take the resources that it names, and carry the keys that it asks for. */
export function validityItems(policies: EnvironmentPolicies, catalogue: Catalogue): readonly ProofItem[] {
  return placedPolicies(policies).map((placed) => validityItem(placed, catalogue));
}

function validityItem(placed: PlacedPolicy, catalogue: Catalogue): ProofItem {
  const { policy, kind } = placed;
  const problems = validatePolicy(printPolicy(policy), { kind, catalogue });
  return {
    id: `valid/${policy.name}`,
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
