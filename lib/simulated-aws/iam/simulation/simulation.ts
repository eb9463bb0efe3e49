import { findVariableKeys } from '../../../iam/match/policy-variables';
import type { ContextValue, Policy, Principal, Statement } from '../../../iam/types';
import type { SimulatedPolicy } from './simulated-policy';

/** A simulation: every action with every resource, under these policies. */
export interface Simulation {
  /** Whoever the policies are those of. */
  readonly caller: Extract<Principal, { readonly account: string }>;
  readonly identity: readonly SimulatedPolicy[];
  readonly boundary?: SimulatedPolicy;
  readonly resourcePolicy?: SimulatedPolicy;
  readonly actions: readonly string[];
  /** ARNs; `*` alone when none was named. */
  readonly resources: readonly string[];
  readonly context: Readonly<Record<string, ContextValue>>;
}

/**
 * The context keys that policies refer to, in conditions and in variables, each once and as first written.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForCustomPolicy.html
 */
export function contextKeysOf(policies: readonly Policy[]): readonly string[] {
  const keys = policies.flatMap(({ statements }) => statements).flatMap(keysOfStatement);
  const byName = new Map(keys.toReversed().map((key) => [key.toLowerCase(), key]));
  return [...byName.values()].reverse();
}

function keysOfStatement({ conditions, resources }: Statement): readonly string[] {
  const texts = [...(resources?.patterns ?? []), ...conditions.flatMap(({ values }) => values)];
  return [...conditions.map(({ key }) => key), ...texts.flatMap(findVariableKeys)];
}
