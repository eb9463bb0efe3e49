import type { ContextValue, Principal } from '../../../iam/types';
import type { SimulatedPolicy } from './simulated-policy';

/** What is simulated: every action with every resource, under these policies. */
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
